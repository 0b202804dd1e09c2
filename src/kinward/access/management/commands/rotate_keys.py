"""Exchange the keys that wrap the keys of people."""

from __future__ import annotations

from typing import Any

import click
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kinward.access.actions import rotate_keys
from kinward.access.models import clock
from kinward.audit.context import acting
from kinward.core.errors import KinwardError


class Command(BaseCommand):
    help = (
        "Wrap the key of every person by a new version of the keys, and drop the old version. "
        "Kinward goes on working meanwhile; broken off, run it again."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        with click.progressbar(length=1, label="Wrapping keys anew") as bar:

            def progress(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            try:
                with acting(clock()):
                    count = rotate_keys(by=clock(), at=timezone.now(), progress=progress)
            except KinwardError as error:
                raise CommandError(error.said) from error
        self.stdout.write(f"{count} keys are wrapped by the new version; the old one is gone.")
