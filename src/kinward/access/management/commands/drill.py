"""Show that a backup can be restored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from kinward.access.management.commands.restore import expect_backup, read_identity
from kinward.access.models import clock
from kinward.audit.actions import record
from kinward.audit.context import acting
from kinward.core.backups.restoring import drill, write_down
from kinward.core.errors import KinwardError

if TYPE_CHECKING:
    from pathlib import Path

    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Restore a backup into a place of its own, compare every row, and write down that it held."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        expect_backup(parser)

    def handle(self, *_args: Any, file: Path, identity: str, **_options: Any) -> None:
        at = timezone.now()
        try:
            manifest = drill(file, read_identity(identity))
        except (KinwardError, OSError) as error:
            raise CommandError(str(error)) from error
        with acting(clock()), transaction.atomic():
            held = write_down(manifest, at=at)
            record("core.drilled", held, by=clock(), at=at, file=file.name, rows=held.rows)
        self.stdout.write(f"restored and compared: {held.rows} rows, each as backed up")
