"""When the person was born: two spans of days, and how far they are apart.

Ages are guessed by strangers and told from memory, so a gap of a year or two is weak evidence
against, never a bar. A day that was copied wrongly is not a day far away: one digit misread, day
and month exchanged, or two of its three parts kept, are levels of their own.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from kinmatch.comparisons.level import Comparison, meet
from kinmatch.comparisons.spans import MONTHS, YEAR, YEARS, Spans

if TYPE_CHECKING:
    from datetime import date

DAY_PARTS = 2  # of year, month and day
BORN = Spans("born")


@lru_cache(maxsize=65_536)  # many children share few days
def slips(first: date, last: date) -> frozenset[str]:
    """Return what two ways of copying one day have in common: the day with a digit hidden each.

    Two days that differ in one digit share a key; so do a day and the one with month and day
    exchanged. A span of several days has none.
    """
    if first != last:
        return frozenset()
    digits = first.isoformat().replace("-", "")
    hidden = {f"{digits[:place]}?{digits[place + 1 :]}" for place in range(len(digits))}
    ends = sorted((digits[4:6], digits[6:]))
    return frozenset({*hidden, f"{digits[:4]}/{'/'.join(ends)}"})


@lru_cache(maxsize=65_536)
def parts(first: date, last: date) -> frozenset[str]:
    """Return the pairs of parts of one day: year and month, year and day, month and day."""
    if first != last:
        return frozenset()
    named = (f"y{first.year}", f"m{first.month}", f"d{first.day}")
    return frozenset("".join(two) for two in combinations(named, DAY_PARTS))


SLIP = meet("slip", "born_slips", "born_slips")
PARTS = meet("two_parts", "born_parts", "born_parts")

BIRTH = Comparison(
    "birth",
    (*BORN.columns, "born_slips", "born_parts"),
    (
        BORN.untold(),
        BORN.within("same_day", 0),
        SLIP,
        BORN.within("same_month", MONTHS),
        PARTS,
        BORN.within("same_year", YEARS) & BORN.apart("same_year", 0),
        BORN.apart("meet", 0),
        BORN.apart("one_year_apart", YEAR),
        BORN.apart("two_years_apart", 2 * YEAR),
        BORN.apart("four_years_apart", 4 * YEAR),
    ),
    scalars=BORN.scalars,
)
