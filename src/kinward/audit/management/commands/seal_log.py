"""Seal the log, sign what it comes to, and anchor it."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kinward.audit.models import Checkpoint
from kinward.audit.sealing import AT_ONCE, checkpoint, seal

if TYPE_CHECKING:
    from argparse import ArgumentParser

PAUSE: Final = 2.0  # seconds: how long a row may stand outside the chain
BETWEEN: Final = timedelta(seconds=60)  # two checkpoints: what is younger can be cut off unseen


class Command(BaseCommand):
    help = "Seal what was written into the log, every 2 seconds; sign and anchor it each minute."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="seal, sign and anchor, then end")

    def handle(self, *_args: Any, **options: Any) -> None:
        while True:
            while seal() == AT_ONCE:
                continue
            self.anchor(always=options["once"])
            if options["once"]:
                return
            time.sleep(PAUSE)

    def anchor(self, *, always: bool) -> None:
        """Make a checkpoint when it is time, or `always`."""
        now, last = timezone.now(), Checkpoint.objects.first()
        if last and not always and now - last.at < BETWEEN:
            return
        try:
            made = checkpoint(at=now)
        except OSError as error:
            raise CommandError(f"The anchor cannot be written: {error.strerror}.") from error
        if made:
            self.stdout.write(made.text)
