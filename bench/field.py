"""Nothing that phones send is lost, doubled or overwritten in silence, whatever links do to it.

    python bench/field.py [--strict] [--runs N] [--seed N] [--processes N]

Phones modelled in Python seal entries as browsers do and send them over links that lose, repeat,
reorder and break off, with clocks years off and crashes at every step (reliability/phones.py).
Afterwards each of three faults is put in and must be counted, or nothing above means anything.
Prints its table, then one last line `goals: R of T reached`.
"""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import reduce
from multiprocessing import get_context
from operator import add
from typing import TYPE_CHECKING

from naming import tables
from reliability.inside import installed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reliability.phones import Tally

HEAD = ("measure", "count", "goal")
GOALS = ("lost", "doubled", "overwritten", "refused", "disordered")
AT_ONCE = 100  # runs between two words on how far it is
WITH_A_FAULT = 25  # runs of each


def asked_for(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Phones on links that break.")
    parser.add_argument(
        "--strict", action="store_true", help="exit 0 only if every goal is reached"
    )
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    return parser.parse_args(arguments)


def share(runs: int, seed: int, *, faulty: bool) -> tuple[Tally, dict[str, int]]:
    """Do a process's share in an installation of its own; return what it and each fault came to."""
    with installed():
        from reliability.phones import FAULTS, Tally, simulate  # noqa: PLC0415 (needs Django set up)

        total = Tally()
        while total.runs < runs:
            some = min(AT_ONCE, runs - total.runs)
            total += simulate(some, seed + total.runs)
            found = ", ".join(f"{name} {getattr(total, name)}" for name in GOALS)
            print(f"{total.runs:,} of {runs:,} runs: {found}", file=sys.stderr, flush=True)
        counted = {
            f"{fault}: {name}": getattr(simulate(WITH_A_FAULT, seed, fault=fault), name)
            for fault, name in FAULTS.items()
            if faulty
        }
    return total, counted


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, and say whether the goals are reached."""
    chosen = asked_for(arguments)
    shares = [len(range(n, chosen.runs, chosen.processes)) for n in range(chosen.processes)]
    with ProcessPoolExecutor(chosen.processes, mp_context=get_context("spawn")) as pool:
        asked = [
            pool.submit(share, runs, chosen.seed + 1_000_000 * number, faulty=number == 0)
            for number, runs in enumerate(shares)
        ]
        done = [each.result() for each in asked]
    total = reduce(add, (tally for tally, _faults in done))
    faults = done[0][1]
    counts = {name: n for name, n in vars(total).items() if name != "breaks"}
    rows = [(name, tables.amount(n), "0" if name in GOALS else "") for name, n in counts.items()]
    rows += [(f"link: {name}", tables.amount(n), "") for name, n in sorted(total.breaks.items())]
    rows += [(f"fault: {name}", tables.amount(n), "> 0") for name, n in faults.items()]
    print(tables.aligned(HEAD, rows))
    reached = sum(counts[name] == 0 for name in GOALS) + sum(n > 0 for n in faults.values())
    print(f"goals: {reached} of {len(GOALS) + len(faults)} reached")
    return int(chosen.strict and reached < len(GOALS) + len(faults))


if __name__ == "__main__":
    sys.exit(main())
