"""Look-up of one record among many: the lists, ours, and the peers; here, what all measure."""

from __future__ import annotations

import csv
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

NOISE = {"a quarter": 0.25, "half": 0.5, "as in the field": 1.0}  # of what clerks get wrong
SOUGHT, TRUTH = "sought.csv", "truth.csv"
TOP = 20

Found = dict[str, float]
Truth = dict[str, set[str]]
Asked = tuple[list[str], "Callable[[], list[list[str]]]"]
"""Who is asked about together, and what gives the best ids of each."""


def rows(path: Path) -> list[dict[str, str]]:
    """Read a list."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def truth_of(folder: Path) -> Truth:
    """Return who each one asked about truly is: one, or two where two relatives seek a child."""
    truth: dict[str, set[str]] = {}
    for row in rows(folder / TRUTH):
        truth.setdefault(row["asked_id"], set()).add(row["sought_id"])
    return truth


def measured(asked: Sequence[Asked], truth: Truth) -> Found:
    """Return how often the right one is first, or among the best, and the milliseconds it took."""
    first = among = people = 0
    took = []
    for ids, ask in asked:
        started = time.process_time()
        answers = ask()
        took.append((time.process_time() - started) * 1e3)
        for one, hits in zip(ids, answers, strict=True):
            if one not in truth:  # nobody seeks this child
                continue
            people += 1
            first += not truth[one].isdisjoint(hits[:1])
            among += not truth[one].isdisjoint(hits[:TOP])
    return {
        "recall@1": first / people,
        f"recall@{TOP}": among / people,
        "ms p50": share_below(took, 0.5),
        "ms p95": share_below(took, 0.95),
    }


def share_below(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of them lies."""
    return sorted(values)[int(share * (len(values) - 1))]
