"""Numbers of disjoint groups that have to add up, and what each of them can be.

Every group is a cell, a whole number of at least nothing. A sum says that a whole is its parts and
a rest that no source tells of. HiGHS (Huangfu and Hall 2018, through scipy) finds the least and
the greatest each cell can be while all sums hold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from kinward.figures.rules.claims import OPEN, Interval

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SOLVED: Final = 0


class Sum(NamedTuple):
    """A whole that is exactly its parts. The rest is one of them, if there may be one."""

    whole: str
    parts: tuple[str, ...]


class Bound(NamedTuple):
    """What somebody says that a cell can be."""

    said_by: str
    cell: str
    possible: Interval


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells by name with the sums between them, and what is said of each."""

    sums: Sequence[Sum]
    bounds: Sequence[Bound] = field(default_factory=tuple)

    @property
    def names(self) -> list[str]:
        """Every cell, in one order whatever the order of what was said."""
        told = {bound.cell for bound in self.bounds}
        return sorted(told.union(*({one.whole, *one.parts} for one in self.sums)))

    def feasible(self) -> bool:
        """All that is said can be true at once."""
        return self.limits() is not None and self.solve({}) is not None

    def limits(self) -> dict[str, Interval] | None:
        """Return what is said of each cell alone; None where that is impossible already."""
        limits = dict.fromkeys(self.names, OPEN)
        for bound in self.bounds:
            limits[bound.cell] = limits[bound.cell].cut(bound.possible)
        empty = any(low > high for low, high in limits.values())
        return None if empty else limits

    def interval(self, cell: str) -> Interval | None:
        """Return the least and the greatest a cell can be; None if what is said is impossible."""
        if self.limits() is None or (low := self.solve({cell: 1.0})) is None:
            return None
        high = self.solve({cell: -1.0})
        return Interval(low, inf if high is None else -high)

    def solve(self, cost: Mapping[str, float]) -> float | None:
        """Return the least cost; None if there is no solution, or none that is the least."""
        names, limits = self.names, self.limits() or {}
        answer = milp(
            [cost.get(name, 0.0) for name in names],
            integrality=np.ones(len(names)),
            bounds=Bounds(
                [limits[name].low for name in names], [limits[name].high for name in names]
            ),
            constraints=[LinearConstraint(self.matrix(names), 0, 0)] if self.sums else [],
        )
        return round(answer.fun) if answer.status == SOLVED else None

    def matrix(self, names: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        """Return one row a sum, one column a cell: the whole less its parts is nothing."""
        rows = np.zeros((len(self.sums), len(names)))
        column = {name: index for index, name in enumerate(names)}
        for row, one in zip(rows, self.sums, strict=True):
            row[column[one.whole]] += 1
            for part in one.parts:
                row[column[part]] -= 1
        return rows

    def conflict(self) -> tuple[str, ...]:
        """Return who cannot all be right: leave out any one, and the rest can be true at once.

        Empty where everything can be true. By deletion, as Chinneck and Dravnieks (1991).
        """
        if self.feasible():
            return ()
        left = sorted(set(self.bounds))
        for said_by in sorted({bound.said_by for bound in left}):
            without = [bound for bound in left if bound.said_by != said_by]
            if not Cells(self.sums, without).feasible():
                left = without
        return tuple(sorted({bound.said_by for bound in left}))

    def apart(self) -> list[Cells]:
        """Return the cells in groups between which there is no sum."""
        root = {name: name for name in self.names}

        def top(name: str) -> str:
            while root[name] != name:
                name = root[name]
            return name

        for one in self.sums:
            for part in one.parts:
                root[top(part)] = top(one.whole)
        tops = sorted({top(name) for name in root})
        return [
            Cells(
                sorted(one for one in self.sums if top(one.whole) == each),
                sorted(bound for bound in self.bounds if top(bound.cell) == each),
            )
            for each in tops
        ]
