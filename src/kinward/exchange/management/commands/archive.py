"""Write the whole programme into one sealed file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kinward.access.models import Approval, ApprovalKind, clock
from kinward.audit.context import acting
from kinward.core.errors import KinwardError
from kinward.exchange.actions import leave

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Write everything, opened, into one file sealed to the age key that two people agreed to. "
        "Who writes to an SQLite database waits meanwhile."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("approval", type=UUID, help="as “Leave with everything” shows it")
        parser.add_argument("file", type=Path, help="a new file")

    def handle(self, *_args: Any, approval: UUID, file: Path, **_options: Any) -> None:
        try:
            with acting(clock()):
                asked = Approval.objects.filter(kind=ApprovalKind.ARCHIVE, pk=approval).first()
                if asked is None:
                    raise CommandError(f"Nobody asked for an archive as {approval}.")
                manifest, sha256 = leave(approval=asked, to=file, by=clock(), at=timezone.now())
        except KinwardError as error:
            raise CommandError(error.said) from error
        except OSError as error:
            raise CommandError(str(error)) from error
        for missing in manifest.missing:
            self.stderr.write(f"lost before, and not in it: {missing}")
        self.stdout.write(f"{file}: {manifest.rows:,} rows of {len(manifest.tables)} tables")
        self.stdout.write(f"SHA-256 {sha256}")
        self.stdout.write(f"signed by {manifest.public_key}")
        self.stdout.write("Read both lines out to who receives the file, not beside it.")
