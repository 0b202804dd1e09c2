"""What is to be reached, by set: the figures of the matching design, for held-out names."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch

# The form and core of a set's name, and the least of each measure. The first that fits counts.
GOALS: dict[str, dict[str, float]] = {
    "R wd-ara-lat_20000": {"recall@1": 0.94, "recall@10": 0.99},
    "R wd-lat-ara_20000": {"recall@1": 0.94, "recall@10": 0.985},
    "R lat-ara*": {"recall@1": 0.97, "recall@10": 0.995},
    "R ara-lat*": {"recall@1": 0.98, "recall@10": 0.995},
    "R lat-cyr*": {"recall@1": 0.985, "recall@10": 0.998},
    "R ara-cyr*": {"recall@1": 0.95, "recall@10": 0.99},
    "R cyr-ara*": {"recall@1": 0.95, "recall@10": 0.99},
    "R kin-cyr-ara*": {"recall@1": 0.88, "recall@10": 0.99},
    "R tok-lat-ara*": {"recall@1": 0.86},
    "R tok-ara-lat*": {"recall@1": 0.89},
    "R tok-lat-cyr*": {"recall@1": 0.94},
    "R tok-ara-cyr*": {"recall@1": 0.89},
    "R tok-cyr-ara*": {"recall@1": 0.89},
    "R lat-lat*": {"recall@1": 0.90, "recall@10": 0.97},
    "P lat-ara*": {"auc": 0.988},
    "P ara-lat*": {"auc": 0.988},
    "P lat-cyr*": {"auc": 0.995},
    "P cyr-lat*": {"auc": 0.995},
    "P ara-cyr*": {"auc": 0.988},
    "P cyr-ara*": {"auc": 0.988},
    "P nomenklatura*": {"auc": 0.90},
}
FAILED, BAD_USE = 1, 2  # exit codes
PAIRS_PER_SECOND = 2e6  # queries times candidates, for each second of one processor
POINTS_LOST = 0.5  # of recall@1, in per cent, by not comparing every candidate in full
SAME_FIRST = 0.999  # of searches whose first hit is that of comparing every candidate in full
LIVE_MS = 20.0  # of one processor, in which 95 of 100 searches of a million names are done


@dataclass(frozen=True, slots=True)
class Goal:
    """One figure that is to be reached, and what it was in this run."""

    label: str
    measure: str
    least: float
    ours: float | None
    reached: bool


def goals_of(label: str) -> dict[str, float]:
    """Return the least of each measure for a set, by its form and core; none for many a set."""
    return next((least for pattern, least in GOALS.items() if fnmatch(label, pattern)), {})


def judged(label: str, measured: dict[str, float]) -> list[Goal]:
    """Return the goals of a set beside what was measured."""
    return [
        Goal(label, measure, least, measured[measure], measured[measure] >= least)
        for measure, least in goals_of(label).items()
    ]


def exit_code(goals: list[Goal], *, strict: bool) -> int:
    """Return the exit code of a run; one without a goal has reached none."""
    return FAILED if strict and not (goals and all(goal.reached for goal in goals)) else 0


def last_line(goals: list[Goal]) -> str:
    """Say how many goals were reached, of those whose rows were in the run."""
    return f"goals: {sum(goal.reached for goal in goals)} of {len(goals)} reached"
