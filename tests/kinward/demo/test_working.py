from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest
from django.utils import timezone

from kinward.core import jobs
from kinward.demo.working import work_beside


@pytest.mark.django_db(transaction=True)
def test_work_is_done_beside_the_pages():
    stop, who = Event(), []

    def done(job, _at):
        who.append(job.arguments["asked"])
        stop.set()

    jobs.handles("demo.tried")(done)
    try:
        jobs.enqueue("demo.tried", at=timezone.now() - timedelta(minutes=1), asked="once")
        work_beside(stop)
    finally:
        del jobs.HANDLERS["demo.tried"]

    assert who == ["once"]
