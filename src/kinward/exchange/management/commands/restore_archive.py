"""Make an empty installation what an archive holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from kinward.access.management.commands.restore import read_identity
from kinward.access.models import clock
from kinward.audit.actions import record
from kinward.audit.context import acting
from kinward.core.errors import KinwardError
from kinward.exchange.archives.restoring import restore_archive

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Restore what `kinward archive` wrote into this installation, migrated and empty."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="what `kinward archive` wrote")
        parser.add_argument(
            "--identity",
            required=True,
            help="the file of the age identity that opens it; - reads it from the standard input",
        )
        parser.add_argument(
            "--signed-by", default="", help="the key that was read out to you, in hexadecimals"
        )

    def handle(
        self, *_args: Any, file: Path, identity: str, signed_by: str, **_options: Any
    ) -> None:
        try:
            with acting(clock()):
                manifest = restore_archive(file, read_identity(identity), signed_by=signed_by)
                with transaction.atomic():
                    record(
                        "exchange.restored",
                        None,
                        by=clock(),
                        at=timezone.now(),
                        made_at=manifest.made_at,
                        rows=manifest.rows,
                    )
        except KinwardError as error:
            raise CommandError(error.said) from error
        except OSError as error:
            raise CommandError(str(error)) from error
        for label, (rows, digest) in sorted(manifest.tables.items()):
            if rows:
                self.stdout.write(f"{label:<32}{rows:>10,}  {digest[:16]}")
        self.stdout.write(
            f"{manifest.rows:,} rows restored as of {manifest.made_at}, each as it was archived"
        )
