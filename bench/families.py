"""Match whole families as kinmatch does, and as its peers do, on the same lists in the same run.

    python bench/families.py [FOLDER] [--strict] [--cases PATTERNS] [--peers PATTERNS] [--seeds N]

Without FOLDER, the lists are noised copies of the sample census inside pseudopeople (see
`linking/census.py`). Seeds 101 to 104 were looked at while the library was made; those run here are
others. FOLDER holds found.csv and sought.csv in the columns `kinmatch link` reads, with truth.csv
(found_id, sought_id) or families.csv (found_id, sought_group), or folders that do.

No matcher is shown the truth. F1 is one to one, of pairs with a chance of one half or more; "best"
chooses the threshold with the truth in hand. With --several neither F1 nor kinmatch is one to one,
for lists where a child may be sought by two relatives apart, as `kinmatch synth` makes up. Prints
its tables, then one last line `goals: R of T reached`. `make bench-families` sets the environment
of the peers up first.
"""

from __future__ import annotations

import argparse
import json
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from linking import cases, report, running
from naming import goals

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTES = (
    "mean over pairs of seeds, and the lowest and highest of them",
    "kinmatch learns its levels from the two lists of the case, without labels, as Splink does",
    f"{running.ALONE}: without the collective stage, levels learned without it too",
    f"{running.SHIPPED}: nothing learned; its calibration error is that of the shipped curves",
    "hard two-step, Primero: our statements of published rules; recordlinkage: its EM classifier",
)


def asked_for(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Match families as kinmatch and its peers do.")
    add = parser.add_argument
    add("folder", nargs="?", type=Path, help="lists to be matched, with the truth")
    add("--strict", action="store_true", help="exit 0 only if every goal is reached")
    add("--cases", default="*", help="patterns of cases, by comma")
    add("--peers", default="*", help="patterns of peers, by comma; or none")
    add("--seeds", type=int, default=len(cases.TESTED_ON), help="how many pairs of seeds")
    add(
        "--ablate",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="one by one, and as shipped, too",
    )
    add("--fresh", action="store_true", help="run peers anew whose answers are remembered")
    add("--several", action="store_true", help="a child of the lists may be sought by several")
    add("--out", type=Path, help="write every figure as JSON")
    return parser.parse_args(arguments)


def fits(name: str, patterns: str) -> bool:
    """Return whether a name fits one of the patterns."""
    return any(fnmatch(name, pattern.strip()) for pattern in patterns.split(","))


def whole(asked: argparse.Namespace, known: Sequence[cases.Case]) -> list[goals.Goal]:
    """Measure everything and print it; return the goals."""
    chosen = cases.of_folder(asked.folder) if asked.folder else known
    chosen = [case for case in chosen if fits(case.name, asked.cases)]
    if not chosen:
        raise cases.CannotRun(f"there is no case that fits {asked.cases}")
    others = (running.ALONE, running.SHIPPED, running.SHIPPED_ALONE)
    matchers = [running.OURS, *(others if asked.ablate else ())]
    matchers += [one for one in running.PEERS if asked.peers != "none" and fits(one, asked.peers)]
    runner, run = running.Runner(asked.fresh, asked.several), report.Run()
    for case in chosen:
        for seeds in cases.TESTED_ON[: 1 if case.folder else asked.seeds]:
            folder = case.made(seeds)
            for matcher in matchers:
                print(f"    {case.name}: {matcher}", file=sys.stderr, flush=True)
                answer = runner.run(matcher, folder)
                if answer:
                    run.take(case, matcher, answer)
    notes = [*NOTES, *(f"{peer}: {version}" for peer, version in runner.versions.items())]
    told = report.show(
        run, running.OURS, [*notes, *(f"not measured: {one}" for one in runner.missing)]
    )
    if asked.out:
        rows = [list(row) for row in run.compared(running.OURS)]
        costs = [list(row) for row in run.costs()]
        asked.out.write_text(json.dumps({"reached": rows, "took": costs}, indent=1) + "\n")
    return told


def main(
    arguments: Sequence[str] | None = None, known: Sequence[cases.Case] = cases.FAMILIES
) -> int:
    """Run; return the exit code."""
    asked = asked_for(arguments)
    try:
        reached = whole(asked, known)
    except cases.CannotRun as reason:
        print(f"bench: {reason}", file=sys.stderr)
        return goals.BAD_USE
    return goals.exit_code(reached, strict=asked.strict)


if __name__ == "__main__":
    sys.exit(main())
