"""The work that was put off, done beside the pages: the demo is one process and one command.

An installation runs `kinward work` as a process of its own, so that pages and work never share one
interpreter, and either is restarted without the other.
"""

from __future__ import annotations

from threading import Event

from django.utils import timezone

from kinward.access.models import clock
from kinward.audit.context import acting
from kinward.core import jobs


def work_beside(stop: Event | None = None) -> None:
    """Do what is due until told to stop; by default as long as the process lives."""
    with acting(clock()):
        jobs.work(now=timezone.now, stop=stop or Event())
