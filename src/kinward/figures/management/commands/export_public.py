"""Write what is public as files that need no server: one page a language and release."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError

from kinward.figures import queries
from kinward.figures.views.public import (
    LANGUAGES,
    Addresses,
    file_name,
    index_page,
    release_page,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from kinward.figures.models import Release, ReleaseFile

RIGHT_TO_LEFT: Final = frozenset({"ar"})


class Command(BaseCommand):
    help = "Write the public pages and files of all published figures into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *_args: Any, folder: Path, **_options: Any) -> None:
        """Write every page in every language, and every file, byte for byte."""
        published = queries.published()
        try:
            pages = self.write(folder, published)
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{len(published)} releases, {pages} pages written to {folder}.")

    def write(self, folder: Path, published: list[Release]) -> int:
        """Write it all; return how many pages there are."""
        pages = {}
        for language in LANGUAGES:
            at = addresses(language)
            pages[folder / language / "index.html"] = index_page(language, at)
            for one in published:
                where = folder / language / f"{one.pk}.html"
                pages[where] = release_page(one, language, at)
        pages[folder / "index.html"] = pages[folder / LANGUAGES[0] / "index.html"].replace(
            'href="../', 'href="'
        )
        for where, text in pages.items():
            where.parent.mkdir(parents=True, exist_ok=True)
            where.write_text(text, encoding="utf-8")
        for one in published:
            for file in queries.files_of(one):
                where = folder / path_of(file)
                where.parent.mkdir(parents=True, exist_ok=True)
                where.write_bytes(bytes(file.content))
        return len(pages)


def addresses(language: str) -> Addresses:
    """Return where pages are, seen from one in the folder of a language."""
    return Addresses(
        index=lambda other: f"../{other}/index.html",
        release=lambda release, other: f"../{other}/{release.pk}.html",
        file=lambda file: os.fspath(Path("..") / path_of(file)),
        style=style_of(language),
    )


def path_of(file: ReleaseFile) -> Path:
    """Return where a file of a release is in the folder."""
    return Path("files") / str(file.release_id) / file_name(file)


def style_of(language: str) -> str:
    """Return the style sheet of a language, to stand in the page itself."""
    name = "app.rtl.css" if language in RIGHT_TO_LEFT else "app.css"
    found = finders.find(f"kinward/{name}")
    if not isinstance(found, str):
        raise CommandError("The style sheet is not built. Run `make assets` first.")
    return Path(found).read_text("utf-8")
