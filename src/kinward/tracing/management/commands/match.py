"""Compare every child with everyone asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO, cast

import click
from django.core.management.base import BaseCommand
from django.utils import timezone

from kinward.access.models import clock
from kinward.audit.context import acting
from kinward.core.jobs import enqueue
from kinward.tracing import actions
from kinward.tracing.rules import MATCH

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from kinward.tracing.matching import Progress


class Command(BaseCommand):
    help = "Compare every child with everyone asked for; verdicts given so far are kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--later", action="store_true", help="leave it to `kinward work`")

    def handle(self, *_args: Any, later: bool, **_options: Any) -> None:
        if later:
            enqueue(MATCH, at=timezone.now())
            self.stdout.write("left to `kinward work`")
            return
        terminal = cast("TextIO", self.stderr)
        with (
            acting(clock()),
            click.progressbar(length=1, label="Matching", file=terminal) as bar,
        ):
            found = actions.find_candidates(by=clock(), at=timezone.now(), progress=shown_on(bar))
        self.stdout.write(f"{found} candidates")


def shown_on(bar: Any) -> Progress:
    """Return what moves the bar when told how much of how much is done."""

    def move(done: int, of: int) -> None:
        bar.length = of
        bar.update(done - bar.pos)

    return move
