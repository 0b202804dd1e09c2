"""What must not happen, tried, and printed beside what the control showed.

    python -m reliability [--short] [--only 1,3] [--seed N] [--strict] [--keep FILE]
                          [--share S] [--parser-minutes M] [--markdown]

Each bar runs in a process of its own and is given a control that must fail: without one, a figure
of nought would say nothing. Prints one table, then one last line `goals: R of T reached`. What a
bar finds is told while it runs. Numbers are those of the bars of the design.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from naming import goals, tables

from reliability.rows import BARS, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEAD = ("bar", "", "goal", "seen", "control seen", "CPU s", "reached")


def asked_for(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="reliability", description="What must not happen, tried.")
    parser.add_argument("--short", action="store_true", help="small numbers: minutes, not an hour")
    parser.add_argument("--only", type=numbers, default=tuple(BARS), help="bars, as 1,3")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--strict", action="store_true", help="exit 0 only if all are reached")
    parser.add_argument("--keep", type=Path, help="keep rows here; leave out the bars it holds")
    parser.add_argument(
        "--share", type=float, default=1, help="of each number, as 0.5 of 200 kills"
    )
    parser.add_argument("--parser-minutes", type=float, default=0, help="fuzz each no longer")
    parser.add_argument("--markdown", action="store_true", help="print the table in Markdown")
    return parser.parse_args(arguments)


def numbers(text: str) -> tuple[int, ...]:
    """Read numbers of bars.

    Raises:
        ValueError: there is no such bar.
    """
    chosen = tuple(int(part) for part in text.split(","))
    if not set(chosen) <= set(BARS):
        raise ValueError(text)
    return chosen


def run(number: int, asked: argparse.Namespace) -> Iterator[Row]:
    """Run one bar in a process of its own; yield its rows, the last of which may say why not."""
    numbers = (number, asked.seed, int(asked.short), asked.share, asked.parser_minutes)
    command = [sys.executable, "-m", "reliability.bars", *map(str, numbers)]
    with (
        tempfile.TemporaryFile(mode="w+") as wrong,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=wrong, text=True) as running,
    ):
        for line in running.stdout or ():
            yield Row(**json.loads(line))
        if running.wait():
            wrong.seek(0)
            said = wrong.read().strip().splitlines() or ["it ended without a word"]
            yield Row(number, BARS[number], "", f"not run: {said[-1][:90]}", "", reached=False)


def kept(file: Path | None) -> list[Row]:
    """Return the rows of an earlier run."""
    if file is None or not file.exists():
        return []
    return [Row(**json.loads(line)) for line in file.read_text("utf-8").splitlines()]


def keep(row: Row, file: Path | None) -> None:
    """Add a row to those of earlier runs."""
    if file is not None:
        with file.open("a", encoding="utf-8") as out:
            print(json.dumps(asdict(row), ensure_ascii=False), file=out)


def rows(asked: argparse.Namespace) -> list[Row]:
    """Return the rows of all bars that were asked for, telling each on the way."""
    found = kept(asked.keep)
    have = {row.number for row in found}
    for number in asked.only:
        if number in have:
            continue
        print(f"{number}. {BARS[number]} …", file=sys.stderr, flush=True)
        for row in run(number, asked):
            told = f"   {row.bar}: {row.seen} (control: {row.control or '-'})"
            print(told, file=sys.stderr, flush=True)
            found.append(row)
            keep(row, asked.keep)
    return sorted((row for row in found if row.number in asked.only), key=lambda row: row.number)


def cells(row: Row) -> tuple[str, ...]:
    """Return a row in words."""
    reached = "yes" if row.reached else "no"
    cpu = f"{row.cpu:,.0f}"
    return (str(row.number), row.bar, row.goal, row.seen, row.control or "-", cpu, reached)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and how many were reached; return the exit code."""
    asked = asked_for(arguments)
    found = rows(asked)
    table = tables.markdown if asked.markdown else tables.aligned
    print(table(HEAD, [cells(row) for row in found], left=5))
    reached = [goals.Goal(row.bar, row.goal, 1, float(row.reached), row.reached) for row in found]
    print(goals.last_line(reached))
    return goals.exit_code(reached, strict=asked.strict)


if __name__ == "__main__":
    sys.exit(main())
