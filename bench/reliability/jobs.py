"""Jobs, counted after their workers were killed again and again.

Stuck is a job that is neither done nor given up once nobody is killed any more; lost one that is
marked done without its effect; twice an effect that stands more than once.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from reliability.engines import crashing, running

if TYPE_CHECKING:
    from reliability.engines import Engine

WORKERS = 3
EACH = 20  # jobs asked for before each kill
LEASE = 0.5  # seconds
SHORTEST, LONGEST = 0.02, 0.4  # seconds from the first effect of a cycle to the kill
PATIENCE = 120  # seconds for what is left at the end


@dataclass
class Jobs:
    """What was found after all cycles."""

    cycles: int = 0
    asked: int = 0
    given_up: int = 0
    stuck: int = 0
    lost: int = 0
    twice: int = 0


def run(*, cycles: int, engine: str = "sqlite", seed: int = 1, careless: bool = False) -> Jobs:
    """Kill workers that many times; then let them finish, and return what became of the jobs.

    Careless workers are the control: they say that a job is done before they do it.
    """
    chance = random.Random(seed)  # noqa: S311 (when to kill, not a secret)
    found, how = Jobs(), "careless" if careless else "work"
    with crashing(engine) as (database, _folder):
        asked: set[UUID] = set()
        for _ in range(cycles):
            with running("enqueue", database, EACH) as one:
                asked |= {UUID(line.strip().decode()) for line in one.stdout}
            with running(how, database, WORKERS, LEASE):
                wait_for_more(database)
                time.sleep(chance.uniform(SHORTEST, LONGEST))  # then they are killed
            found.cycles += 1
        with running(how, database, WORKERS, LEASE):
            wait_for_the_end(database)
        count(database, asked, found)
    return found


def effects(engine: Engine) -> Counter[UUID]:
    """Return how often the effect of each job stands."""
    return Counter(UUID(job) for (job,) in engine.rows("SELECT job FROM effect"))


def unfinished(engine: Engine) -> int:
    """Return how many jobs are neither done nor given up."""
    waiting = "SELECT count(*) FROM core_job WHERE done_at IS NULL AND given_up_at IS NULL"
    return int(engine.rows(waiting)[0][0])


def wait_for_more(engine: Engine) -> None:
    """Wait until the workers have begun, so that none is killed before it does anything."""
    before, deadline = effects(engine).total(), time.monotonic() + PATIENCE
    while effects(engine).total() == before and time.monotonic() < deadline:
        time.sleep(0.02)


def wait_for_the_end(engine: Engine) -> None:
    """Wait until nothing is left to do, or patience is."""
    deadline = time.monotonic() + PATIENCE
    while unfinished(engine) and time.monotonic() < deadline:
        time.sleep(0.1)


def count(engine: Engine, asked: set[UUID], found: Jobs) -> None:
    """Hold what was asked for against what was done."""
    stand = effects(engine)
    gone = engine.rows("SELECT id FROM core_job WHERE given_up_at IS NOT NULL")
    given_up = {UUID(str(pk)) for (pk,) in gone}
    found.asked, found.given_up = len(asked), len(given_up)
    found.stuck = unfinished(engine)
    found.lost = len(asked - set(stand) - given_up) - found.stuck
    found.twice = sum(often - 1 for often in stand.values())
