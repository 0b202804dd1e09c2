"""Ages and times that cannot be among kin. Days are counted as `date.toordinal` counts them.

A mother bears from 12 on (vital statistics count births from 12 or 15 on: UN, Principles and
Recommendations for a Vital Statistics System, 2014) and hardly after 50; a limit of 60 leaves no
doubt. Nobody is begotten by a father who died before, and 44 weeks is a pregnancy well past its
term. Two children of one mother are not born between two weeks and five months apart.
"""

YOUNGEST_MOTHER = 4383  # days; twelve years
OLDEST_MOTHER = 21_915  # days; sixty years
PREGNANCY = 44 * 7  # days, of a child born after its father's death
TOO_SOON = range(2, 22)  # weeks between two births of one mother that cannot be
WEEK = 7  # days


def mother_bears(first: int, last: int) -> tuple[int, int]:
    """Return the first and the last day on which a mother born within a span can bear."""
    return first + YOUNGEST_MOTHER, last + OLDEST_MOTHER


def begotten_until(last: int) -> int:
    """Return the last day on which a child of a father can be born who died on this day."""
    return last + PREGNANCY


def week_of(day: int) -> int:
    """Return the week of a day."""
    return day // WEEK


def weeks_too_close(day: int) -> frozenset[int]:
    """Return the weeks no other child of a mother can be born in who bore on this day."""
    return frozenset(week_of(day) + side * weeks for weeks in TOO_SOON for side in (-1, 1))
