"""The programme's own children, counted: plain values in, plain values out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kinward.figures.models.programme import By, Figure
from kinward.figures.rules.cells import Sum
from kinward.figures.rules.tables import UNKNOWN, Tree, count, place, read_place, sums_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

BANDS: Final = ((0, 4), (5, 11), (12, 17))  # years, both ends counted
GROWN: Final = "18+"
CAN_FALL: Final = frozenset({Figure.REMAINING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A child as it is counted: since when by each figure, and its category by each dimension."""

    since: Mapping[str, date]
    of: Mapping[str, str] = field(default_factory=dict)

    def counts(self, figure: str, *, until: date, since: date | None = None) -> bool:
        """Tell whether a figure counts it on a day; or counts what happened in a period."""
        if figure == Figure.REMAINING:
            there = self.counts(Figure.FOUND, until=until, since=since)
            return there and not self.counts(Figure.FLOWN, until=until)
        on = self.since.get(figure)
        return on is not None and on <= until and (since is None or on >= since)

    def category(self, by: str, figure: str) -> str:
        """Return its category of a dimension; by month, that in which the figure began."""
        if by == By.MONTH:
            on = self.since.get(Figure.FOUND if figure == Figure.REMAINING else figure)
            return f"{on:%Y-%m}" if on else UNKNOWN
        return self.of.get(by) or UNKNOWN


def band(first: date, last: date, on: date) -> str:
    """Return the age band of somebody born between two days; unknown where it can be two."""
    youngest, eldest = years(last, on), years(first, on)
    for low, high in BANDS:
        if low <= youngest and eldest <= high:
            return f"{low}–{high}"
    return GROWN if youngest > BANDS[-1][1] else UNKNOWN


def years(born: date, on: date) -> int:
    """Return how old somebody is in whole years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


class Counted(NamedTuple):
    """Tables: every cell with its count, which are the sum of which, which are shown."""

    values: dict[str, int]
    sums: frozenset[Sum]
    shown: frozenset[str]

    def __or__(self, other: Counted) -> Counted:
        """Return both together."""
        return Counted(self.values | other.values, self.sums | other.sums, self.shown | other.shown)


def tables(  # noqa: PLR0913 (what is counted, by what, until when)
    children: Sequence[Child],
    figures: Collection[str],
    breakdowns: Iterable[Sequence[str]],
    *,
    until: date,
    places: Collection[str],
    within: Mapping[str, str],
    shown: Collection[str] | None = None,
    since: date | None = None,
) -> Counted:
    """Return the figures by each breakdown, with all that adds up between them.

    `within` says of whom everybody is counted by another figure too: found is flown and the rest.
    `shown` are the figures that would be published, if not all: the others stand beside them.
    With `since` only what happened on that day or later is counted.
    """
    found = Counted({}, frozenset(), frozenset())
    for breakdown in [(), *breakdowns]:
        # The categories are those of everybody who was found, so that figures stand side by side.
        trees_of = {
            figure: [
                Tree.of(by, [one.category(by, figure) for one in children], places)
                for by in breakdown
            ]
            for figure in figures
        }
        for figure, trees in trees_of.items():
            counted = [
                {by: one.category(by, figure) for by in breakdown}
                for one in children
                if one.counts(figure, until=until, since=since)
            ]
            values = count(figure, trees, counted)
            sums = frozenset(sums_of(figure, trees))
            found |= Counted(values, sums, frozenset(values))
    told = frozenset(
        cell for cell in found.shown if shown is None or read_place(cell).figure in shown
    )
    return beside(found, within)._replace(shown=told)


def beside(found: Counted, within: Mapping[str, str]) -> Counted:
    """Return the tables with what adds up between figures: of each the rest, which nobody shows."""
    values, sums = dict(found.values), set(found.sums)
    for name in sorted(found.shown):
        one = read_place(name)
        of = dict(one.of)
        above = "" if By.MONTH in of else wider_cell(one.figure, of, found.shown, within)
        if not above:
            continue
        rest = other_part(one.figure, of)
        values.setdefault(rest, values[above] - values[name])
        sums.add(Sum(above, tuple(sorted((name, rest)))))
    return Counted(values, frozenset(sums), found.shown)


def with_wider(figures: Iterable[str], within: Mapping[str, str]) -> set[str]:
    """Return figures with those that count everybody they count."""
    found = set(figures)
    while wider := {within[each] for each in found if each in within} - found:
        found |= wider
    return found


def wider_cell(
    figure: str, of: Mapping[str, str], shown: Collection[str], within: Mapping[str, str]
) -> str:
    """Return the cell of the next figure that counts all of these; empty where none is shown."""
    while figure := within.get(figure, ""):
        if (above := place(figure, of).name) in shown:
            return above
    return ""


def other_part(figure: str, of: Mapping[str, str]) -> str:
    """Return the cell of those whom the wider figure counts and this one does not."""
    pairs = {Figure.FLOWN: Figure.REMAINING, Figure.REMAINING: Figure.FLOWN}
    opposite = pairs.get(Figure(figure))
    return place(opposite or f"not-{figure}", of).name


@dataclass(frozen=True, slots=True)
class Wait:
    """How many days lie between two figures, of how many children; None where that is too few."""

    start: str
    end: str
    count: int
    median: int | None


def wait(children: Iterable[Child], start: str, end: str, *, until: date, fewest: int) -> Wait:
    """Return the median of days from one figure to another, of children who reached both."""
    days = [
        max((one.since[end] - one.since[start]).days, 0)
        for one in children
        if one.counts(start, until=until) and one.counts(end, until=until)
    ]
    enough = len(days) >= fewest
    return Wait(start, end, len(days), round(median(days)) if enough else None)


def once(records: Iterable[tuple[object, Child]], same: Mapping[Any, object]) -> list[Child]:
    """Return each child once: of several records the earliest day of each, what was said last."""
    together: defaultdict[object, list[Child]] = defaultdict(list)
    for key, one in records:
        together[same.get(key, key)].append(one)
    found = []
    for several in together.values():
        since: dict[str, date] = {}
        of: dict[str, str] = {}
        for one in several:
            of |= {by: each for by, each in one.of.items() if each != UNKNOWN}
            for figure, on in one.since.items():
                since[figure] = min(on, since.get(figure, on))
        found.append(Child(since=since, of=of))
    return found
