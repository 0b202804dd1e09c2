"""Derive anew from what was answered who may be looked for."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kinward.access.models import clock
from kinward.audit.context import acting
from kinward.people import actions


class Command(BaseCommand):
    help = (
        "Derive from all answers to the question for consent upon which of them one may act, and "
        "say how many of the bases that were kept differed: none, unless somebody changed them."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        with acting(clock()):
            differed = actions.derive_bases(by=clock(), at=timezone.now())
        self.stdout.write(f"{differed} bases differed")
