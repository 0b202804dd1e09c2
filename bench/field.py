"""Nothing that phones send is lost, doubled or overwritten in silence, whatever links do to it.

    python bench/field.py [--strict] [--runs N] [--seed N] [--minutes M]

Phones modelled in Python seal entries as browsers do and send them over links that lose, repeat,
reorder and break off, with clocks years off and crashes at every step (reliability/phones.py).
Prints its table, then one last line `goals: R of T reached`.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

from naming import tables
from reliability.inside import installed

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD = ("measure", "count", "goal")
AT_ONCE = 10  # runs between two looks at the clock


def asked_for(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Phones on links that break.")
    parser.add_argument(
        "--strict", action="store_true", help="exit 0 only if every goal is reached"
    )
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=0.0, help="stop then; 0: never")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, and say whether the goals are reached."""
    chosen = asked_for(arguments)
    with installed():
        from reliability.phones import made_world, simulate  # noqa: PLC0415 (needs Django set up)

        began, world = time.monotonic(), made_world()
        done = 0
        total: dict[str, int] = {}
        breaks: dict[str, int] = {}
        while done < chosen.runs:
            some = min(AT_ONCE, chosen.runs - done)
            tally = simulate(some, chosen.seed + done, world=world)
            world.placed_on += world.placed_on.resolution * some
            done += some
            for name, count in vars(tally).items():
                if name == "breaks":
                    breaks |= {each: breaks.get(each, 0) + n for each, n in count.items()}
                else:
                    total[name] = total.get(name, 0) + count
            if chosen.minutes and time.monotonic() - began > chosen.minutes * 60:
                break
    goals = ("lost", "doubled", "overwritten", "refused", "disordered")
    rows = [(name, tables.amount(n), "0" if name in goals else "") for name, n in total.items()]
    rows += [(f"link: {name}", tables.amount(n), "") for name, n in sorted(breaks.items())]
    print(tables.aligned(HEAD, rows))
    reached = sum(total[name] == 0 for name in goals) + (done >= chosen.runs)
    print(f"goals: {reached} of {len(goals) + 1} reached")
    return int(chosen.strict and reached <= len(goals))


if __name__ == "__main__":
    sys.exit(main())
