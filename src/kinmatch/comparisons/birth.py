"""When the person was born: two spans of days, and how far they are apart.

Ages are guessed by strangers and told from memory, so a gap of a year or two is weak evidence
against, never a bar.
"""

from kinmatch.comparisons.level import UNKNOWN, Comparison, Level, Row

MONTHS = 62  # days; two records that agree to the month or the next one
YEARS = 731  # days; a span as wide as a birth year or an age told with care
YEAR = 366  # days

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


def within(level: str, days: int) -> Level:
    """Return the level where every day either span allows lies this close to every other."""
    return Level(level, f"{REACH} <= {days}", lambda left, right: reach(left, right) <= days)


def apart(level: str, days: int) -> Level:
    """Return the level where at most this many days lie between the spans."""
    return Level(level, f"{GAP} <= {days}", lambda left, right: gap(left, right) <= days)


BIRTH = Comparison(
    "birth",
    ("born_from", "born_to"),
    (
        Level(
            UNKNOWN,
            "born_from_l IS NULL OR born_from_r IS NULL",
            lambda found, sought: found["born_from"] is None or sought["born_from"] is None,
        ),
        within("same_day", 0),
        within("same_month", MONTHS),
        within("same_year", YEARS) & apart("same_year", 0),
        apart("meet", 0),
        apart("one_year_apart", YEAR),
        apart("two_years_apart", 2 * YEAR),
        apart("four_years_apart", 4 * YEAR),
    ),
    scalars={"born_from": "BIGINT", "born_to": "BIGINT"},
)
