"""Read a programme's XLSForm: check it, compare it with ours, keep its words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from kinward.core.errors import KinwardError
from kinward.field.definitions import FORMS
from kinward.field.xlsforms.keeping import keep_wording
from kinward.field.xlsforms.mapping import IN_WORDS, mapped
from kinward.field.xlsforms.reading import drawn

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from kinward.field.xlsforms.mapping import Difference

ROW = "row {row}"


class Command(BaseCommand):
    help = (
        "Check a programme’s XLSForm row by row, show how it differs from ours, and with --keep "
        "keep its words as a wording of our form, with the file itself. It keeps nothing else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--form", choices=sorted(FORMS), help="ours; else its form_id tells")
        parser.add_argument("--keep", action="store_true")

    def handle(self, *_args: Any, file: Path, **options: Any) -> None:
        try:
            content = file.read_bytes()
            theirs = drawn(content)
        except (KinwardError, OSError) as error:
            raise CommandError(f"{file}: {error}") from error
        name = options["form"] or theirs.form.removeprefix("kinward_")
        if name not in FORMS:
            raise CommandError(f"{file}: say with --form which of ours it is: {', '.join(FORMS)}")
        for fault in theirs.faults:
            self.stderr.write(f"{file.name}, {fault}")
        if theirs.faults:
            raise CommandError(f"{file}: {len(theirs.faults)} faults; nothing was kept")
        made = mapped(theirs, FORMS[name].told())
        for title, is_mapped in (("taken over", True), ("not taken over", False)):
            told = [each for each in made.differences if each.is_mapped == is_mapped]
            self.stdout.write(f"{len(told)} {title}")
            for each in told:
                self.stdout.write(f"  {in_words(each)}")
        if options["keep"]:
            version = keep_wording(content, made, theirs=theirs.version)
            self.stdout.write(f"kept as version {version} of {name}")


def in_words(one: Difference) -> str:
    """Return a difference as one line: where, what, ours → theirs."""
    where = ", ".join(filter(None, [ROW.format(row=one.row) if one.row else "", one.name]))
    change = " → ".join(filter(None, [one.ours, one.theirs]))
    return f"{where}: {IN_WORDS[one.how]}" + (f": {change}" if change else "")
