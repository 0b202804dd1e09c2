"""Drills: backups made while writers write, each restored into a place of its own and compared.

Missing is a write that was acknowledged before the backup began and is not in what was restored.
Each backup is then harmed by one bit, which restoring must refuse.
"""

from __future__ import annotations

import json
import random
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from reliability.engines import command, crashing, environment, running
from reliability.writes import WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reliability.engines import Engine

REFUSED = 3  # the exit code of a worker that could not open a backup
PAUSE = 0.3  # seconds of writing before each backup


@dataclass
class Drills:
    """What was found after all drills."""

    drills: int = 0
    restored: int = 0  # whole, every row as it was backed up
    missing: int = 0
    harmed_refused: int = 0
    rows: int = 0  # of the last backup


def run(*, cycles: int, engine: str = "sqlite", seed: int = 1) -> Drills:
    """Back up and restore that many times under load."""
    chance = random.Random(seed)  # noqa: S311 (which bit to harm, not a secret)
    found = Drills()
    with crashing(engine) as (busy, folder), written(busy) as said:
        for number in range(cycles):
            time.sleep(PAUSE)
            one_drill(busy, set(said), folder / f"backups-{number}", chance, found)
    return found


@contextmanager
def written(engine: Engine) -> Iterator[list[str]]:
    """Have writers write all the while; yield what they have said so far."""
    said: list[str] = []
    with running("write", engine, WRITERS) as writers:
        reader = threading.Thread(target=listen, args=(writers.stdout, said), daemon=True)
        reader.start()
        while not said and writers.running():
            time.sleep(0.02)
        yield said
        writers.kill()
        reader.join()


def listen(out: IO[bytes], said: list[str]) -> None:
    """Keep what the writers say."""
    said.extend(line.decode().strip() for line in out)


def one_drill(
    engine: Engine, said: set[str], backups: Path, chance: random.Random, found: Drills
) -> None:
    """Make a backup, restore it, harm it, restore it again; add what was found."""
    asked = environment(engine, RELIABILITY_BACKUPS=str(backups), **programs(engine))
    done = subprocess.run(command("drill"), env=asked, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    found.drills += 1
    found.restored += told["same"]
    found.rows = told["rows"]
    found.missing += len(said - set(told["ids"]))
    (file,) = backups.glob("*.age")
    harm(file, chance)
    again = subprocess.run(command("open"), env=asked, capture_output=True, text=True, check=False)
    found.harmed_refused += again.returncode == REFUSED


def harm(file: Path, chance: random.Random) -> None:
    """Flip one bit."""
    content = bytearray(file.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content)


def programs(engine: Engine) -> dict[str, str]:
    """Say where PostgreSQL's programs are, if the engine has them."""
    server = getattr(engine, "server", None)
    return {"RELIABILITY_PROGRAMS": str(server.bin_path)} if server else {}
