"""Two spans of days and how far they are apart: what levels of dates are made of.

A span `x` stands in two scalar columns, `x_from` and `x_to`: the first and the last day it allows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kinmatch.comparisons.level import Days, Level, Pairs, Row, untold

MONTHS = 62  # days; two records that agree to the month or the next one
YEARS = 731  # days; a span as wide as a year told with care
YEAR = 366  # days


@dataclass(frozen=True, slots=True)
class Spans:
    """The levels of one kind of span, which holds the columns named here."""

    name: str

    @property
    def columns(self) -> tuple[str, str]:
        """The first day and the last."""
        return f"{self.name}_from", f"{self.name}_to"

    @property
    def scalars(self) -> dict[str, str]:
        """The SQL types of the two columns."""
        return dict.fromkeys(self.columns, "BIGINT")

    def untold(self) -> Level:
        """Return the level where one side has no span."""
        return untold(self.columns[0])

    def within(self, level: str, days: int) -> Level:
        """Return the level where every day either span allows lies this close to every other."""
        first, last = self.columns

        def reach(found: Row, sought: Row) -> int:
            end: int = max(found[last], sought[last])
            start: int = min(found[first], sought[first])
            return end - start

        def reaches(pairs: Pairs) -> Days:
            end = np.maximum(pairs.found(last), pairs.sought(last))
            reached: Days = end - np.minimum(pairs.found(first), pairs.sought(first))
            return reached

        return Level(
            level,
            f"(greatest({last}_l, {last}_r) - least({first}_l, {first}_r)) <= {days}",
            lambda found, sought: reach(found, sought) <= days,
            lambda pairs: reaches(pairs) <= days,
        )

    def apart(self, level: str, days: int) -> Level:
        """Return the level where at most this many days lie between the spans; 0: they meet."""
        first, last = self.columns

        def gap(found: Row, sought: Row) -> int:
            start: int = max(found[first], sought[first])
            end: int = min(found[last], sought[last])
            return start - end

        def gaps(pairs: Pairs) -> Days:
            start = np.maximum(pairs.found(first), pairs.sought(first))
            between: Days = start - np.minimum(pairs.found(last), pairs.sought(last))
            return between

        return Level(
            level,
            f"(greatest({first}_l, {first}_r) - least({last}_l, {last}_r)) <= {days}",
            lambda found, sought: gap(found, sought) <= days,
            lambda pairs: gaps(pairs) <= days,
        )
