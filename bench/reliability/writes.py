"""Acknowledged writes, counted after processes were killed or the power was cut.

Each write is a row and its event in the log, in one transaction. A writer says the row's id once
the commit has returned. Lost is a row that was said and is not there; half is a row without its
event, or the other way round.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from reliability.engines import crashing, running

if TYPE_CHECKING:
    from reliability.engines import Engine

WRITERS = 3
SHORTEST, LONGEST = 0.02, 0.4  # seconds from the first acknowledgement to the end
CONTROLS = {"sqlite power cut": "NORMAL", "postgresql": "off"}  # must lose


class NothingWritten(Exception):
    """The writers do not run: `python -m reliability.worker write 1` says why."""


@dataclass
class Writes:
    """What was found after all cycles."""

    cycles: int = 0
    acknowledged: int = 0
    lost: int = 0
    half: int = 0
    corrupt: int = 0


def run(*, cycles: int, engine: str = "sqlite", waits: str = "safe", seed: int = 1) -> Writes:
    """Kill that many times; return what was acknowledged, and what of it is gone."""
    chance = random.Random(seed)  # noqa: S311 (when to kill, not a secret)
    found = Writes()
    with crashing(engine) as (database, _folder):
        for _ in range(cycles):
            said = write_until_killed(database, waits, chance.uniform(SHORTEST, LONGEST))
            count(database, said, found)
    return found


def write_until_killed(engine: Engine, waits: str, seconds: float) -> set[UUID]:
    """Have writers write, crash, start again; return the ids that were acknowledged.

    Raises:
        NothingWritten: the writers ended before they wrote anything.
    """
    with running("write", engine, WRITERS, waits=waits) as writers:
        first = writers.stdout.readline()
        if not first:
            raise NothingWritten
        time.sleep(seconds)
        engine.crash(writers)
        said = first + writers.stdout.read()
    engine.restart()
    # What was not said whole was not said: the last line of a killed process may be cut.
    lines = said.decode().splitlines(keepends=True)
    return {UUID(line.strip()) for line in lines if line.endswith("\n")}


def count(engine: Engine, said: set[UUID], found: Writes) -> None:
    """Add what one cycle shows."""
    rows = {UUID(str(pk)) for (pk,) in engine.rows("SELECT id FROM core_job")}
    events = {UUID(about) for (about,) in engine.rows("SELECT object_id FROM audit_event")}
    found.cycles += 1
    found.acknowledged += len(said)
    found.lost += len(said - rows)
    found.half = len(rows ^ events)
    if engine.url.startswith("sqlite"):
        found.corrupt += engine.rows("PRAGMA integrity_check") != [("ok",)]
