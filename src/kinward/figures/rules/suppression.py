"""Which numbers of tables have to be hidden so that nobody can work out a small one.

A small number is hidden (primary suppression); but whoever knows what the rows and columns add up
to can subtract. So some more are hidden (complementary suppression): the fewest, of those the
smallest, by which every small number stays as uncertain as is wanted. The model is that of
Fischetti and Salazar-González (2001), with whole numbers, solved by HiGHS through scipy.

Whoever attacks is taken to know every sum, the rule itself, all that was published before, and what
others have said. `attack` does what they would do, and nothing is published that it breaks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from kinward.figures.rules.claims import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scipy.sparse import csr_array

    from kinward.figures.rules.cells import Sum

LONGEST: Final = 5.0  # seconds to search for the fewest; after that, few that are safe will do
LONGEST_ATTACK: Final = 1.0  # seconds for one end of one cell; then what was found possible counts


class CannotProtect(Exception):
    """Some small numbers can be worked out whatever is hidden. `cells` says which."""

    def __init__(self, cells: Iterable[str]) -> None:
        self.cells = tuple(sorted(cells))
        super().__init__(", ".join(self.cells))


class Told(NamedTuple):
    """What somebody can work out of a cell; `knowing` a cell that is themselves."""

    cell: str
    possible: Interval
    wanted: int  # how wide it has to be
    knowing: str = ""

    @property
    def is_safe(self) -> bool:
        """It stays as uncertain as is wanted."""
        return self.possible.high - self.possible.low >= self.wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Tables before they are published.

    Args:
        values: every cell with its true number, also of cells that nobody is told.
        sums: which are the sum of which. What no table holds has a cell of its own.
        shown: the cells that would be published. Those that are nothing always are.
        guarded: by cell how wide what can be worked out of it has to be. Those of them that would
            be published are hidden.
        known: what people know of a cell already, from earlier tables or from others.
        signed: cells that can be less than nothing: differences between two tables.
        kept: cells that stay published if that is possible at all, such as totals.
        hushed: cells that are hidden though others have said them: they are not confirmed.
        public: anybody may read them, also somebody who is counted and knows of themselves.
        until: seconds of the monotonic clock: what is not made safe by then counts as unsafe.
    """

    values: Mapping[str, int]
    sums: tuple[Sum, ...]
    shown: frozenset[str]
    guarded: Mapping[str, int]
    known: Mapping[str, Interval] = field(default_factory=dict)
    signed: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    hushed: frozenset[str] = frozenset()
    public: bool = True
    until: float = inf

    @property
    def names(self) -> list[str]:
        """Every cell in one order."""
        return sorted(self.values)

    @property
    def most(self) -> int:
        """More than any cell can be thought to be."""
        widest = max(self.guarded.values(), default=1)
        return 2 * sum(abs(value) for value in self.values.values()) + 10 * widest

    @property
    def small(self) -> frozenset[str]:
        """What is hidden for its own sake."""
        guarded = (cell for cell in self.guarded if cell in self.shown and self.values[cell])
        return self.hushed.union(guarded)

    def matrix(self) -> csr_array:
        """Return one row a sum, one column a cell: the whole less its parts is nothing."""
        column = {name: index for index, name in enumerate(self.names)}
        entries = [
            (row, column[cell], sign)
            for row, one in enumerate(self.sums)
            for cell, sign in ((one.whole, 1), *((part, -1) for part in one.parts))
        ]
        rows, columns, signs = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (len(self.sums), len(self.values))
        return coo_array((signs, (rows, columns)), shape=shape, dtype=float).tocsr()

    def limits(self, cell: str) -> Interval:
        """Return what is known of a cell that is hidden: a published nothing is never hidden."""
        lowest = -inf if cell in self.signed else int(cell in self.shown)
        within = Interval(lowest, inf).cut(self.known.get(cell, Interval(-inf, inf)))
        holds = within.low <= self.values[cell] <= within.high
        return within if holds else Interval(lowest, inf)

    def bounds(self, hidden: Iterable[str]) -> dict[str, Interval]:
        """Return what somebody knows of each cell who sees all but the hidden ones."""
        unseen = set(hidden)
        found = {}
        for cell, value in self.values.items():
            seen = cell in self.shown and cell not in unseen
            low, high = Interval(value, value) if seen else self.limits(cell)
            found[cell] = Interval(max(low, -self.most), min(high, self.most))
        return found


class Attacker:
    """Somebody who sees all but the hidden cells, and what they can work out."""

    def __init__(self, problem: Problem, hidden: Iterable[str]) -> None:
        self.problem = problem
        self.hidden = frozenset(hidden)
        self.names = problem.names
        self.bounds = problem.bounds(self.hidden)
        self.sums = [LinearConstraint(problem.matrix(), 0, 0)] if problem.sums else []

    def told(self) -> Iterator[Told]:
        """Yield what can be worked out of each guarded cell.

        Also by somebody who is alone in a hidden cell, and so knows that it is one: the other
        guarded cells have to stay uncertain to them too, by one at least.
        """
        guarded = {
            cell: wanted
            for cell, wanted in sorted(self.problem.guarded.items())
            if self.problem.values[cell]
        }
        for cell, wanted in guarded.items():
            yield Told(cell, self.interval(self.bounds, cell), wanted)
        for person in people_alone(self.problem):
            known = self.bounds | dict.fromkeys(person, Interval(1, 1))
            for cell in (each for each in guarded if each not in person):
                yield Told(cell, self.interval(known, cell), 1, min(person))

    def interval(self, bounds: Mapping[str, Interval], cell: str) -> Interval:
        """Return the least and the greatest a cell can be."""
        at = self.names.index(cell)
        return Interval(self.least(bounds, at, 1.0), -self.least(bounds, at, -1.0))

    def least(self, bounds: Mapping[str, Interval], at: int, cost: float) -> float:
        """Return the least cost of all tables that are possible; the true one is among them.

        If that takes too long it is the least found by then: no more is taken to be open than was
        seen to be possible.

        Raises:
            CannotProtect: the time for all of it is over.
        """
        if monotonic() > self.problem.until:
            raise CannotProtect(self.problem.guarded)
        costs = np.zeros(len(self.names))
        costs[at] = cost
        answer = milp(
            costs,
            integrality=np.ones(len(self.names)),
            bounds=Bounds(
                [bounds[name].low for name in self.names],
                [bounds[name].high for name in self.names],
            ),
            constraints=self.sums,
            options={"time_limit": LONGEST_ATTACK},
        )
        true = cost * self.problem.values[self.names[at]]
        return true if answer.x is None else float(round(min(answer.fun, true)))


def people_alone(problem: Problem) -> list[frozenset[str]]:
    """Return of each person who is alone in a small cell all cells in which they are alone.

    Cells of one are of the same person if one of them is a part of the other.
    """
    if not problem.public:
        return []
    ones = {cell for cell in {*problem.guarded, *problem.hushed} if problem.values[cell] == 1}
    person = {cell: frozenset({cell}) for cell in ones}
    for one in problem.sums:
        for part in one.parts:
            if {one.whole, part} <= ones:
                both = person[one.whole] | person[part]
                person |= dict.fromkeys(both, both)
    return sorted(set(person.values()), key=min)


def attack(problem: Problem, hidden: Iterable[str]) -> list[Told]:
    """Return what can be worked out of each guarded cell if only these are hidden."""
    return list(Attacker(problem, hidden).told())


def unsafe(problem: Problem, hidden: Iterable[str]) -> list[Told]:
    """Return what can be worked out too closely."""
    return [told for told in Attacker(problem, hidden).told() if not told.is_safe]


def is_safe(problem: Problem, hidden: Iterable[str]) -> bool:
    """Tell whether nothing can be worked out too closely."""
    return all(told.is_safe for told in Attacker(problem, hidden).told())


def protect(problem: Problem) -> frozenset[str]:
    """Return the cells to hide: the small ones, and the fewest others that keep them uncertain.

    Raises:
        CannotProtect: whatever is hidden, something can be worked out.
    """
    hidden = problem.small
    wanted: list[Told] = []
    while broken := unsafe(problem, hidden):
        before = {(told.cell, told.knowing) for told in wanted}
        added = [told for told in broken if (told.cell, told.knowing) not in before]
        wanted += added
        found = fewest(problem, wanted) if added else None
        if found is None:
            return few(problem)
        hidden = found
    return hidden


def fewest(problem: Problem, wanted: list[Told]) -> frozenset[str] | None:
    """Return the fewest cells to hide so that each of these stays uncertain.

    For each there have to be two tables that differ from what is published in hidden cells only,
    in which it is by enough lower and higher. None where there are none, or time ran out.
    """
    names = problem.names
    sides = 2 * len(wanted)
    program = Program(problem, sides)
    for number, told in enumerate(wanted):
        program.differ(2 * number, told, names.index(told.cell))
    fixed = [name in problem.small for name in names]
    free = [name in problem.shown and problem.values[name] != 0 for name in names]
    answer = milp(
        np.concatenate([program.costs, np.zeros(sides * len(names))]),
        integrality=np.ones((sides + 1) * len(names)),
        bounds=Bounds(
            np.concatenate([np.array(fixed, float), program.low]),
            np.concatenate(
                [np.array([a or b for a, b in zip(fixed, free, strict=True)], float), program.high]
            ),
        ),
        constraints=program.constraints(),
        options={"time_limit": LONGEST},
    )
    if answer.x is None:
        return None
    return frozenset(name for name, at in zip(names, answer.x, strict=False) if at > 0.5)  # noqa: PLR2004 (yes or no)


class Program:
    """The programme of `fewest`: whether each cell is hidden, and tables beside the true one."""

    def __init__(self, problem: Problem, sides: int) -> None:
        self.problem = problem
        self.sides = sides
        self.persons = {min(one): one for one in people_alone(problem)}
        names, values = problem.names, problem.values
        self.size = len(names)
        whole = 1 + sum(abs(value) for value in values.values())
        self.costs = np.array(
            [1 + abs(values[name]) / whole + len(names) * (name in problem.kept) for name in names]
        )
        limits = [problem.limits(name) for name in names]
        most = problem.most
        self.down = np.array(
            [min(values[name] - limit.low, most) for name, limit in zip(names, limits, strict=True)]
        )
        self.up = np.array(
            [
                min(limit.high - values[name], most)
                for name, limit in zip(names, limits, strict=True)
            ]
        )
        self.low, self.high = np.tile(-self.down, sides), np.tile(self.up, sides)
        self.rows: list[tuple[dict[int, float], float]] = []  # at least that much

    def differ(self, side: int, told: Told, cell: int) -> None:
        """Ask for a table with less in a cell and one with more, apart by what is wanted."""
        lower, higher = self.at(side, cell), self.at(side + 1, cell)
        self.low[higher - self.size] = 0
        self.high[lower - self.size] = 0
        self.rows.append(({higher: 1.0, lower: -1.0}, float(told.wanted)))
        if told.knowing:
            for each, mine in product((side, side + 1), self.persons[told.knowing]):
                place = self.at(each, self.problem.names.index(mine)) - self.size
                self.low[place] = self.high[place] = 0

    def at(self, side: int, cell: int) -> int:
        """Return the column of how far a cell of one table is from the truth."""
        return (side + 1) * self.size + cell

    def constraints(self) -> list[LinearConstraint]:
        """Return that tables add up, differ where cells are hidden only, and by enough."""
        rows: list[tuple[dict[int, float], float]] = list(self.rows)
        shown = [name in self.problem.shown for name in self.problem.names]
        for side in range(self.sides):
            for cell in (n for n in range(self.size) if shown[n]):
                column = self.at(side, cell)
                rows.append(({column: -1.0, cell: float(self.up[cell])}, 0.0))
                rows.append(({column: 1.0, cell: float(self.down[cell])}, 0.0))
        found = [
            LinearConstraint(
                self.sparse([row for row, _least in rows]),
                [at_least for _row, at_least in rows],
                inf,
            )
        ]
        if self.problem.sums:
            found.append(LinearConstraint(self.sums(), 0, 0))
        return found

    def sparse(self, rows: list[dict[int, float]]) -> csr_array:
        """Return rows as a matrix."""
        entries = [(n, column, by) for n, row in enumerate(rows) for column, by in row.items()]
        at, columns, by = zip(*entries, strict=True)
        shape = (len(rows), (self.sides + 1) * self.size)
        return coo_array((by, (at, columns)), shape=shape, dtype=float).tocsr()

    def sums(self) -> csr_array:
        """Return that every table adds up as the true one does."""
        one = self.problem.matrix().tocoo()
        entries = list(zip(one.row, one.col, one.data, strict=True))
        rows: list[dict[int, float]] = [{} for _ in range(self.sides * one.shape[0])]
        for side in range(self.sides):
            for row, column, by in entries:
                rows[side * one.shape[0] + row][self.at(side, int(column))] = float(by)
        return self.sparse(rows)


def few(problem: Problem) -> frozenset[str]:
    """Return cells to hide that are safe, though maybe not the fewest.

    All are hidden, then shown again one by one, the largest first, as long as that is safe.

    Raises:
        CannotProtect: even with all of them hidden something can be worked out.
    """
    hidden = {cell for cell in problem.shown if problem.values[cell]}
    if broken := unsafe(problem, hidden):
        raise CannotProtect(told.cell for told in broken)
    for cell in dearest_first(problem, hidden):
        if is_safe(problem, hidden - {cell}):
            hidden.discard(cell)
    return frozenset(hidden)


def dearest_first(problem: Problem, hidden: Iterable[str]) -> Iterator[str]:
    """Yield the cells that one would show again: totals, then the largest numbers."""
    free = set(hidden) - problem.small
    yield from sorted(
        free, key=lambda cell: (cell not in problem.kept, -problem.values[cell], cell)
    )
