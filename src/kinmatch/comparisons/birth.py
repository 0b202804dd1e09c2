"""When the person was born: two spans of days, and how far they are apart.

Ages are guessed by strangers and told from memory, so a gap of a year or two is weak evidence
against, never a bar. A day that was copied wrongly is not a day far away: one digit misread, day
and month exchanged, or two of its three parts kept, are levels of their own.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from kinmatch.comparisons.level import Comparison, Days, Level, Pairs, Row, meet, untold

if TYPE_CHECKING:
    from datetime import date

MONTHS = 62  # days; two records that agree to the month or the next one
YEARS = 731  # days; a span as wide as a birth year or an age told with care
YEAR = 366  # days
DAY_PARTS = 2  # of year, month and day

GAP = "(greatest(born_from_l, born_from_r) - least(born_to_l, born_to_r))"
REACH = "(greatest(born_to_l, born_to_r) - least(born_from_l, born_from_r))"


def gap(found: Row, sought: Row) -> int:
    """Return the days between two spans; 0 or less where they meet."""
    latest_start: int = max(found["born_from"], sought["born_from"])
    first_end: int = min(found["born_to"], sought["born_to"])
    return latest_start - first_end


def reach(found: Row, sought: Row) -> int:
    """Return the days from the first day of either span to the last day of either."""
    last_end: int = max(found["born_to"], sought["born_to"])
    first_start: int = min(found["born_from"], sought["born_from"])
    return last_end - first_start


def gaps(pairs: Pairs) -> Days:
    """Return the gap of each pair."""
    start = np.maximum(pairs.found("born_from"), pairs.sought("born_from"))
    gap_of_each: Days = start - np.minimum(pairs.found("born_to"), pairs.sought("born_to"))
    return gap_of_each


def reaches(pairs: Pairs) -> Days:
    """Return the reach of each pair."""
    end = np.maximum(pairs.found("born_to"), pairs.sought("born_to"))
    reach_of_each: Days = end - np.minimum(pairs.found("born_from"), pairs.sought("born_from"))
    return reach_of_each


def within(level: str, days: int) -> Level:
    """Return the level where every day either span allows lies this close to every other."""
    return Level(
        level,
        f"{REACH} <= {days}",
        lambda left, right: reach(left, right) <= days,
        lambda pairs: reaches(pairs) <= days,
    )


def apart(level: str, days: int) -> Level:
    """Return the level where at most this many days lie between the spans."""
    return Level(
        level,
        f"{GAP} <= {days}",
        lambda left, right: gap(left, right) <= days,
        lambda pairs: gaps(pairs) <= days,
    )


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
    ("born_from", "born_to", "born_slips", "born_parts"),
    (
        untold("born_from"),
        within("same_day", 0),
        SLIP,
        within("same_month", MONTHS),
        PARTS,
        within("same_year", YEARS) & apart("same_year", 0),
        apart("meet", 0),
        apart("one_year_apart", YEAR),
        apart("two_years_apart", 2 * YEAR),
        apart("four_years_apart", 4 * YEAR),
    ),
    scalars={"born_from": "BIGINT", "born_to": "BIGINT"},
)
