"""One record edited by many at once: no edit may be lost to another that did not see it.

    python bench/reliability/locking.py [--edits 400] [--writers 8]

Each writer reads the last answer to a question for consent, thinks, and records one that counts one
further. Whoever was overtaken is refused, reads again and goes on. Lost is each edit that the last
answer does not count. The control records whatever stands by now, as a program without versions
does: it must lose. Prints a line for each engine; ends with 1 if an edit was lost, or none was in
the control.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kinward.access.models import User
    from kinward.people.models import Person

EDITS, WRITERS = 400, 8
ENGINES = ("sqlite", "postgresql")
INSIDE = "inside"  # asked of a process that runs in the installation
THINKING = 0.02  # seconds at most between reading and writing


@dataclass
class Locking:
    """What became of the edits."""

    edits: int = 0  # acknowledged
    refused: int = 0  # because they were overtaken; each was made again
    lost: int = 0


def run(
    *, edits: int = EDITS, writers: int = WRITERS, engine: str = "sqlite", checked: bool = True
) -> Locking:
    """Have an installation of its own edited; return what became of that."""
    from serving.installation import Installation
    from web import database

    with database(engine) as url, tempfile.TemporaryDirectory(prefix="kinward-") as folder:
        installation = Installation(Path(folder), url)
        installation.manage("make_keys", "--file", str(Path(folder) / "made.keys"))
        installation.manage("migrate", "--verbosity", "0")
        numbers = [str(number) for number in (edits, writers, int(checked))]
        return Locking(**installation.told("reliability.locking", INSIDE, *numbers))


def contend(person: Person, by: User, *, edits: int, writers: int, checked: bool) -> Locking:
    """Edit one person's consent from that many threads; inside Django."""
    left, gate = iter(range(edits)), threading.Lock()

    def work(seed: int) -> int:
        from django.db import connection

        chance = random.Random(seed)  # noqa: S311 (how long to think, no secret)
        try:
            return sum(edit(person, by, checked=checked, chance=chance) for _ in shared(left, gate))
        finally:
            connection.close()

    with ThreadPoolExecutor(writers) as threads:
        refused = sum(threads.map(work, range(writers)))
    return Locking(edits=edits, refused=refused, lost=edits - counted(person))


def shared(left: Iterator[int], gate: threading.Lock) -> Iterator[int]:
    """Yield what is left, to one of several threads each."""
    while True:
        with gate:
            mine = next(left, None)
        if mine is None:
            return
        yield mine


def edit(person: Person, by: User, *, checked: bool, chance: random.Random) -> int:
    """Read, think, write; again where somebody was faster. Return how often that was."""
    from django.utils import timezone

    from kinward.audit.context import acting
    from kinward.core.versions import Conflict
    from kinward.people.actions import record_consent
    from kinward.people.consents import Giver, State
    from kinward.people.rules import ConsentAnswer

    refused = 0
    while True:
        last = person.consents.latest("number")
        answer = ConsentAnswer(
            state=State.GIVEN,
            giver=Giver.CHILD,
            form_version=str(int(last.form_version) + 1),
            language="ar",
        )
        time.sleep(chance.uniform(0, THINKING))
        seen = str(last.number) if checked else None
        try:
            with acting(by):
                record_consent(person=person, answer=answer, seen=seen, by=by, at=timezone.now())
        except Conflict:
            refused += 1
        else:
            return refused


def counted(person: Person) -> int:
    """How many edits the last answer counts."""
    return int(person.consents.latest("number").form_version)


def child_to_edit() -> tuple[Person, User]:
    """Register a made-up child whose answer counts no edit yet; return it and who edits."""
    from django.db import transaction
    from django.utils import timezone

    from kinward.access.models import Role, User, clock
    from kinward.audit.context import acting
    from kinward.people.actions import register_child
    from kinward.people.consents import Giver, State
    from kinward.people.rules import ConsentAnswer

    agrees = ConsentAnswer(state=State.GIVEN, giver=Giver.CHILD, form_version="0", language="ar")
    with acting(clock()), transaction.atomic():
        by = User.objects.create_user("writer", role=Role.REGISTRAR, region="IQ-BG")
        return register_child(statements=[], consents=[agrees], by=by, at=timezone.now()), by


def inside() -> None:
    """Edit in the installation that the environment names; write down what became of it."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kinward.settings")
    django.setup()
    edits, writers, checked = map(int, sys.argv[2:5])
    person, by = child_to_edit()
    found = contend(person, by, edits=edits, writers=writers, checked=bool(checked))
    Path(sys.argv[5]).write_text(json.dumps(asdict(found)), encoding="utf-8")


def main() -> int:
    """Print what became of the edits on each engine, with its control."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--edits", type=int, default=EDITS)
    options.add_argument("--writers", type=int, default=WRITERS)
    asked = options.parse_args()
    wrong = False
    print(f"{'engine':<12}{'versions':<10}{'edits':>7}{'refused':>9}{'lost':>6}")
    for engine in ENGINES:
        for checked in (True, False):
            found = run(edits=asked.edits, writers=asked.writers, engine=engine, checked=checked)
            wrong |= bool(found.lost) is checked
            how = "checked" if checked else "control"
            print(f"{engine:<12}{how:<10}{found.edits:>7}{found.refused:>9}{found.lost:>6}")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(inside() if INSIDE in sys.argv else main())
