"""Say what has been kept as long as it may be. Nothing is erased by this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kinward.people import workings
from kinward.people.due import counted, overdue

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "List what has been kept as long as the schedule of retention says (due). It erases "
        "nothing: two people ask for that on the page of erasures."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        doing = parser.add_subparsers(dest="doing", required=True)
        doing.add_parser("due", help="list by class what is due, and what keeps it")

    def handle(self, *_args: Any, **_options: Any) -> None:
        at = timezone.now()
        listed = overdue(at=at)
        for each in counted(listed):
            self.stdout.write(
                f"{each.period.data_class} {each.period.name}: {each.due:,} due after "
                f"{each.period.kept.days:,} days, {each.held:,} of them held"
            )
        for term, count in workings.counted(at=at):
            self.stdout.write(
                f"{term.kind} never registered: {count:,} due after {term.kept.days:,} days"
            )
        for person in listed:
            marks = [mark for mark in ("held", "asked") if getattr(person, mark)]
            self.stdout.write(" ".join([f"{person.reference}: {person.classes}", *marks]))
