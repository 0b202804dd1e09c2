"""Looks for labels in what Kinward itself says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from kinward.core.vocabulary.linting import lint

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

PACKAGES = Path(__file__).resolve().parents[4]
DOCUMENTATION = PACKAGES.parent / "docs"


class Command(BaseCommand):
    help = "Look for labels in code lists, catalogues, templates, columns and documentation."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, help="files or folders; default: all")

    def handle(self, *_arguments: Any, paths: list[Path], **_options: Any) -> None:
        ours = [PACKAGES / "kinward", PACKAGES / "kinmatch", DOCUMENTATION]
        wanted = paths or [path for path in ours if path.exists()]
        slips = list(lint(wanted))
        for slip in slips:
            found = slip.found
            self.stdout.write(f"{slip.path}:{slip.line}: {found.written!r} ({found.label})")
        if slips:
            raise CommandError(f"{len(slips)} labels. Kinward says none of them of a child.")
        self.stdout.write("No label.")
