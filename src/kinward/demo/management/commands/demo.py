"""Load the made-up caseload, match it, and say how well that went."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import click
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from kinward.access.models import Role, User, clock
from kinward.audit.context import acting
from kinward.core.errors import KinwardError
from kinward.demo.actions import load_caseload
from kinward.demo.afterwards import open_to_visitors
from kinward.demo.queries import is_loaded, is_matched, shown_requests
from kinward.demo.scenario import STORY_ENDS, data
from kinward.demo.summary import figures, table
from kinward.demo.truth import read_truth, truth_file
from kinward.tracing.actions import find_candidates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MANAGER: Final = Role.PROGRAMME_MANAGER
LANDED_AT: Final = datetime(2018, 12, 30, 16, 0, tzinfo=UTC)  # the evening of the story


class Command(BaseCommand):
    help = "Load the made-up caseload into an empty database, match it, and print how well it went."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Set KINWARD_DEMO=1: made-up people belong in a demo only.")
        try:
            with acting(clock()):
                self.load()
            self.open_to_visitors()
        except KinwardError as error:
            raise CommandError(error.said) from error
        self.say_figures()
        self.say_accounts()

    def load(self) -> None:
        """Load and match, each unless that was done before."""
        if is_loaded() and is_matched():
            self.stdout.write("The made-up caseload is loaded already; nothing was changed.")
            return
        if not is_loaded():
            with bar("Registering children, taking requests") as progress:
                load_caseload(by=clock(), at=LANDED_AT, progress=progress)
        with bar("Comparing every child with everyone sought") as progress:
            count = find_candidates(by=clock(), at=STORY_ENDS, progress=progress)
        self.stdout.write(f"{count} pairs have something in common.")

    def open_to_visitors(self) -> None:
        """Give the children to the medic for half a year from today, unless they are."""
        of = {one.role: one for one in User.objects.filter(role__in=(Role.MEDIC, MANAGER))}
        with transaction.atomic():
            open_to_visitors(medic=of[Role.MEDIC], manager=of[MANAGER], at=timezone.now())

    def say_figures(self) -> None:
        """Print what matching shows for the thirty children, beside the truth."""
        ties = read_truth()
        if not ties:
            self.stdout.write(
                f"{truth_file()} is gone: no figures. Remove the database, load anew."
            )
            return
        self.stdout.write("\nWhat matching shows, beside the truth:")
        self.stdout.write("\n".join(table(figures(ties, shown_requests()))))

    def say_accounts(self) -> None:
        """Print one account for each role, and where to sign in."""
        accounts = data("accounts")
        self.stdout.write(f"\nAccounts, all with the password {accounts['password']}:")
        for account in accounts["accounts"]:
            if not account.get("further"):
                role = Role(account["role"]).label
                self.stdout.write(f"  {account['username']:<16}{role}")
        self.stdout.write(f"\nhttp://127.0.0.1:{settings.PORT}/")


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar that is moved by telling how many of how many are done."""
    with click.progressbar(length=1, label=label) as shown:

        def progress(done: int, total: int) -> None:
            shown.length = total
            shown.update(done - shown.pos)

        yield progress
