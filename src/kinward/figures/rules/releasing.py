"""Where a release stands, and how its tables are made safe against what is public already."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise, permutations
from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

from kinward.figures.models.programme import By, Figure, ReleaseState, ReleaseStepKind
from kinward.figures.rules.cells import Sum
from kinward.figures.rules.claims import Interval
from kinward.figures.rules.programme import CAN_FALL, Counted
from kinward.figures.rules.suppression import Problem, Told, attack, is_safe, protect
from kinward.figures.rules.tables import UNKNOWN, Place, read_place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

ANYTHING: Final = Interval(0, inf)


def standing(steps: Iterable[str]) -> ReleaseState:
    """Return where a release stands by the steps it took. What was taken away stays so."""
    taken = set(steps)
    order = (
        ReleaseStepKind.WITHDRAWN,
        ReleaseStepKind.SUPERSEDED,
        ReleaseStepKind.PUBLISHED,
        ReleaseStepKind.RETURNED,
        ReleaseStepKind.AGREED,
    )
    last = next((each for each in order if each in taken), None)
    return ReleaseState(last.value) if last else ReleaseState.AUDITED


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A release that was public once, withdrawn or not: somebody has kept it."""

    key: str
    counted: Counted
    hidden: frozenset[str]
    threshold: int
    same_day: bool  # as of the same day: the same cells, and no others
    as_of: date | None = None  # where releases of other days were public before this one


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What somebody else said of a cell of ours: `ours` is its true number."""

    key: str
    cell: str
    possible: Interval
    ours: int
    whole: bool  # of all that the cell counts, and not of a time within it

    @property
    def is_ours(self) -> bool:
        """It can be true by our ledgers. If it cannot, nobody learns anything of ours by it."""
        return self.possible.low <= self.ours <= self.possible.high


@dataclass(frozen=True, slots=True)
class Audited:
    """What is hidden, and what can be worked out of each small number all the same."""

    problem: Problem
    hidden: frozenset[str]
    told: tuple[Told, ...]
    is_safe: bool  # to who believes what others say, and to who believes none of it


def guarded_now(values: Mapping[str, int], shown: Iterable[str], threshold: int) -> dict[str, int]:
    """Return the small cells, with how wide what can be worked out of them has to be.

    It has to be as wide as what hiding itself says: one to the threshold.
    """
    return {cell: threshold - 1 for cell in shown if 0 < values[cell] < threshold}


def guarded_beside(values: Mapping[str, int], shown: Collection[str], threshold: int) -> set[str]:
    """Return the small cells of figures that no table shows, but that others' sums come to.

    Whoever knows how many were found, and how many flew, knows how many are still there.
    """
    figures = set(Figure.values)
    beside = {cell for cell in values if cell not in shown and read_place(cell).figure in figures}
    return {cell for cell in beside if 0 < values[cell] < threshold}


def prepared(
    counted: Counted,
    *,
    threshold: int,
    earlier: Sequence[Earlier],
    heard: Sequence[Heard],
    as_of: date | None = None,
) -> Problem:
    """Return the tables, which tell of all until `as_of`, with all that is public beside them."""
    pool = Pool(counted, threshold)
    for one in earlier:
        pool.add_release(one)
    pool.add_growth(earlier)
    pool.add_months(earlier, [Dated(as_of, "", counted)] if as_of else [])
    for each in heard:
        pool.add_claim(each)
    return no_closer_than_before(pool.problem())


def audited(  # noqa: PLR0913 (what a release is held against)
    counted: Counted,
    *,
    threshold: int,
    earlier: Sequence[Earlier],
    heard: Sequence[Heard],
    as_of: date | None = None,
    drafts: Sequence[Earlier] = (),
) -> Audited:
    """Return the cells of a release to hide, and what an attacker can work out then.

    Nothing may be worked out more closely than it can be from what is public already. It is made
    safe to each of its `readers`.

    Raises:
        CannotProtect: whatever is hidden, a small number can be worked out.
    """
    problems = [
        prepared(counted, threshold=threshold, earlier=known, heard=said, as_of=as_of)
        for known, said in readers(earlier=earlier, heard=heard, drafts=drafts)
    ]
    hidden = protected(problems)
    *others, problem = problems
    told = tuple(attack(problem, hidden))
    safe = all(one.is_safe for one in told) and all(is_safe(each, hidden) for each in others)
    return Audited(problem, hidden, told, safe)


def readers(
    *, earlier: Sequence[Earlier], heard: Sequence[Heard], drafts: Sequence[Earlier]
) -> list[tuple[Sequence[Earlier], Sequence[Heard]]]:
    """Return which releases each kind of reader has seen, and what of others' they believe.

    One believes none of what others say: to them a release would confirm it. One believes all. And
    one works here, has seen the drafts that were never published, and may see no small number.
    """
    public = [(earlier, each) for each in beliefs(heard)]
    return [*public, ([*earlier, *drafts], heard)] if drafts else public


def beliefs(heard: Sequence[Heard]) -> list[Sequence[Heard]]:
    """Return what is believed of what others say: nothing, and, where they say something, all."""
    return [(), heard] if heard else [()]


def protected(problems: Iterable[Problem]) -> frozenset[str]:
    """Return the cells to hide from everybody: of each problem, with all that is hidden before it.

    Raises:
        CannotProtect: whatever is hidden, somebody can work a small number out.
    """
    hidden: frozenset[str] = frozenset()
    for each in problems:
        hidden = protect(replace(each, hushed=each.hushed | hidden))
    return hidden


def no_closer_than_before(problem: Problem) -> Problem:
    """Return the problem without asking for what is lost already: others have said it.

    What others say is hidden all the same, for we do not confirm it.
    """
    before = attack(replace(problem, shown=frozenset()), ())
    guarded = dict(problem.guarded)
    for told in before:
        if not told.knowing:
            width = min(told.possible.high - told.possible.low, guarded[told.cell])
            guarded[told.cell] = int(width)
    lost = {cell for cell, width in guarded.items() if width == 0}
    return replace(
        problem,
        guarded={cell: width for cell, width in guarded.items() if width},
        hushed=problem.hushed | (problem.small & lost),
    )


class Dated(NamedTuple):
    """Tables of all until a day; `prefix` stands before the names of their cells."""

    day: date
    prefix: str
    counted: Counted


class Pool:
    """The tables of a release with all that is public beside them."""

    def __init__(self, counted: Counted, threshold: int) -> None:
        self.counted = counted
        self.values, self.sums = dict(counted.values), set(counted.sums)
        self.guarded = guarded_now(self.values, counted.shown, threshold)
        small = guarded_beside(self.values, counted.shown, threshold)
        self.guarded |= dict.fromkeys(small, 1)  # not one number for certain
        self.known: dict[str, Interval] = {}
        self.signed: set[str] = set()

    def problem(self) -> Problem:
        """Return all of it. The total of a figure is shown if that is possible at all."""
        totals = frozenset(cell for cell in self.counted.shown if not read_place(cell).of)
        return Problem(
            values=self.values,
            sums=tuple(sorted(self.sums)),
            shown=self.counted.shown,
            guarded=self.guarded,
            known=self.known,
            signed=frozenset(self.signed),
            kept=totals,
        )

    def add_release(self, one: Earlier) -> None:
        """Add what an earlier release said and hid, and by how much its cells differ from ours."""
        name = {cell: f"{one.key} {cell}" for cell in one.counted.values}
        self.values |= {name[cell]: value for cell, value in one.counted.values.items()}
        self.sums |= {
            Sum(name[each.whole], tuple(name[part] for part in each.parts))
            for each in one.counted.sums
        }
        for cell in one.counted.shown:
            value = one.counted.values[cell]
            seen = cell not in one.hidden
            self.known[name[cell]] = Interval(value, value) if seen else Interval(1, inf)
            if not seen and value < one.threshold:
                self.guarded[name[cell]] = one.threshold - 1
        for cell in sorted(one.counted.shown & self.counted.values.keys()):
            self.compare(one, cell, name[cell])

    def add_growth(self, earlier: Sequence[Earlier]) -> None:
        """Add by how much each cell has grown from one earlier release to the next that has it."""
        told: defaultdict[str, list[tuple[date, str, int]]] = defaultdict(list)
        for one in earlier:
            if one.as_of is not None:
                for cell in one.counted.shown:
                    told[cell].append((one.as_of, one.key, one.counted.values[cell]))
        for cell, each in sorted(told.items()):
            for (day, key, value), (next_day, following, after) in pairwise(sorted(each)):
                grown = after - value
                if grown < 0 or can_fall(cell):
                    continue
                difference = f"{key} to {following} {cell}"
                self.values[difference] = grown
                if not grown and (day == next_day or is_over(cell, day)):
                    self.known[difference] = Interval(0, 0)
                parts = tuple(sorted((f"{key} {cell}", difference)))
                self.sums.add(Sum(f"{following} {cell}", parts))

    def compare(self, one: Earlier, cell: str, before: str) -> None:
        """Add by how much a cell differs from what it was in an earlier release.

        Of one day it is the same number. Of another, a small difference is guarded as well: it must
        not be one number for certain. That some cells can only grow is known to everybody.
        """
        difference = f"{one.key} to now {cell}"
        value = self.values[cell] - self.values[before]
        self.values[difference] = value
        self.sums.add(Sum(cell, tuple(sorted((before, difference)))))
        if not value and (one.same_day or (one.as_of and is_over(cell, one.as_of))):
            self.known[difference] = Interval(0, 0)
            return
        if value < 0 or can_fall(cell):
            self.signed.add(difference)
        if read_place(cell).of and 0 < abs(value) < one.threshold:
            self.guarded[difference] = 1

    def add_months(self, earlier: Iterable[Earlier], now: Sequence[Dated]) -> None:
        """Add that all until a day is what happened in the months before it, as tables tell later.

        Whoever has the total of June and the months of July subtracts.
        """
        public = [Dated(one.as_of, f"{one.key} ", one.counted) for one in earlier if one.as_of]
        tables = [*public, *now]
        for before, later in permutations(tables, 2):
            if before.day >= later.day:
                continue
            for whole, months in months_of(later.counted.values).items():
                if whole in before.counted.values and not can_fall(whole):
                    named = {month: f"{later.prefix}{cell}" for month, cell in months.items()}
                    self.add_until(before.day, f"{before.prefix}{whole}", named, later.prefix)

    def add_until(self, day: date, whole: str, months: Mapping[str, str], told: str) -> None:
        """Add what a cell was until a day by its months; of the month of that day it is a part.

        Nothing is added where that is not so: records were corrected since.
        """
        over = [cell for month, cell in months.items() if has_ended(month, day)]
        turning = [months[each] for each in (f"{day:%Y-%m}", UNKNOWN) if each in months]
        turning = [each for each in turning if each not in over]
        until = self.values[whole] - sum(self.values[each] for each in over)
        both = sum(self.values[each] for each in turning)
        if not 0 <= until <= both:
            return
        part, rest, month = (f"{whole} {each} {told}months" for each in ("in", "after", "of"))
        self.values |= {part: until, rest: both - until, month: both}
        self.sums.add(Sum(whole, tuple(sorted([*over, part]))))
        self.sums.add(Sum(month, tuple(sorted((part, rest)))))
        if turning:
            self.sums.add(Sum(month, tuple(sorted(turning))))
        else:
            self.known[month] = Interval(0, 0)

    def add_claim(self, one: Heard) -> None:
        """Add what somebody said, if it can be true: of a cell, or of some of those it counts."""
        if not one.is_ours or one.cell not in self.values:
            return
        if one.whole:
            self.known[one.cell] = self.known.get(one.cell, ANYTHING).cut(one.possible)
            return
        said, rest = f"{one.key} of {one.cell}", f"all but {one.key} of {one.cell}"
        self.values |= {said: one.ours, rest: self.values[one.cell] - one.ours}
        self.sums.add(Sum(one.cell, tuple(sorted((rest, said)))))
        self.known[said] = one.possible


def can_fall(cell: str) -> bool:
    """Tell whether a cell can be less later: by what is left, and by age, as children grow."""
    one = read_place(cell)
    return one.figure in CAN_FALL or By.AGE in dict(one.of)


def months_of(cells: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the cells of single months by the cell of all months that they are parts of."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for cell in cells:
        one = read_place(cell)
        of = dict(one.of)
        if month := of.pop(By.MONTH, ""):
            found[Place(one.figure, tuple(sorted(of.items()))).name][month] = cell
    return dict(found)


def has_ended(month: str, day: date) -> bool:
    """Tell whether a month, as "2018-12", had ended when a day had."""
    return month != UNKNOWN and month < f"{day + timedelta(days=1):%Y-%m}"


def is_over(cell: str, day: date) -> bool:
    """Tell whether a cell counts a month that had ended by a day: it does not grow after it."""
    return has_ended(dict(read_place(cell).of).get(By.MONTH, UNKNOWN), day)
