"""Tables of what was measured: the mean over seeds and how far they spread, goals beside them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import mean
from typing import TYPE_CHECKING

from naming import goals, tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linking.cases import Case
    from linking.running import Answer

MEASURES = ("F1", "clustered F1", "best F1", "precision", "recall", "calibration error")
RANKED = ("family first", "in first five")
HEAD = ("case", "measure", "matcher", "mean", "from", "to", "goal", "")
COST_HEAD = ("case", "matcher", "CPU seconds", "peak MB")


@dataclass(slots=True)
class Run:
    """Every answer, by case and matcher, one for each pair of seeds."""

    cases: dict[str, Case] = field(default_factory=dict)
    answers: dict[str, dict[str, list[Answer]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def take(self, case: Case, matcher: str, answer: Answer) -> None:
        """Keep one answer."""
        self.cases[case.name] = case
        self.answers[case.name][matcher].append(answer)

    def values(self, case: str, matcher: str, measure: str) -> list[float]:
        """Return what a matcher reached, one value for each pair of seeds."""
        told = self.answers[case][matcher]
        return [one.measured[measure] for one in told if measure in one.measured]

    def goals(self, ours: str) -> list[goals.Goal]:
        """Return the goals of the cases that were run, beside what ours reached on average."""
        told = []
        for name, case in self.cases.items():
            for measure, least in case.goals.items():
                values = self.values(name, ours, measure)
                reached = mean(values) if values else None
                enough = reached is not None and reached >= least
                told.append(goals.Goal(name, measure, least, reached, enough))
        return told

    def compared(self, ours: str) -> Iterator[tables.Row]:
        """Yield a row for each case, measure and matcher."""
        for name, case in self.cases.items():
            for measure in (*MEASURES, *RANKED):
                for matcher in self.answers[name]:
                    values = self.values(name, matcher, measure)
                    if not values:
                        continue
                    least = case.goals.get(measure) if matcher == ours else None
                    verdict = "" if least is None else _verdict(mean(values), least)
                    spread = (tables.share(min(values)), tables.share(max(values)))
                    goal = "" if least is None else tables.share(least)
                    row = (name, measure, matcher, tables.share(mean(values)), *spread)
                    yield (*row, goal, verdict)

    def costs(self) -> Iterator[tables.Row]:
        """Yield the seconds and the memory of each matcher, on average."""
        for name, by_matcher in self.answers.items():
            for matcher, told in by_matcher.items():
                seconds = mean(one.cpu for one in told)
                most = max(one.peak for one in told) / 1e6
                yield (name, matcher, f"{seconds:.1f}", f"{most:.0f}")


def _verdict(value: float, least: float) -> str:
    return "reached" if value >= least else f"{least - value:.3f} short"


def show(run: Run, ours: str, notes: Sequence[str]) -> list[goals.Goal]:
    """Print the tables and the last line; return the goals."""
    print(f"What was reached\n\n{tables.aligned(HEAD, list(run.compared(ours)), left=3)}\n")
    print(f"What it took\n\n{tables.aligned(COST_HEAD, list(run.costs()), left=2)}\n")
    for note in notes:
        print(note)
    told = run.goals(ours)
    print(goals.last_line(told))
    return told
