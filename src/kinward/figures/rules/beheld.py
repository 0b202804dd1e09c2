"""One page that tells of several days, made safe as a whole against all that is public beside it.

Each number of such a page may be harmless alone: a whole, the larger of its two parts, the same
whole a day later. Together they tell the smaller part, and who came in between.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple

from kinward.figures.models.programme import By
from kinward.figures.rules.cells import Sum
from kinward.figures.rules.claims import Interval
from kinward.figures.rules.programme import Counted
from kinward.figures.rules.releasing import (
    ANYTHING,
    Dated,
    Earlier,
    Pool,
    can_fall,
    guarded_beside,
    no_closer_than_before,
    protected,
)
from kinward.figures.rules.tables import read_place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kinward.figures.rules.suppression import Problem

PATIENCE: Final = 300.0  # seconds; a page that cannot be made safe by then shows nothing of ours


class Span(NamedTuple):
    """What a page tells of: all that had happened until a day, or only what did since another."""

    until: date
    since: date | None = None

    def cell(self, name: str) -> str:
        """Return the name of a cell of that time."""
        since = "" if self.since is None else f"{self.since}/"
        return f"{since}{self.until} {name}"


class Beheld(NamedTuple):
    """Some time of a page: its tables, of which `shown` are the cells that it would show.

    Args:
        counted: all that adds up of it.
        said: what others say of its cells.
    """

    span: Span
    counted: Counted
    said: Sequence[tuple[str, Interval]] = ()


def kept_from(
    page: Sequence[Beheld],
    *,
    threshold: int,
    earlier: Sequence[Earlier],
    hushed: Iterable[str],
    patience: float = PATIENCE,
) -> frozenset[str]:
    """Return the cells of a page to keep back, named by their time; those `hushed` always are.

    Its readers are no children of the tables: they have accounts, and it is not for handing out.

    It is made safe twice: from who believes what others say where it can be true, and from who
    believes none of it, to whom the page would confirm it.

    Raises:
        CannotProtect: whatever is kept back, a small number can be worked out; or it took more
            seconds than there is `patience`.
    """
    always = set(hushed)
    sheet = Sheet(threshold, patience)
    for one in earlier:
        sheet.add_release(one)
    for each in page:
        sheet.add_time(each)
    sheet.add_changes(earlier, page)
    days = [one for one in page if not one.span.since]
    sheet.add_months(
        earlier, [Dated(each.span.until, each.span.cell(""), each.counted) for each in days]
    )
    problem = sheet.whole(frozenset(cell for cell in sheet.shown if is_hushed(cell, always)))
    problems = [problem]
    if any(each.said for each in page):
        for each in page:
            sheet.add_said(each)
        problems.append(replace(problem, known=sheet.known))
    return protected(map(no_closer_than_before, problems))


def is_hushed(cell: str, always: Collection[str]) -> bool:
    """Tell whether a cell is kept back whatever its time is."""
    return cell.partition(" ")[2] in always


class Sheet(Pool):
    """All times of a page with all that is public beside them."""

    def __init__(self, threshold: int, patience: float) -> None:
        super().__init__(Counted({}, frozenset(), frozenset()), threshold)
        self.patience = patience
        self.threshold = threshold
        self.shown: set[str] = set()

    def whole(self, hushed: frozenset[str]) -> Problem:
        """Return all of it. Totals are shown if that is possible at all."""
        totals = (cell for cell in self.shown if "=" not in cell)
        return replace(
            self.problem(),
            known=dict(self.known),
            shown=frozenset(self.shown),
            public=False,
            until=monotonic() + self.patience,
            kept=frozenset(totals),
            hushed=frozenset(cell for cell in hushed if self.values[cell]),
        )

    def add_time(self, one: Beheld) -> None:
        """Add the tables of one time. What is small in them is guarded, shown or not."""
        name = {cell: one.span.cell(cell) for cell in one.counted.values}
        self.values |= {name[cell]: value for cell, value in one.counted.values.items()}
        self.sums |= {
            Sum(name[each.whole], tuple(sorted(name[part] for part in each.parts)))
            for each in one.counted.sums
        }
        self.shown |= {name[cell] for cell in one.counted.shown}
        figures = {read_place(cell).figure for cell in one.counted.shown}
        for cell, value in one.counted.values.items():
            if 0 < value < self.threshold and read_place(cell).figure in figures:
                self.guarded[name[cell]] = self.threshold - 1
        beside = guarded_beside(one.counted.values, one.counted.shown, self.threshold)
        for cell in beside:
            self.guarded.setdefault(name[cell], 1)

    def add_before(self, one: Beheld) -> Iterator[tuple[str, date, str]]:
        """Add that all until a day is what was before a period, and what happened in it.

        Yields each cell of what was before, with the day before the period. Of what is left
        nothing of that day follows: who was left then may have flown since.
        """
        for cell in one.counted.values if one.span.since else ():
            before, until = f"before {one.span.cell(cell)}", Span(one.span.until).cell(cell)
            if one.span.since and until in self.values:
                self.values[before] = self.values[until] - self.values[one.span.cell(cell)]
                self.sums.add(Sum(until, tuple(sorted((before, one.span.cell(cell))))))
                if not can_fall(cell):
                    yield cell, one.span.since - timedelta(days=1), before

    def add_changes(self, earlier: Sequence[Earlier], page: Sequence[Beheld]) -> None:
        """Add by how much each cell differs between days: of releases, and of the page.

        That most cells can only grow is known to everybody. A small change from a day of the page,
        or to one, is guarded, of a total as of a part: it must not be one number for certain. Who
        codes figures chooses the days, and would learn on which of them somebody came.
        """
        ours = {each.span.cell(cell) for each in page for cell in each.counted.values}
        for cell, rows in self.days_of_cells(earlier, page).items():
            for (number, one), (following, other) in combinations(enumerate(sorted(rows)), 2):
                change = self.values[other[1]] - self.values[one[1]]
                if following == number + 1 or 0 < abs(change) < self.threshold:
                    self.add_change(cell, one, other)
                if 0 < abs(change) < self.threshold and {one[1], other[1]} & ours:
                    self.guarded[f"{one[1]} to {other[1]}"] = 1

    def days_of_cells(
        self, earlier: Sequence[Earlier], page: Sequence[Beheld]
    ) -> dict[str, list[tuple[date, str]]]:
        """Return by cell the days of which something is told of it, and its names there."""
        told: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
        for one in earlier:
            for cell in one.counted.shown if one.as_of else ():
                told[cell].append((one.as_of or date.min, f"{one.key} {cell}"))
        for each in page:
            for cell in () if each.span.since else each.counted.values:
                told[cell].append((each.span.until, each.span.cell(cell)))
            for cell, day, before in self.add_before(each):
                told[cell].append((day, before))
        return dict(told)

    def add_change(self, cell: str, one: tuple[date, str], other: tuple[date, str]) -> None:
        """Add by how much a cell differs from one day to another."""
        change = f"{one[1]} to {other[1]}"
        value = self.values[other[1]] - self.values[one[1]]
        self.values[change] = value
        self.sums.add(Sum(other[1], tuple(sorted((one[1], change)))))
        over = By.MONTH in dict(read_place(cell).of)
        if not value and (one[0] == other[0] or over):
            self.known[change] = Interval(0, 0)
        elif value < 0 or can_fall(cell):
            self.signed.add(change)

    def add_said(self, one: Beheld) -> None:
        """Add what others say of cells, where that can be true."""
        for cell, possible in one.said:
            name = one.span.cell(cell)
            if possible.low <= self.values[name] <= possible.high:
                self.known[name] = self.known.get(name, ANYTHING).cut(possible)
