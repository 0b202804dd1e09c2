"""Kill `kinward recompute` again and again, with SIGKILL, and see that nothing is lost or doubled.

    python bench/recompute_killed.py FOLDER [KILLS] [SEED]

FOLDER is the data of a demo (KINWARD_DATA) that nothing else uses; it is copied. First everybody is
compared anew without a kill; then all candidates nobody has looked at are taken away and the same
is done under kills. Lost is a candidate that is not there again; doubled is a child that was
compared in two parts that stand. Each kill costs a lease (`core.jobs.LEASE`, a minute).
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHORTEST, LONGEST = 0.1, 5.0  # seconds from the beginning of a part to the kill
LEASE = 61  # seconds until another worker takes a part over
AWAY = """
from django.db import transaction
from kinward.access.models import clock
from kinward.audit.context import acting
from kinward.tracing.models import Candidate
with acting(clock()), transaction.atomic():
    Candidate.objects.filter(reviews=None, judgements=None, verdict="open").delete()
print("left", Candidate.objects.count())
"""
IN_SMALL_PARTS = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "kinward.settings"
django.setup()
from django.core.management import call_command
from kinward.tracing.actions import recomputing
recomputing.AT_A_TIME = 3  # a demo has some thirty children
call_command("recompute")
"""
STANDS = """
import json
from kinward.audit.models import Event
from kinward.people.models import Person
from kinward.tracing.models import Candidate
rows = Candidate.objects.order_by("child", "sought").values_list("child", "sought", "weight")
parts = Event.objects.filter(action="tracing.recomputed").order_by("at", "id")
print(json.dumps({
    "candidates": [[str(child), str(sought), round(weight, 6)] for child, sought, weight in rows],
    "parts": [each.details["children"] for each in parts],
    "children": Person.objects.children().count(),
}))
"""


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a demo in a folder."""
    own = {"KINWARD_DEMO": "1", "KINWARD_DATA": str(folder), "KINWARD_DATABASE_URL": ""}
    return os.environ | own


def manage(folder: Path, *words: str, told: str = "") -> str:
    """Run a command to its end; return the last line it said."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        input=told,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip().splitlines()[-1]


def stands(folder: Path) -> dict[str, list[object]]:
    """Return which candidates stand, and which parts the log tells of."""
    found: dict[str, list[object]] = json.loads(manage(folder, "shell", told=STANDS))
    return found


def parts_begun(folder: Path) -> int:
    """Return how often a worker has begun a part of a recomputation."""
    with closing(sqlite3.connect(f"file:{folder / 'kinward.sqlite3'}?mode=ro", uri=True)) as data:
        begun = "SELECT sum(attempts) FROM core_job WHERE kind = 'tracing.recompute'"
        return data.execute(begun).fetchone()[0] or 0


def kill_at_work(folder: Path, after: float) -> bool:
    """Start a recomputation, and kill it some seconds after it has begun a part.

    Tells whether it was still at work.
    """
    before = parts_begun(folder)
    process = subprocess.Popen(
        [sys.executable, "-c", IN_SMALL_PARTS],
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and parts_begun(folder) == before:
        time.sleep(0.05)
    time.sleep(after)
    at_work = process.poll() is None
    process.kill()
    process.wait()
    return at_work


def main() -> None:
    """Do both, and print what was found."""
    folder, kills, seed = Path(sys.argv[1]), *map(int, [*sys.argv[2:], 4, 1][:2])
    chance = random.Random(seed)  # noqa: S311 (when to kill, not a secret)
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "data"
        shutil.copytree(folder, copy)
        manage(copy, "recompute")
        right = stands(copy)
        print(manage(copy, "shell", told=AWAY), "of", len(right["candidates"]))
        done = 0
        for _ in range(kills):
            done += kill_at_work(copy, chance.uniform(SHORTEST, LONGEST))
            time.sleep(LEASE)
            print("parts that stand:", len(stands(copy)["parts"]) - len(right["parts"]))
        print("killed", done, "times at work")
        subprocess.run([sys.executable, "-c", IN_SMALL_PARTS], env=environment(copy), check=True)
        found = stands(copy)
    parts = found["parts"][len(right["parts"]) :]
    before, after = ({tuple(each) for each in one["candidates"]} for one in (right, found))
    lost = before ^ after
    print(f"{len(parts)} parts, {sum(parts)} of {found['children']} children compared")
    print(f"{len(lost)} of {len(right['candidates'])} candidates lost, doubled or changed")


if __name__ == "__main__":
    main()
