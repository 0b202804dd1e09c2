from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

import kinward
from kinward.access.models import Role, User
from kinward.core import jobs
from kinward.core.models import Job

MINUTE = timedelta(minutes=1)
# A process that has loaded the apps, and no address yet: a worker that nobody asked for a page.
FRESH = """
import django
django.setup()
from kinward.core.jobs import HANDLERS
print(len(HANDLERS))
"""


@pytest.fixture
def handled():
    """Register handlers that are forgotten after the test: handled("kind", function)."""
    kinds = []

    def register(kind, handler):
        kinds.append(kind)
        jobs.handles(kind)(handler)

    yield register
    for kind in kinds:
        del jobs.HANDLERS[kind]


def opens_an_account(job, _at):
    User.objects.create_user(job.arguments["name"], role=Role.REGISTRAR)


def fails(_job, _at):
    raise ValueError("the child's name is in this text")


@pytest.mark.django_db
def test_job_is_done_once(handled, at):
    handled("open", opens_an_account)
    job = jobs.enqueue("open", at=at, name="amira")

    done = [jobs.drain(now=lambda: at) for _ in range(2)]

    job.refresh_from_db()
    assert done == [1, 0]
    assert (job.done_at, job.attempts, job.leased_until) == (at, 1, None)
    assert User.objects.filter(username="amira").count() == 1


@pytest.mark.django_db(transaction=True)
def test_job_exists_only_if_the_transaction_stands_that_asked_for_it(at):
    with transaction.atomic():
        jobs.enqueue("open", at=at, name="amira")
        transaction.set_rollback(True)

    assert Job.objects.count() == 0


@pytest.mark.django_db
def test_jobs_are_taken_in_the_order_they_became_due_and_not_before(at):
    later, first = (jobs.enqueue("open", at=at + minutes * MINUTE) for minutes in (2, 1))

    taken = [jobs.take(at=at + minutes * MINUTE) for minutes in (0, 2, 2, 2)]

    assert taken == [None, first, later, None]


@pytest.mark.django_db
def test_job_of_a_dead_worker_is_taken_over_when_its_lease_has_run_out(at):
    jobs.enqueue("open", at=at)
    first = jobs.take(at=at)

    early = jobs.take(at=at + jobs.LEASE - timedelta(seconds=1))
    second = jobs.take(at=at + jobs.LEASE)

    assert early is None
    assert (second.pk, second.attempts) == (first.pk, 2)
    assert second.lease != first.lease


@pytest.mark.django_db
def test_work_of_a_worker_that_was_only_slow_does_not_count(handled, at):
    handled("open", opens_an_account)
    jobs.enqueue("open", at=at, name="amira")
    slow = jobs.take(at=at)
    quick = jobs.take(at=at + jobs.LEASE)

    done = [jobs.do(job, now=lambda: at + jobs.LEASE) for job in (slow, quick)]

    assert done == [False, True]
    assert User.objects.filter(username="amira").count() == 1


@pytest.mark.django_db
def test_failed_job_is_undone_and_tried_again_after_ever_longer_pauses(handled, at):
    def half(job, at):
        opens_an_account(job, at)
        fails(job, at)

    handled("half", half)
    job = jobs.enqueue("half", at=at, name="amira")
    due = []
    for _ in range(3):
        job.refresh_from_db()
        jobs.do(jobs.take(at=job.due_at), now=lambda job=job: job.due_at)
        due.append(Job.objects.get().due_at - job.due_at)

    assert due == [timedelta(seconds=seconds) for seconds in (30, 60, 120)]
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_failure_keeps_kind_and_place_and_none_of_the_words(handled, at):
    handled("fails", fails)
    jobs.enqueue("fails", at=at)

    jobs.drain(now=lambda: at)

    failure = Job.objects.get().failure
    assert failure.startswith("ValueError ")
    assert "test_jobs.py:" in failure
    assert "child" not in failure


@pytest.mark.django_db
@pytest.mark.parametrize("killed", [True, False])
def test_job_that_never_succeeds_is_given_up_and_can_be_tried_again(handled, at, killed):
    handled("fails", fails)
    job = jobs.enqueue("fails", at=at)
    now = at
    for _ in range(jobs.ATTEMPTS + 1):
        now += timedelta(days=1)
        taken = jobs.take(at=now)
        if taken and not killed:
            jobs.do(taken, now=lambda now=now: now)
    given_up = list(Job.objects.given_up())

    jobs.try_again(job, at=now)

    assert given_up == [job]
    assert (given_up[0].failure == jobs.KILLED) is killed
    assert Job.objects.given_up().count() == 0
    assert jobs.take(at=now).attempts == 1


@pytest.mark.django_db
def test_job_that_was_given_up_meanwhile_stays_so(handled, at):
    handled("fails", fails)
    job = jobs.enqueue("fails", at=at)
    taken = jobs.take(at=at)
    Job.objects.update(given_up_at=at)

    jobs.do(taken, now=lambda: at)

    job.refresh_from_db()
    assert (job.given_up_at, job.failure) == (at, "")


def test_pauses_have_a_longest():
    assert jobs.pause_after(jobs.ATTEMPTS) == timedelta(minutes=64)
    assert jobs.pause_after(20) == jobs.LONGEST_PAUSE


@pytest.mark.django_db(transaction=True)
def test_lease_is_prolonged_while_the_work_goes_on(at):
    job = jobs.enqueue("open", at=at)
    lease = timedelta(seconds=0.15)
    taken = jobs.take(at=at, lease=lease)
    later = at + MINUTE

    with jobs.Heartbeat(taken, now=lambda: later, lease=lease):
        deadline = time.monotonic() + 20
        while job.leased_until != later + lease and time.monotonic() < deadline:
            time.sleep(0.02)
            job.refresh_from_db()

    assert job.leased_until == later + lease


@pytest.mark.django_db(transaction=True)
def test_lease_of_another_is_not_prolonged(at):
    jobs.enqueue("open", at=at)
    lost = jobs.take(at=at)
    other = jobs.take(at=at + jobs.LEASE)

    held = jobs.Heartbeat(lost, now=lambda: at + 9 * MINUTE, lease=jobs.LEASE).prolong()

    other.refresh_from_db()
    assert held is False
    assert other.leased_until == at + 2 * jobs.LEASE


@pytest.mark.django_db(transaction=True)
def test_worker_does_what_comes_until_it_is_told_to_stop(handled, at):
    stop = threading.Event()

    def last(job, at):
        opens_an_account(job, at)
        stop.set()

    handled("open", opens_an_account)
    handled("last", last)
    jobs.enqueue("open", at=at, name="amira")
    jobs.enqueue("last", at=at + MINUTE, name="layla")
    moments = iter([at, at, at, *[at + MINUTE] * 9])

    jobs.work(now=lambda: next(moments), stop=stop, idle=0)

    assert set(User.objects.values_list("username", flat=True)) == {"amira", "layla"}


@pytest.mark.django_db
def test_command_does_what_is_due(handled):
    handled("open", opens_an_account)
    jobs.enqueue("open", at=timezone.now(), name="amira")
    said = StringIO()

    call_command("work", "--once", stdout=said)

    assert said.getvalue() == "1 jobs done\n"


def test_every_kind_of_job_is_known_to_a_process_that_showed_no_page():
    source = Path(kinward.__file__).parent.rglob("*.py")
    written = sum(
        len(re.findall(r"^@handles\(", each.read_text(), re.MULTILINE)) for each in source
    )

    fresh = subprocess.run([sys.executable, "-c", FRESH], capture_output=True, check=True)

    assert int(fresh.stdout) == written > 1
