"""The age that was told beside a date of birth: two ages, and how far they are apart.

Where only an age is known, it is the birth (`comparisons.birth`). Where both sides have a date
and an age, the ages were written down apart from the dates, and one may be right where the other
is not.
"""

from __future__ import annotations

import numpy as np

from kinmatch.comparisons.birth import YEAR
from kinmatch.comparisons.level import Comparison, Flags, Level, Pairs, Row, untold

GAP = "(greatest(told_from_l, told_from_r) - least(told_to_l, told_to_r))"
FEW_YEARS = 5


def apart(level: str, years: int) -> Level:
    """Return the level where at most this many years lie between two ages."""

    def holds(found: Row, sought: Row) -> bool:
        start: int = max(found["told_from"], sought["told_from"])
        end: int = min(found["told_to"], sought["told_to"])
        return start - end <= years * YEAR

    def many(pairs: Pairs) -> Flags:
        start = np.maximum(pairs.found("told_from"), pairs.sought("told_from"))
        end = np.minimum(pairs.found("told_to"), pairs.sought("told_to"))
        close: Flags = start - end <= years * YEAR
        return close

    return Level(level, f"{GAP} <= {years * YEAR}", holds, many)


AGE = Comparison(
    "age",
    ("told_from", "told_to"),
    (
        untold("told_from"),
        apart("meet", 0),
        apart("one_year_apart", 1),
        apart("two_years_apart", 2),
        apart("few_years_apart", FEW_YEARS),
    ),
    scalars={"told_from": "BIGINT", "told_to": "BIGINT"},
    optional=True,
)
