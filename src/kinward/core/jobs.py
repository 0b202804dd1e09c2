"""Work done after the answer: asked for in a transaction, done once, whoever is killed meanwhile.

A job is a row of the transaction that asks for it: both stand, or neither. A worker takes a lease
on it, does it and marks it done in one transaction: what it changed in the database stands if and
only if the job is done. A worker that is killed lets its lease run out, and another takes over;
one that was only slow finds that the lease is another's, and what it changed is rolled back.
Whatever reaches beyond the database (mail) is done outside a transaction, so that nobody waits for
another server while it holds a lock; it names itself by the job's id, as a worker killed between
doing it and marking it done has it done again.
"""

from __future__ import annotations

import threading
from contextlib import nullcontext
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Self
from uuid import uuid4

import structlog
from django.db import connection, transaction
from django.db.utils import OperationalError

from kinward.core.failures import kind_and_place
from kinward.core.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable

    Handler = Callable[[Job, datetime], None]
    Clock = Callable[[], datetime]

LEASE: Final = timedelta(seconds=60)
BEATS: Final = 3  # a lease: two may be late before another takes over
ATTEMPTS: Final = 8  # then a person looks at it
FIRST_PAUSE: Final = timedelta(seconds=30)  # doubled after each failure
LONGEST_PAUSE: Final = timedelta(hours=6)
KILLED: Final = "killed"
HANDLERS: Final[dict[str, Handler]] = {}
OUTSIDE: Final[set[str]] = set()  # kinds that reach beyond the database

log = structlog.get_logger("kinward.jobs")


class Stage(StrEnum):
    """How far a job has come."""

    WAITS = "waits"
    UNDER_WAY = "under_way"
    AGAIN = "again"  # it failed and is tried again
    GIVEN_UP = "given_up"
    DONE = "done"


def stage_of(job: Job | None, now: datetime) -> Stage:
    """Say how far a job has come; one that is not there any more was given up."""
    if job is None or job.given_up_at:
        return Stage.GIVEN_UP
    if job.done_at:
        return Stage.DONE
    if job.leased_until and job.leased_until > now:
        return Stage.UNDER_WAY
    return Stage.AGAIN if job.failure else Stage.WAITS


class LeaseLost(Exception):
    """Another worker has taken over: this one was thought dead."""


def handles(kind: str, *, outside: bool = False) -> Callable[[Handler], Handler]:
    """Have jobs of this kind done by the function, which gets the job and the time.

    One that reaches `outside` the database is done in no transaction: it opens its own.
    """

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        if outside:
            OUTSIDE.add(kind)
        return handler

    return register


def enqueue(kind: str, *, at: datetime, **arguments: Any) -> Job:
    """Ask for work, in the transaction that needs it. Arguments are identifiers, never names."""
    return Job.objects.create(kind=kind, arguments=arguments, enqueued_at=at, due_at=at)


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after that many failures."""
    return min(FIRST_PAUSE * (1 << (attempts - 1)), LONGEST_PAUSE)


@transaction.atomic
def take(*, at: datetime, lease: timedelta = LEASE) -> Job | None:
    """Take a lease on the job that has been due for longest; None if nothing is due.

    One whose workers were all killed is given up: it may be what kills them.
    """
    while (job := Job.objects.due(at).select_for_update(skip_locked=True).first()) is not None:
        if job.attempts < ATTEMPTS:
            job.attempts += 1
            job.lease, job.leased_until = uuid4(), at + lease
            job.save(update_fields=["attempts", "lease", "leased_until"])
            return job
        job.given_up_at, job.failure, job.leased_until = at, KILLED, None
        job.save(update_fields=["given_up_at", "failure", "leased_until"])
    return None


def do(job: Job, *, now: Clock, lease: timedelta = LEASE) -> bool:
    """Do a job that was taken, in one transaction with marking it done; tell whether it is."""
    one = nullcontext() if job.kind in OUTSIDE else transaction.atomic()
    try:
        with Heartbeat(job, now=now, lease=lease), one:
            HANDLERS[job.kind](job, now())
            finish(job, at=now())
    except LeaseLost:
        log.warning("job taken over", job=str(job.pk), kind=job.kind)
        return False
    except Exception as error:  # noqa: BLE001 (whatever a handler raises, the job is tried again)
        fail(job, error, at=now())
        return False
    return True


def finish(job: Job, *, at: datetime) -> None:
    """Mark a job done.

    Raises:
        LeaseLost: another worker has taken over, or a person has given it up.
    """
    held = Job.objects.unfinished().filter(pk=job.pk, lease=job.lease)
    if not held.update(done_at=at, leased_until=None):
        raise LeaseLost


def fail(job: Job, error: Exception, *, at: datetime) -> None:
    """Put a job off after a failure, or give it up after the last; keep kind and place of it."""
    said = kind_and_place(error)
    last = job.attempts >= ATTEMPTS
    log.error("job failed", job=str(job.pk), kind=job.kind, attempts=job.attempts, failure=said)
    Job.objects.unfinished().filter(pk=job.pk, lease=job.lease).update(
        failure=said[:200],
        leased_until=None,
        due_at=at + pause_after(job.attempts),
        given_up_at=at if last else None,
    )


@transaction.atomic
def try_again(job: Job, *, at: datetime) -> None:
    """Have a job that was given up done after all, with all its attempts anew."""
    Job.objects.given_up().filter(pk=job.pk).update(given_up_at=None, attempts=0, due_at=at)


def work(*, now: Clock, stop: threading.Event, lease: timedelta = LEASE, idle: float = 1.0) -> None:
    """Do what is due until told to stop, looking again every `idle` seconds."""
    while not stop.is_set():
        job = take(at=now(), lease=lease)
        if job is None:
            stop.wait(idle)
        else:
            do(job, now=now, lease=lease)


def drain(*, now: Clock) -> int:
    """Do what is due now, and return how many jobs were done."""
    done = 0
    while (job := take(at=now())) is not None:
        done += do(job, now=now)
    return done


class Heartbeat:
    """Prolongs a lease, from a thread and connection of its own, while the work goes on."""

    def __init__(self, job: Job, *, now: Clock, lease: timedelta) -> None:
        self.job, self.now, self.lease = job, now, lease
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.beat, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self.thread.join()

    def beat(self) -> None:
        """Prolong the lease until the work is over or the lease is another's."""
        held = True
        while held and not self.over.wait(self.lease.total_seconds() / BEATS):
            held = self.prolong()
        connection.close()  # this thread's own

    def prolong(self) -> bool:
        """Prolong the lease once; tell whether it is still this worker's."""
        mine = Job.objects.unfinished().filter(pk=self.job.pk, lease=self.job.lease)
        try:
            return bool(mine.update(leased_until=self.now() + self.lease))
        except OperationalError:
            # On SQLite the work itself holds the write lock: nobody else can take the job either.
            return True
