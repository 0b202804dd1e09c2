"""Compare names as kinmatch does, and as its peers do, on the same sets in the same run.

    python bench/names.py [FOLDER] [--strict] [--peers PATTERNS] [--sets PATTERNS] …

FOLDER holds sets as `R_*.json` and `P_*.json`, of the form told in `naming/sets.py`: held-out
sets are run by naming their folder. Without one, the development sets in `names/sets` of the
folder KINWARD_VECTORS are run, and those made from the public names beside them.

Prints its tables, then one last line `goals: R of T reached`; of the goals, those count whose
rows are in the run. `make bench-names` sets the environment of the peers up first.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from naming import figures, goals, made, ours, peers, sets, speeds, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NOTES = (
    "goals are those for held-out sets; a number of queries stands behind each best peer",
    "ours ÷: ours on the same queries by the peer; a slow peer is given a sample of them",
    f"* {peers.HOLDS}",
    "the sets share some words with the rows trained on, the million names all; names they do not",
    "not measured: nomenklatura's own benchmark (AUC .90 is wanted of it), which no package holds",
)


class CannotRun(Exception):
    """There is nothing to measure; the text is one line with the remedy."""


def say(text: str) -> None:
    """Say what is being done, apart from the results."""
    print(text, file=sys.stderr, flush=True)


def asked_for(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Compare names as kinmatch and its peers do.")
    add = parser.add_argument
    add("folder", nargs="?", type=Path, help="sets as R_*.json and P_*.json")
    add("--strict", action="store_true", help="exit 0 only if every goal is reached")
    add("--peers", default="*", help="patterns of peers or families, by comma; or none")
    add("--sets", default="*", help="patterns of sets, by comma")
    add("--queries", type=int, default=60, help="most queries of a set given to a slow peer")
    add("--fresh", action="store_true", help="score anew what is remembered of the peers")
    add("--by-tag", action="store_true", help="show each tag and kind too")
    add("--speed", action=argparse.BooleanOptionalAction, default=True, help="measure speed")
    add("--million", action="store_true", help="search a million made-up names too")
    add("--ablate", action="store_true", help="measure with each switch of the library off")
    add("--out", type=Path, help="write every figure as JSON")
    add("--markdown", type=Path, help="write the tables as Markdown")
    return parser.parse_args(arguments)


def public_names() -> Path | None:
    """Return the folder of public names, where the environment names one."""
    root = os.environ.get("KINWARD_VECTORS")
    return Path(root) / "names" if root else None


def sets_of(asked: argparse.Namespace) -> list[sets.NameSet]:
    """Return the sets of the folder, or the development sets."""
    public = public_names()
    folder = asked.folder or (public and public / "sets")
    if not folder:
        raise CannotRun("name a folder of sets, or set KINWARD_VECTORS to the public data")
    if not folder.is_dir():
        raise CannotRun(f"there is no folder {folder}")
    held = sets.read_folder(folder)
    if not asked.folder:
        held += made.made(public)
    chosen = sets.chosen(held, asked.sets)
    if not chosen:
        raise CannotRun(f"{folder} holds no set that fits {asked.sets}")
    return sorted(chosen, key=lambda one: one.kind, reverse=True)


def values_of_ours(one: sets.NameSet) -> list[float]:
    """Return the ranks or the scores of the library."""
    return ours.scores(one) if isinstance(one, sets.Pairs) else ours.ranks(one)


def measure_ours(tests: Sequence[sets.NameSet], run: figures.Run, most: int) -> None:
    """Take what the library reaches on every set."""
    for one in tests:
        started = time.process_time()
        run.take(one, values_of_ours(one), most)
        say(f"    {one.label}: {time.process_time() - started:.1f} s of processor")


def measure_peers(
    runner: peers.Runner, asked: argparse.Namespace, tests: Sequence[sets.NameSet], run: figures.Run
) -> None:
    """Take what every peer that can be run reaches on every set."""
    for peer, one, said in runner.run(peers.chosen(asked.peers), tests):
        values = said["scores"] if "scores" in said else peers.ranks_of(said)
        run.peers[one.label][peer] = figures.of(one, values)


def ablated(tests: Sequence[sets.NameSet], run: figures.Run) -> Iterable[tables.Row]:
    """Yield what each set loses with each switch of the library off."""
    for switch, turned_off in ours.ablations():
        for one in tests:
            measure = figures.MAIN[one.kind]
            with turned_off():
                without = figures.of(one, values_of_ours(one)).measured[measure]
            with_it = run.ours[one.label].measured[measure]
            lost = f"{100 * (with_it - without):+.1f}"
            row = (switch, one.label, measure, tables.share(with_it), tables.share(without), lost)
            yield row


Section = tuple[str, tables.Row, "Sequence[tables.Row]", int]


def sections_of(run: figures.Run, asked: argparse.Namespace) -> list[Section]:
    """Return the tables of what was compared."""
    told: list[Section] = [
        ("Names: ours and the best peer", figures.HEAD, figures.compared(run), figures.HEAD_LEFT)
    ]
    for kind, measured in (("R", ("recall@1", "recall@10")), ("P", ("auc",))):
        for measure in measured:
            if any(label.startswith(kind) for label in run.labels):
                title = f"Every peer, {measure}, sets by the numbers above"
                told.append((title, *figures.every(run, kind, measure), 1))
    if asked.by_tag:
        told.append(("By tag and kind", figures.TAG_HEAD, figures.tagged(run), 2))
    return told


def speed_sections(
    asked: argparse.Namespace, tests: Sequence[sets.NameSet], run: figures.Run
) -> tuple[list[Section], dict[str, Any]]:
    """Measure speed, and a million names where asked; return tables and figures."""
    told: list[Section] = []
    measured: dict[str, Any] = {}
    lists = [one for one in tests if isinstance(one, sets.Retrieval)]
    if asked.speed and lists:
        longest = max(lists, key=lambda one: len(one.cands))
        measured["speed"] = speeds.measure(longest, peers.chosen(asked.peers))
        run.goals += speeds.judged(measured["speed"])
        told.append((f"Speed on {longest.label}", *speeds.table(measured["speed"]), 1))
    if asked.million:
        public = public_names()
        if not public:
            raise CannotRun("--million needs KINWARD_VECTORS to name the public data")
        measured["million"] = speeds.million(public / "persons_lat_ara.tsv")
        run.goals += speeds.judged_million(measured["million"])
        told.append(("A million made-up names", *speeds.million_table(measured["million"]), 1))
    return told, measured


def whole(asked: argparse.Namespace) -> list[goals.Goal]:
    """Measure everything, print it, write what was asked for; return the goals."""
    tests = sets_of(asked)
    run, runner = figures.Run(), peers.Runner(asked.queries, fresh=asked.fresh)
    say("==> ours")
    measure_ours(tests, run, asked.queries)
    say("==> peers")
    measure_peers(runner, asked, tests, run)
    say("==> speed")
    more, measured = speed_sections(asked, tests, run)
    sections = sections_of(run, asked) + more
    if asked.ablate:
        rows = list(ablated(tests, run))
        head = ("switch off", "set", "measure", "with", "without", "points lost")
        sections.append(("Without parts of the library", head, rows, 3))
    notes = [*NOTES, *(f"not measured: {reason}" for reason in runner.missing)]
    notes += speeds.notes(measured)
    show(sections, notes, goals.last_line(run.goals), asked.markdown)
    if asked.out:
        told = {
            "sets": run.as_json(),
            **measured,
            "goals": [asdict(goal) for goal in run.goals],
            "versions": runner.versions,
            "missing": runner.missing,
        }
        asked.out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    return run.goals


def show(sections: Sequence[Section], notes: Sequence[str], last: str, path: Path | None) -> None:
    """Print the tables, and write them as Markdown where asked."""
    for title, head, rows, left in sections:
        print(f"{title}\n\n{tables.aligned(head, rows, left=left)}\n")
    print("\n".join(notes), last, sep="\n")
    if path:
        parts = [
            f"## {title}\n\n{tables.markdown(head, rows, left=left)}"
            for title, head, rows, left in sections
        ]
        path.write_text("\n\n".join([*parts, "\n\n".join(notes), f"`{last}`"]) + "\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; return the exit code."""
    asked = asked_for(arguments)
    try:
        reached = whole(asked)
    except (CannotRun, sets.BadSet) as reason:
        print(f"bench: {reason}", file=sys.stderr)
        return goals.BAD_USE
    return goals.exit_code(reached, strict=asked.strict)


if __name__ == "__main__":
    sys.exit(main())
