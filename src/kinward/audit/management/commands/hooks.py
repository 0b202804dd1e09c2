"""Prints with what messages to other systems are signed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from kinward.core.hooks import secret_of


class Command(BaseCommand):
    help = "Print each address that is told of what was recorded, and the secret it checks ours by."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        for address in settings.HOOKS:
            self.stdout.write(f"{address} {secret_of(address)}")
        if not settings.HOOKS:
            self.stdout.write("None. KINWARD_HOOKS names them.")
