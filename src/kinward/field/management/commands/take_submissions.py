"""Take in what ODK or Kobo collected with our forms."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kinward.access.models import User
from kinward.audit.context import acting
from kinward.core.errors import KinwardError
from kinward.field import queries
from kinward.field.actions.submitting import take_submissions
from kinward.field.definitions import FORMS
from kinward.field.xlsforms.submissions import submissions_in

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator

    from kinward.field.actions.submitting import Taken


class Command(BaseCommand):
    help = (
        "Take in submissions of ODK or Kobo (XML, JSON, CSV) as if a phone of the account had sent "
        "them, each once. Says of each row what became of it; with --dry-run, what would."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="the account that answers for them")
        parser.add_argument("--device", required=True, help="the id of a phone of that account")
        parser.add_argument("--form", choices=sorted(FORMS), default="", help="if they tell none")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *_args: Any, file: Path, **options: Any) -> None:
        by = User.objects.filter(username=options["by"], is_active=True).first()
        device = queries.own_device(options["device"], user=by) if by else None
        if by is None or device is None:
            raise CommandError(f"{options['by']} has no phone {options['device']} here")
        try:
            submissions = submissions_in(file.read_bytes(), name=file.name)
            with acting(by):
                taken = take_submissions(
                    submissions=submissions,
                    form=options["form"],
                    device=device,
                    dry=options["dry_run"],
                    by=by,
                    at=timezone.now(),
                )
        except (KinwardError, OSError) as error:
            raise CommandError(f"{file}: {error}") from error
        for each in taken:
            for line in lines_of(each):
                self.stdout.write(f"{file.name}, row {each.row}, {line}")
        counted = Counter(each.state for each in taken)
        told = ", ".join(f"{count} {state}" for state, count in sorted(counted.items()))
        nothing = " (nothing was stored)" if options["dry_run"] else ""
        self.stdout.write(f"{len(taken)} submissions: {told or 'none'}{nothing}")


def lines_of(taken: Taken) -> Iterator[str]:
    """Yield what is to be said of one row."""
    yield f"{taken.instance}: {taken.state}"
    for name, words in taken.why.items():
        yield f"{name}: {words}"
    if taken.alike:
        yield f"may be the same child as {', '.join(taken.alike)}"
    if not taken.known_version and taken.state != "repeated":
        yield "a version of the form that is not known here; it was read by the names of questions"
    for name in taken.rest:
        yield f"{name}: has no place here and stays in the file"
