"""Restore a backup."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from kinward.core.backups.archives import identity
from kinward.core.backups.restoring import restore
from kinward.core.errors import KinwardError

if TYPE_CHECKING:
    import pyrage
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Restore a backup of the database, or of the keys, into the empty place in the settings."
    requires_system_checks = []  # there is no database yet to ask
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        expect_backup(parser)

    def handle(self, *_args: Any, file: Path, identity: str, **_options: Any) -> None:
        try:
            manifest = restore(file, read_identity(identity))
        except (KinwardError, OSError) as error:
            raise CommandError(str(error)) from error
        made = f"{manifest.made:%Y-%m-%d %H:%M %Z}"
        self.stdout.write(f"restored as of {made}: {manifest.rows} rows, each as backed up")


def expect_backup(parser: CommandParser) -> None:
    """Expect a file, and who opens it."""
    parser.add_argument("file", type=Path, help="what `kinward backup` made")
    parser.add_argument(
        "--identity",
        required=True,
        help="the file of the age identity that opens it; - reads it from the standard input,"
        " so that it is never stored on this machine",
    )


def read_identity(place: str) -> pyrage.x25519.Identity:
    """Read the identity from its file, or from the standard input."""
    return identity(sys.stdin.read() if place == "-" else Path(place).read_text("utf-8"))
