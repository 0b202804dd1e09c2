"""The keys of many people are rotated while others read what is sealed and seal more.

Runs inside Django.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import count
from random import Random
from threading import Event, Thread
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import connection, transaction

from kinward.access.actions import rotate_keys
from kinward.access.models import clock
from kinward.audit.context import Nobody, acting
from kinward.core.errors import KinwardError
from kinward.core.keys import KeysUnfit, keep, ring
from kinward.core.keystore import store
from kinward.core.sealing import seal, unseal
from reliability import made

if TYPE_CHECKING:
    from collections.abc import Mapping

WORD: Final = b"told"
READERS: Final = 2
SEALS: Final = 10  # one reading in so many is accompanied by something new that is sealed


@dataclass(slots=True)
class Rotated:
    """What was found."""

    children: int
    reads: int = 0
    failed: int = 0  # readings meanwhile that did not open
    unreadable: int = 0  # afterwards
    with_the_old: int = 0  # afterwards, by who has the old version only: the control
    seconds: float = 0.0


def run(children: int, *, seed: int = 1) -> Rotated:
    """Seal a value for each, rotate under load, open every value again."""
    found = Rotated(children)
    sealed = {number: seal(WORD, **place(number)) for number in range(children)}
    before, done = ring(), Event()
    workers = [
        Thread(target=work, args=(sealed, children, Random(seed + each), done, found))  # noqa: S311 (no secret)
        for each in range(READERS)
    ]
    for worker in workers:
        worker.start()
    began = time.monotonic()
    try:
        with acting(Nobody("(benchmark)")), transaction.atomic():
            rotate_keys(by=clock(), at=made.AT, progress=silent)
        found.seconds = time.monotonic() - began
    finally:
        done.set()
        for worker in workers:
            worker.join()
    found.unreadable = unreadable(sealed)
    after = ring()
    keep(before)
    found.with_the_old = unreadable({number: sealed[number] for number in range(children)})
    keep(after)
    return found


def place(number: int) -> dict[str, object]:
    """Return the words of one value."""
    return {"subject": UUID(int=number + 1), "compartment": "identity", "bound_to": "t|c|r"}


def silent(done: int, total: int) -> None:
    """Show no progress."""


def work(
    sealed: dict[int, bytes], children: int, chance: Random, done: Event, found: Rotated
) -> None:
    """Read and seal until told to stop."""
    for number in count(children + chance.randrange(1 << 40)):
        if not number % SEALS:
            sealed[number] = seal(WORD, **place(number))
        store().forget()
        found.reads += 1
        found.failed += not opens(sealed, chance.randrange(children))
        if done.is_set():
            break
    connection.close()


def opens(sealed: Mapping[int, bytes], number: int) -> bool:
    """Tell whether a value opens, and is what was sealed."""
    try:
        return unseal(sealed[number], **place(number)) == WORD
    except (KinwardError, KeysUnfit):
        return False


def unreadable(sealed: Mapping[int, bytes]) -> int:
    """Return how many values do not open."""
    store().forget()
    return sum(not opens(sealed, number) for number in list(sealed))
