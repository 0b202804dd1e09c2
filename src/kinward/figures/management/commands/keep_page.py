"""Keep one page of the web as a file, on an editor's own machine, to be sent to the register."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from kinward.core.fetching import NotKept, kept_page

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Ask for one page of the web and write it as WARC. For an editor's own machine."
    requires_system_checks: list[str] = []  # it needs no database and no keys

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="begins with http:// or https://")
        parser.add_argument("file", type=Path, help="a new file; its name ends in .warc.gz")
        parser.add_argument(
            "--near", action="store_true", help="the page is on a machine of your own network"
        )

    def handle(
        self, *_arguments: Any, address: str, file: Path, near: bool, **_options: Any
    ) -> None:
        """Write the page into a file that was not there before."""
        if not file.name.endswith(".warc.gz"):
            raise CommandError(f"{file} does not end in .warc.gz.")
        if file.exists():
            raise CommandError(f"{file} is there already. Nothing was asked for.")
        try:
            archive = kept_page(address, near=near)
            with file.open("xb") as target:
                target.write(archive)
        except NotKept as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{file}: {len(archive)} bytes. Send it under Figures, Sources.")
