"""What cannot be among kin: such a pair is hardly of one person, however alike the names.

What cannot be, and whence it is known, stands in `kinmatch.kinship`. It speaks only where the dates
leave no doubt. All rules are one level, for each is broken too seldom to learn its weight; `broken`
says which one it was. Of grandparents no record holds a date.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import numpy as np

from kinmatch import kinship
from kinmatch.comparisons.level import UNKNOWN, Comparison, Flags, Level, Pairs, Row, meet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kinmatch.dates import Span
    from kinmatch.records import Person

BORN, WEEK_OF_BIRTH = "born", "week"  # what one side can tell and the other ask


def kin_columns(person: Person) -> dict[str, object]:
    """Return the columns of this comparison, all but the birth itself."""
    born, mother, died = person.born, person.mother_born, person.father_died
    barred = weeks_barred(person.sibling_births)
    week = weeks_of(born)
    bears: tuple[int | None, int | None] = (None, None)
    if mother:
        bears = kinship.mother_bears(mother.first.toordinal(), mother.last.toordinal())
    return {
        "mother_bears_from": bears[0],
        "mother_bears_to": bears[1],
        "begotten_until": kinship.begotten_until(died.last.toordinal()) if died else None,
        "born_week": week,
        "weeks_barred": barred,
        "kin_told": frozenset(({BORN} if born else set()) | ({WEEK_OF_BIRTH} if week else set())),
        "kin_asked": frozenset(
            ({BORN} if mother or died else set()) | ({WEEK_OF_BIRTH} if barred else set())
        ),
    }


def weeks_of(born: Span | None) -> frozenset[str]:
    """Return the week of a birth known to the day."""
    if born is None or born.first != born.last:
        return frozenset()
    return frozenset((str(kinship.week_of(born.first.toordinal())),))


def weeks_barred(births: Iterable[Span]) -> frozenset[str]:
    """Return the weeks no child can be born in whose mother bore these, each known to the day."""
    days = [one.first.toordinal() for one in births if one.first == one.last]
    return frozenset(str(week) for day in days for week in kinship.weeks_too_close(day))


def before(level: str, earlier: str, later: str) -> Level:
    """Return the level where one side's `earlier` day lies before the other side's `later`."""

    def one_way(first: Row, second: Row) -> bool:
        ends, begins = first[earlier], second[later]
        return ends is not None and begins is not None and ends < begins

    def many(pairs: Pairs) -> Flags:
        ways = (
            (pairs.found(earlier), pairs.sought(later)),
            (pairs.sought(earlier), pairs.found(later)),
        )
        flags: Flags = np.logical_or.reduce(
            [(ends != 0) & (begins != 0) & (ends < begins) for ends, begins in ways]
        )
        return flags

    return Level(
        level,
        f"coalesce({earlier}_l < {later}_r, false) OR coalesce({earlier}_r < {later}_l, false)",
        lambda found, sought: one_way(found, sought) or one_way(sought, found),
        many,
    )


def nothing_asked() -> Level:
    """Return the level where no side tells what the other could check."""
    checked = meet(UNKNOWN, "kin_told", "kin_asked") | meet(UNKNOWN, "kin_asked", "kin_told")
    return Level(
        UNKNOWN,
        f"NOT ({checked.sql})",
        lambda found, sought: not checked.holds(found, sought),
        lambda pairs: ~checked.many(pairs),
    )


CLOSE = "births_too_close"
RULES = (
    before("mother_too_young", "born_to", "mother_bears_from"),
    before("mother_too_old", "mother_bears_to", "born_from"),
    before("father_dead", "begotten_until", "born_from"),
    meet(CLOSE, "born_week", "weeks_barred") | meet(CLOSE, "weeks_barred", "born_week"),
)
IMPOSSIBLE = replace(reduce(or_, RULES), id="impossible")


def broken(found: Row, sought: Row) -> str:
    """Return the first of the rules that two rows break together. One has to be broken."""
    return next(rule.id for rule in RULES if rule.holds(found, sought))


KINSHIP = Comparison(
    "kinship",
    (
        "born_from",
        "born_to",
        "mother_bears_from",
        "mother_bears_to",
        "begotten_until",
        "born_week",
        "weeks_barred",
        "kin_told",
        "kin_asked",
    ),
    (IMPOSSIBLE, nothing_asked()),
    scalars=dict.fromkeys(
        ("born_from", "born_to", "mother_bears_from", "mother_bears_to", "begotten_until"),
        "BIGINT",
    ),
    optional=True,
    last="possible",
)
