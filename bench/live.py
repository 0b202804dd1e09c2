"""Look one record up among many, as kinmatch's live index does and as its peers do.

    python bench/live.py [FOLDER] [--strict] [--size N] [--peers MOST] [--fresh]

Without FOLDER, children are made up (`looking/caseload.py`): N are sought, in Cyrillic or Latin
letters; asked about are children as a clerk elsewhere wrote them down, mostly in Arabic letters, a
quarter, half, or as much noise in it as `kinmatch synth` puts there. FOLDER holds sought.csv, the
three lists asked about and truth.csv (asked_id, sought_id) in that form.

The goals are those of the design for a million records and noisy queries across scripts, held
against the queries with a quarter of the noise; at another size they are asked for all the same.
Milliseconds are of one processor. Prints its tables, then one last line `goals: R of T reached`.
`make bench-live` sets the environment of the peers up first.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from looking import NOISE, TOP, caseload
from naming import environment, goals, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
OURS = "kinmatch live index"
FAMILY = "kinmatch, by family"
SIZE = 100_000
PEERS_ASKED = 150  # queries a slow peer answers
HEAD = ("noise", "asked", "recall@1", f"recall@{TOP}", "CPU ms p50", "CPU ms p95", "ratio p50")
AT_LEAST = {"recall@1": 0.985, f"recall@{TOP}": 0.999}
AT_MOST = {"ms p50": 5.0, "ms p95": 20.0}
INDEX_AT_MOST = {"held MB": 400.0, "open s": 5.0, "insert ms p50": 1.0}  # of a million records
NOTES = (
    "by family: a whole group is asked about at once; milliseconds are of the group",
    "the lists are made up by kinmatch.synth; its names and its noise are no country's",
    "ratio: how many times the milliseconds of our look-up",
)
JUDGED = next(iter(NOISE))


def asked_for(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Look one record up among many.")
    add = parser.add_argument
    add("folder", nargs="?", type=Path, help="lists to search and to ask about, with the truth")
    add("--strict", action="store_true", help="exit 0 only if every goal is reached")
    add("--size", type=int, default=SIZE, help="how many are sought")
    add("--peers", type=int, default=PEERS_ASKED, help="queries the peers answer; 0 for no peers")
    add("--fresh", action="store_true", help="build the index anew if one is kept")
    return parser.parse_args(arguments)


def run(python: Path | str, module: str, *arguments: object) -> str:
    """Run a module of this folder in a process of its own; return what it prints."""
    command = [str(python), "-m", module, *map(str, arguments)]
    told = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": str(HERE)},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return told.stdout


def answers(python: Path | str, module: str, *arguments: object) -> dict[str, Any]:
    """Run a module that writes JSON into the file named last; return what it wrote."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "out.json"
        run(python, module, *arguments, out)
        told: dict[str, Any] = json.loads(out.read_text())
    return told


def whole(asked: argparse.Namespace) -> list[goals.Goal]:
    """Measure everything and print it; return the goals."""
    environment.FOLDER.mkdir(parents=True, exist_ok=True)
    folder = asked.folder or caseload.made(environment.FOLDER, asked.size)
    index, built = folder / "index", folder / "built.json"
    if asked.fresh or not built.exists():
        environment.say("building the index")
        built.write_text(run(sys.executable, "looking.ours", "build", folder, index))
    environment.say("asking")
    ours = answers(sys.executable, "looking.ours", "ask", folder, index)
    peers: dict[str, dict[str, Any]] = {}
    if asked.peers and environment.PYTHON.exists():
        environment.say("asking the peers")
        peers = answers(environment.PYTHON, "looking.peers", folder, asked.peers)
    told = {**ours["index"], **json.loads(built.read_text())}
    print(f"What was found\n\n{tables.aligned(HEAD, list(lines(ours, peers)), left=2)}\n")
    print("The index: " + ", ".join(f"{name} {value:.3g}" for name, value in told.items()) + "\n")
    print("by family: a whole group is asked about at once; milliseconds are of the group")
    print(
        "the lists are made up by kinmatch.synth, so they say nothing of how often names are such"
    )
    reached = judged(ours[JUDGED], told)
    for goal in reached:
        verdict = "reached" if goal.reached else "not reached"
        print(f"{goal.label}: {goal.measure} {goal.ours:.4g}, goal {goal.least:g}: {verdict}")
    print(goals.last_line(reached))
    return reached


def lines(ours: dict[str, dict[str, float]], peers: dict[str, dict[str, Any]]) -> list[tables.Row]:
    """Return a row for each degree of noise and each that was asked."""
    made = []
    for name in NOISE:
        by = {OURS: ours[name], FAMILY: ours[f"{name}, by family"], **peers.get(name, {})}
        for who, found in by.items():
            shares = (tables.share(found["recall@1"]), tables.share(found[f"recall@{TOP}"]))
            took = (f"{found['ms p50']:.1f}", f"{found['ms p95']:.1f}")
            made.append(
                (name, who, *shares, *took, tables.times(found["ms p50"], ours[name]["ms p50"]))
            )
    return made


def judged(found: dict[str, float], index: dict[str, float]) -> list[goals.Goal]:
    """Return the goals beside what was measured."""
    label = f"noise {JUDGED}"
    return [
        *(
            goals.Goal(label, name, least, found[name], found[name] >= least)
            for name, least in AT_LEAST.items()
        ),
        *(
            goals.Goal(label, name, most, found[name], found[name] <= most)
            for name, most in AT_MOST.items()
        ),
        *(
            goals.Goal("the index", name, most, index[name], index[name] <= most)
            for name, most in INDEX_AT_MOST.items()
        ),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; return the exit code."""
    asked = asked_for(arguments)
    return goals.exit_code(whole(asked), strict=asked.strict)


if __name__ == "__main__":
    sys.exit(main())
