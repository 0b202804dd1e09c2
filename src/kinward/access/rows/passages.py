"""What PostgreSQL is told of who acts, and the few ways past its walls."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext, suppress
from contextvars import ContextVar
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import structlog
from django.db import DatabaseError, connection, transaction

from kinward.access.models import Role, User
from kinward.audit.context import ACTING, settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kinward.audit.context import Actor

log = structlog.get_logger("kinward.rows")


class Passage(StrEnum):
    """What the system itself does with rows that whoever acts does not reach.

    None of it is shown as it is: it is compared, counted, or told without what it says.
    """

    CLOCK = "clock"  # what a clock or a worker runs, in the role that has no account
    MATCHING = "matching"  # everyone's statements, for the memory of search and matching
    ELSEWHERE = "elsewhere"  # which other office may know somebody, and what it was asked
    COUNTING = "counting"  # how many there are
    GATES = "gates"  # where a case and those of siblings stand, for what a gate says in words
    EMERGENCY = "emergency"  # whom an exact reference means, before the record is opened
    ERASING = "erasing"  # whose keys seal what names a person
    REFERENCE = "reference"  # what a reference stands for, for who reads the log


OPEN: Final[ContextVar[Passage | None]] = ContextVar("passage", default=None)


def told_of(actor: Actor) -> Mapping[str, str]:
    """Return the settings that the policies read: who acts, in which role, for which office."""
    through = OPEN.get() or (Passage.CLOCK if actor.role == Role.CLOCK else "")
    known = isinstance(actor, User) and actor.is_active
    return {
        "kw.account": str(actor.pk) if isinstance(actor, User) and known else "",
        "kw.role": actor.role if known else "",
        "kw.region": actor.region if isinstance(actor, User) and known else "",
        "kw.passage": through,
    }


@contextmanager
def passage(why: Passage) -> Iterator[None]:
    """Let what is inside read every row, for one reason; it is logged. SQLite has no walls.

    What is read must be read inside: a query that is asked later finds the wall again.
    """
    if connection.vendor != "postgresql":
        yield
        return
    log.info("passage", why=why)
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        outside = OPEN.set(why)
        try:
            tell_passage()
            yield
        finally:
            OPEN.reset(outside)
            # A transaction that failed listens no more, and takes what was told along.
            with suppress(DatabaseError):
                tell_passage()


def tell_passage() -> None:
    """Tell the open transaction by which passage it reads now, if by any."""
    told = settings_of(ACTING.get())
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kw.passage', %s, true)", [told["kw.passage"]])
