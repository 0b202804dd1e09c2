"""Somebody who keeps every published page, and knows nothing of how the tables were protected.

They think of each child as of one kind: when it was found, when it flew and landed if it did, and
what the tables break it down by. Nobody knows how many there are of each kind, but every number
that is published is a sum of kinds, a hidden one is one at least, and others' claims are sums of
kinds too. A linear programme over kinds says how low and how high any number can be. None of this
uses the sums, the bounds or the programmes that protect the tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from math import ceil, floor, inf
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog

NEVER = 99
ROUNDED = 1e-6


class Kind(NamedTuple):
    """Children of one kind: the number of the month of each step, and their categories."""

    found: int
    flown: int
    landed: int
    of: tuple[str, ...]  # in the order of the dimensions

    def counts(self, figure: str, month: int) -> bool:
        """Tell whether a figure counts it at the end of a month."""
        if figure == "remaining":
            return self.found <= month < self.flown
        return getattr(self, figure) <= month


class Asked(NamedTuple):
    """A number that a page could tell: of a figure, at the end of a month, of some categories."""

    figure: str
    month: int
    of: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Keeper:
    """Whoever kept the pages: what they were told, as the least and the greatest of each number."""

    dimensions: dict[str, list[str]]
    months: int
    told: list[tuple[Asked, float, float]] = field(default_factory=list)

    def kinds(self) -> list[Kind]:
        """Return every kind of child that there can be: nobody lands who has not flown."""
        steps = [
            (found, flown, landed)
            for found, flown, landed in product([*range(self.months), NEVER], repeat=3)
            if found <= flown <= landed and found != NEVER
        ]
        return [Kind(*step, of) for step in steps for of in product(*self.dimensions.values())]

    def row(self, asked: Asked, kinds: list[Kind]) -> np.ndarray:
        """Return which kinds a number counts."""
        names = list(self.dimensions)
        return np.array(
            [
                kind.counts(asked.figure, asked.month)
                and all(kind.of[names.index(by)] == category for by, category in asked.of)
                for kind in kinds
            ],
            float,
        )

    def range_of(self, *asked: tuple[int, Asked]) -> tuple[float, float]:
        """Return the least and the greatest that a sum of numbers can be, each with its sign."""
        kinds = self.kinds()
        rows = np.array([self.row(one, kinds) for one, _low, _high in self.told])
        exact = np.array([low == high for _one, low, high in self.told])
        low = np.array([low for _one, low, _high in self.told])
        high = np.array([high for _one, _low, high in self.told])
        most = ~exact & np.isfinite(high)
        cost = sum(sign * self.row(one, kinds) for sign, one in asked)
        ends = []
        for sign in (1, -1):
            answer = linprog(
                sign * cost,
                A_eq=rows[exact] if exact.any() else None,
                b_eq=low[exact] if exact.any() else None,
                A_ub=np.vstack([-rows[~exact], rows[most]]),
                b_ub=np.concatenate([-low[~exact], high[most]]),
            )
            assert answer.status in {0, 3}, "the truth itself must be possible"
            ends.append(sign * answer.fun if answer.status == 0 else sign * -inf)
        return ceil(ends[0] - ROUNDED), ends[1] if ends[1] == inf else floor(ends[1] + ROUNDED)

    def works_out(self, *asked: tuple[int, Asked]) -> bool:
        """Tell whether only one number is possible."""
        low, high = self.range_of(*asked)
        return low == high
