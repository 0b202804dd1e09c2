"""What linking costs from ten thousand records to ten million: kinmatch in bulk, and Splink.

    python bench/scale.py [FOLDER] [--strict] [--sizes N,N] [--peers PATTERNS|none] [--families] …

Without FOLDER, caseloads of so many records (found and sought together) are made up by
`kinmatch synth`, part by part: children in two scripts, with kin, in groups; names by Zipf's law.
They show what it costs, and are no claim about how well real children are found. FOLDER holds
found.csv, sought.csv and truth.csv. Every run is a process of its own; Splink runs on DuckDB in the
peers' environment, on names in Latin letters. Ten million records are `--sizes 10000000`: a day,
and more memory than most machines have.

Prints its table, then one last line `goals: R of T reached`.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linking.environment import FOLDER, PYTHON
from linking.scaled import PEERS, write_for_peers
from naming import goals, tables

from kinmatch.synth import Form, Tables, stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).parent
SIZES = (10_000, 100_000, 1_000_000)
PER_FAMILY = 3.67  # records, found and sought, that `synth` makes of a family
SEED = 701
OURS, FAMILIES, SPLINK = "kinmatch", "kinmatch, families", "Splink"
MILLION = 1_000_000
SECONDS, GIB, BLOCKED = 30.0, 1.5, 0.97  # goals of a million records
FLAT = 1.5  # times what a record costs in the smallest list, at most, in the largest
HEAD = ("records", "matcher", "CPU s", "wall s", "peak MB", "CPU ms a record", "pairs a found")
HEAD += ("blocking recall", "F1", "CPU", "MB")


@dataclass(slots=True)
class Run:
    """What every matcher took, by how many records there were."""

    told: dict[int, dict[str, dict[str, Any]]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    found: dict[int, int] = field(default_factory=dict)  # found persons, of so many records

    def take(self, size: int, matcher: str, python: str, module: str, *options: str) -> None:
        """Run one matcher in a process of its own, and keep what it says."""
        folder, *rest = options
        with tempfile.TemporaryDirectory() as made:
            out = Path(made) / "told.json"
            done = subprocess.run(
                [python, "-W", "ignore", "-m", module, folder, str(out), *rest],
                cwd=HERE,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                last = done.stderr.strip().splitlines()[-1:] or ["it was ended from outside"]
                self.missing.append(f"{matcher} on {size} records: {last[0]}")
                return
            self.told.setdefault(size, {})[matcher] = json.loads(out.read_text())

    def rows(self) -> list[tables.Row]:
        """Return a row for each size and matcher; ratios are to Splink in the same run."""
        made = []
        for size, by_matcher in self.told.items():
            theirs = by_matcher.get(SPLINK, {})
            for matcher, one in by_matcher.items():
                made.append(
                    (
                        f"{size:,}",
                        matcher,
                        f"{one['cpu']:.1f}",
                        f"{one['wall']:.1f}",
                        f"{one['peak'] / 1e6:.0f}",
                        f"{one['cpu'] / size * 1e3:.3f}",
                        f"{one['compared'] / max(self.found[size], 1):.0f}",
                        tables.share(one["blocked"]),
                        tables.share(one["F1"]),
                        tables.times(one["cpu"], theirs.get("cpu")),
                        tables.times(one["peak"], theirs.get("peak")),
                    )
                )
        return made

    def stages(self) -> Iterator[str]:
        """Yield what each stage of ours took."""
        for size, told in self.told.items():
            for matcher, one in told.items():
                if "stages" in one:
                    took = (f"{name} {seconds:.1f}" for name, seconds in one["stages"].items())
                    yield f"{size:,} {matcher}, CPU s: {', '.join(took)}"

    def goals(self) -> list[goals.Goal]:
        """Return what is to be reached, of the sizes that were run."""
        ours = {size: told[OURS] for size, told in self.told.items() if OURS in told}
        reached = []
        for size, one in ours.items():
            label = f"{size:,} records"
            if size == MILLION:
                gib = one["peak"] / 2**30
                reached.append(
                    goals.Goal(label, "CPU s", SECONDS, one["cpu"], one["cpu"] <= SECONDS)
                )
                reached.append(goals.Goal(label, "GiB", GIB, gib, gib <= GIB))
            enough = one["blocked"] >= BLOCKED
            reached.append(goals.Goal(label, "blocking recall", BLOCKED, one["blocked"], enough))
        if len(ours) > 1:
            per_record = [ours[size]["cpu"] / size for size in (min(ours), max(ours))]
            grown = per_record[1] / per_record[0]
            label = f"{min(ours):,} to {max(ours):,}"
            reached.append(goals.Goal(label, "cost of a record", FLAT, grown, grown <= FLAT))
        return reached


def asked_for(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Link lists of growing length.")
    add = parser.add_argument
    add("folder", nargs="?", type=Path, help="found.csv, sought.csv and truth.csv")
    add("--strict", action="store_true", help="exit 0 only if every goal is reached")
    add("--sizes", default=",".join(map(str, SIZES)), help="how many records, by comma")
    add("--peers", default="Splink", help="Splink, or none")
    add("--families", action="store_true", help="match groups as wholes too")
    add("--out", type=Path, help="write every figure as JSON")
    return parser.parse_args(arguments)


def folders(asked: argparse.Namespace) -> dict[int, Path]:
    """Return a folder for each size, made up if need be."""
    if asked.folder:
        size = sum(length(asked.folder / f"{side}.csv") for side in ("found", "sought"))
        return {size: asked.folder}
    made = {}
    for size in map(int, asked.sizes.split(",")):
        folder = FOLDER / "caseloads" / f"scale_{size}_{SEED}"
        if not (folder / "truth.csv").exists():
            print(f"    making up {size} records", file=sys.stderr, flush=True)
            with Tables(folder, Form.CSV) as made_up:
                for part in stream(max(round(size / PER_FAMILY), 1), SEED):
                    made_up.append(part)
        made[size] = folder
    return made


def length(path: Path) -> int:
    """Return how many rows a CSV file has."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def measured(asked: argparse.Namespace, size: int, folder: Path, run: Run) -> None:
    """Run every matcher on one folder."""
    print(f"    {size} records", file=sys.stderr, flush=True)
    path = str(folder.resolve())
    run.found[size] = length(folder / "found.csv")
    run.take(size, OURS, sys.executable, "linking.scaled", path)
    if asked.families:
        run.take(size, FAMILIES, sys.executable, "linking.scaled", path, "--families")
    if asked.peers == "none":
        return
    if not PYTHON.exists():
        run.missing.append("the environment of the peers is not set up: make bench-scale")
        return
    if not (folder / PEERS).exists():
        write_for_peers(folder)
    run.take(size, SPLINK, str(PYTHON), "linking.scaled_splink", path)


def whole(asked: argparse.Namespace) -> list[goals.Goal]:
    """Measure everything and print it; return the goals."""
    run = Run()
    for size, folder in folders(asked).items():
        measured(asked, size, folder, run)
    print(tables.aligned(HEAD, run.rows(), left=2))
    for line in (*run.stages(), *(f"not measured: {reason}" for reason in run.missing)):
        print(line)
    reached = run.goals()
    for goal in reached:
        verdict = "reached" if goal.reached else "not reached"
        print(f"{goal.label}, {goal.measure}: {goal.ours:.3g}, goal {goal.least:g}: {verdict}")
    print(goals.last_line(reached))
    if asked.out:
        asked.out.write_text(json.dumps(run.told, indent=1) + "\n")
    return reached


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; return the exit code."""
    asked = asked_for(arguments)
    if asked.folder and not (asked.folder / "truth.csv").is_file():
        print(f"bench: {asked.folder} holds no truth.csv", file=sys.stderr)
        return goals.BAD_USE
    return goals.exit_code(whole(asked), strict=asked.strict)


if __name__ == "__main__":
    sys.exit(main())
