"""Make the keys of an installation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyrage
from django.core.management.base import BaseCommand, CommandError

from kinward.core.keys import AgeFile, KeysUnfit, fresh_ring, put, ring

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Make new keys and write them to a file; without --file, print them, for a secret store. "
        "Nothing sealed with other keys opens with these."
    )
    requires_system_checks: list[str] = []  # the checks want the keys that are made here

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, help="a new file, readable by its owner only")
        parser.add_argument(
            "--identity", type=Path, help="seal the file with age, for this identity"
        )

        parser.add_argument(
            "--grow", action="store_true", help="print the keys in use with one version more"
        )

    def handle(
        self, *_args: Any, file: Path | None, identity: Path | None, grow: bool, **_options: Any
    ) -> None:
        if grow or file is None:
            self.stdout.write((ring().grown() if grow else fresh_ring()).text())
            return
        text = fresh_ring().text()
        try:
            content = text.encode()
            if identity is not None:
                opener = AgeFile(file, identity).opener()
                content = pyrage.encrypt(content, [opener.to_public()])
            put(file, content, new=True)
        except FileExistsError as error:
            raise CommandError(f"{file} is there already, and is left as it is.") from error
        except (KeysUnfit, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"New keys stand in {file}. Keep a copy in two other places.")
