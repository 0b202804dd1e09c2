"""Do the work that was put off."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kinward.access.models import clock
from kinward.audit.context import acting
from kinward.core import jobs

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Do the work that was put off, until told to stop (SIGTERM), or only what is due now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")

    def handle(self, *_args: Any, once: bool, **_options: Any) -> None:
        with acting(clock()):
            if once:
                self.stdout.write(f"{jobs.drain(now=timezone.now)} jobs done")
            else:
                jobs.work(now=timezone.now, stop=told_to_stop())


def told_to_stop() -> threading.Event:
    """Return what is set once the process is asked to end: the job at hand is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
