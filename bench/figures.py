"""Read figures out of texts, and hold published figures against each other.

    python bench/figures.py [--strict] [--half dev|test] [--wrong]

Suggestions are held against texts that people coded (`reading/texts`): the halves apart, the goals
on the half that no rule was tuned on. Where the environment names the public data
(KINWARD_VECTORS), the article there is read, too, and the verdicts expected of the register are
counted. The peer takes every number for a claim and the start of its sentence for the speaker.
Prints its tables, then one last line `goals: R of T reached`.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kinward.settings")
django.setup()

# ruff: noqa: E402 (models need Django set up)
from naming.goals import Goal, exit_code, last_line
from naming.tables import aligned, share
from reading import expected, texts
from reading.measures import FIELDS, Score, score
from reading.peer import plain

from kinward.figures.queries import known_places
from kinward.figures.rules.reading import suggestions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reading.texts import Text

    from kinward.figures.rules.reading import Suggestion

AT_LEAST: Final = {
    "recall": 0.85,
    "precision": 0.80,
    "value": 0.95,
    "operator": 0.90,
    "unit": 0.85,
    "state": 0.70,
    "place": 0.75,
    "time": 0.80,
    "speaker": 0.75,
    "part of": 0.60,
}
HEAD: Final = ("texts", "claims", "suggested", "recall", "precision", *FIELDS)


def suggested(text: Text) -> list[Suggestion]:
    """Return what a text seems to claim."""
    known = known_places(text.language)
    return suggestions(
        text.text, language=text.language, published_on=text.published_on, known=known
    )


def total(told: Sequence[Text], *, peer: bool = False) -> Score:
    """Return the score of some texts."""
    found = Score()
    for text in told:
        found.add(score(text, plain(text) if peer else suggested(text)))
    return found


def row(name: str, found: Score) -> tuple[str, ...]:
    """Return one line of the table."""
    counts = (str(found.coded), str(found.suggested), share(found.recall), share(found.precision))
    return (name, *counts, *(share(found.share(each)) for each in FIELDS))


def by_field(name: str, found: Score) -> list[tuple[str, ...]]:
    """Return recall and precision of each field: found with it right, of all that there is."""
    recall = (share(found.recall_of(each)) for each in FIELDS)
    precision = (share(found.precision_of(each)) for each in FIELDS)
    return [(f"{name}, recall", *recall), (f"{name}, precision", *precision)]


def goals_of(found: Score, peer: Score) -> list[Goal]:
    """Return the goals on the half that only measures."""
    measured = {"recall": found.recall, "precision": found.precision}
    measured |= {name: found.share(name) for name in FIELDS}
    told = [
        Goal("test", name, least, measured[name], (measured[name] or 0) >= least)
        for name, least in AT_LEAST.items()
    ]
    ours, theirs = (each.right["found and speaker"] / each.coded for each in (found, peer))
    return [*told, Goal("test", "found with its speaker", theirs, ours, ours > theirs)]


def asked_for(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Read figures out of texts.")
    parser.add_argument("--strict", action="store_true", help="exit 0 only if all is reached")
    parser.add_argument("--half", choices=["dev", "test"], help="only one half of our own texts")
    parser.add_argument("--wrong", action="store_true", help="print each miss (not of test)")
    return parser.parse_args(arguments)


def of_register(vectors: Path) -> Goal:
    """Print how many of the verdicts expected of the public claims are reached."""
    right, of = expected.reached(vectors)
    rows = [("public claims of the register", str(of), str(right))]
    print(f"\n{aligned(('claims', 'verdicts expected', 'reached'), rows)}")
    return Goal("register", "verdicts", of, right, right == of)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return the exit code."""
    asked = asked_for(arguments)
    sets = {half: texts.ours(half) for half in ("dev", "test") if asked.half in {None, half}}
    vectors = Path(os.environ["KINWARD_VECTORS"]) if "KINWARD_VECTORS" in os.environ else None
    if vectors and asked.half is None:
        sets["article"] = [texts.article(vectors)]
    started = time.process_time()
    ours = {name: total(told) for name, told in sets.items()}
    spent = time.process_time() - started
    peers = {name: total(told, peer=True) for name, told in sets.items()}
    rows = [row(name, found) for name, found in ours.items()]
    rows += [row(f"{name}, plain peer", found) for name, found in peers.items()]
    count = sum(map(len, sets.values()))
    print(f"{aligned(HEAD, rows)}\n\nof what was found, and of all:\n")
    fields = [line for name, found in ours.items() for line in by_field(name, found)]
    print(aligned(("texts", *FIELDS), fields))
    print(f"\n{count} texts read in {spent:.2f} s of one processor, the list of places included")
    goals = goals_of(ours["test"], peers["test"]) if "test" in ours else []
    goals += [of_register(vectors)] if vectors else []
    tell(ours if asked.wrong else {}, goals)
    return exit_code(goals, strict=asked.strict)


def tell(ours: dict[str, Score], goals: list[Goal]) -> None:
    """Print what was missed, but of the half that only measures, and what was reached."""
    for name, found in ours.items():
        if name != "test":
            print("\n".join((*found.missed, *found.wrong)))
    for goal in goals:
        if not goal.reached:
            print(f"not reached: {goal.measure} {share(goal.ours)}, at least {share(goal.least)}")
    print(last_line(goals))


if __name__ == "__main__":
    sys.exit(main())
