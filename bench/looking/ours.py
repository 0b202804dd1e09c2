"""The live index, in a process of its own: what it takes, and how often the right one is found.

python -m looking.ours build FOLDER INDEX     makes the index and keeps it
python -m looking.ours ask FOLDER INDEX OUT   opens it and asks; OUT is JSON
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from naming.memory import peak

from kinmatch import LiveIndex, read
from looking import NOISE, SOUGHT, TOP, measured, share_below, truth_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kinmatch import Person
    from looking import Asked

KEY = bytes(32)  # nothing here needs hiding
INSERTED = 1_000
WARM = 20  # queries before the first that is timed: loops are compiled then


def main() -> None:
    """Do what the command line asks."""
    what, folder, index = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if what == "build":
        print(json.dumps(built(folder, index)))
    else:
        Path(sys.argv[4]).write_text(json.dumps(asked(folder, index)))


def built(folder: Path, index: Path) -> dict[str, float]:
    """Make the index of everyone sought, and say what it took."""
    people = read(folder / SOUGHT).persons
    live, started = LiveIndex(), time.process_time()
    live.load(people)
    took = time.process_time() - started
    live.save(index, KEY)
    return {"build s": took, "file MB": index.stat().st_size / 1e6}


def asked(folder: Path, index: Path) -> dict[str, dict[str, float]]:
    """Open the index, ask about everyone, and say what was found and what it took."""
    truth = truth_of(folder)
    LiveIndex()  # reads the tables of names and the model, which every process holds
    before, started = peak(), time.process_time()
    live = LiveIndex.open(index, KEY)
    told = {"open s": time.process_time() - started, "held MB": (peak() - before) / 1e6}
    found: dict[str, dict[str, float]] = {"index": told}
    for name in NOISE:
        people = read(folder / f"{name}.csv").persons
        for person in people[:WARM]:
            live.search(person)
        found[name] = measured([alone(live, one) for one in people if one.id in truth], truth)
        groups: dict[str, list[Person]] = {}
        for person in people:
            groups.setdefault(person.group or person.id, []).append(person)
        whole = [together(live, members) for members in groups.values()]
        found[f"{name}, by family"] = measured(whole, truth)
    told["insert ms p50"], told["insert ms p95"] = inserting(live, people)
    return found


def alone(live: LiveIndex, person: Person) -> Asked:
    """Return how one is asked about."""
    return [person.id], lambda: [[hit.id for hit in live.search(person, top=TOP)]]


def together(live: LiveIndex, members: Sequence[Person]) -> Asked:
    """Return how a group is asked about."""

    def ask() -> list[list[str]]:
        found = live.search_family(members, top=TOP)
        return [[hit.id for hit in found[person.id]] for person in members]

    return [person.id for person in members], ask


def inserting(live: LiveIndex, people: Sequence[Person]) -> tuple[float, float]:
    """Return the milliseconds of one insertion, half of them below and 95 in 100 below."""
    took = []
    for number in range(INSERTED):
        person = replace(people[number % len(people)], id=f"new {number}", group=None)
        started = time.process_time()
        live.insert(person)
        took.append((time.process_time() - started) * 1e3)
    return share_below(took, 0.5), share_below(took, 0.95)


if __name__ == "__main__":
    main()
