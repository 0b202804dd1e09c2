"""Make another key pair for phones to seal to."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kinward.access.models import clock
from kinward.audit.context import acting
from kinward.field import actions


class Command(BaseCommand):
    help = (
        "Make another key pair for phones to seal to. They learn of it at their next contact; "
        "what was sealed to the ones before still opens."
    )

    def handle(self, **_options: Any) -> None:
        by = clock()
        with acting(by):
            made = actions.rotate_field_key(by=by, at=timezone.now())
        self.stdout.write(f"Phones seal to {made.pk} from now on.")
