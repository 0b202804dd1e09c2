"""Compare everybody anew, some children at a time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, TextIO, cast

import click
from django.core.management.base import BaseCommand
from django.utils import timezone

from kinward.access.models import clock
from kinward.audit.context import acting
from kinward.core import jobs
from kinward.core.models import Job
from kinward.tracing import actions
from kinward.tracing.management.commands.match import shown_on
from kinward.tracing.rules import RECOMPUTE

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from kinward.tracing.matching import Progress


class Command(BaseCommand):
    help = "Compare everybody anew. If it was killed, it goes on where it was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--later", action="store_true", help="leave it to `kinward work`")

    def handle(self, *_args: Any, later: bool, **_options: Any) -> None:
        with acting(clock()):
            job = actions.recompute(by=clock(), at=timezone.now())
            begun = job.arguments["done"]
            self.stdout.write(f"goes on after {begun} children" if begun else "begun")
            if later:
                self.stdout.write("left to `kinward work`")
                return
            terminal = cast("TextIO", self.stderr)
            with click.progressbar(length=1, label="Comparing", file=terminal) as bar:
                work_through(shown_on(bar))
        given_up = Job.objects.given_up().filter(kind=RECOMPUTE).exists()
        self.stdout.write("given up: see the work that was given up" if given_up else "done")


def work_through(progress: Progress) -> None:
    """Do what is due until everybody is compared; wait while the part at hand is another’s."""
    while (at_hand := Job.objects.unfinished().filter(kind=RECOMPUTE).first()) is not None:
        progress(at_hand.arguments["done"], max(at_hand.arguments["of"], 1))
        job = jobs.take(at=timezone.now())
        if job is None:
            time.sleep(1)
        else:
            jobs.do(job, now=timezone.now)
