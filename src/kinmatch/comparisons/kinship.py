"""What cannot be among kin: such a pair is hardly of one person, however alike the names.

A mother is not younger than 12 when she bears (vital statistics count births from 12 or 15 on, UN
Principles for a Vital Statistics System, 2014), nobody is begotten by a father who died before
(44 weeks is a pregnancy well past its term), and two children of one mother are not born between
two weeks and five months apart. It speaks only where the dates leave no doubt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kinmatch.comparisons.level import UNKNOWN, Comparison, Flags, Level, Pairs, Row, meet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kinmatch.dates import Span
    from kinmatch.records import Person

YOUNGEST_MOTHER = 4383  # days; twelve years
PREGNANCY = 44 * 7  # days, of a child born after its father's death
TOO_SOON = range(2, 22)  # weeks between two births of one mother that cannot be
WEEK = 7
BORN, WEEK_OF_BIRTH = "born", "week"  # what one side can tell and the other ask


def kin_columns(person: Person) -> dict[str, object]:
    """Return the columns of this comparison, all but the birth itself."""
    born, mother, died = person.born, person.mother_born, person.father_died
    barred = weeks_barred(person.sibling_births)
    week = weeks_of(born)
    return {
        "mother_bears_from": mother.first.toordinal() + YOUNGEST_MOTHER if mother else None,
        "begotten_until": died.last.toordinal() + PREGNANCY if died else None,
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
    return frozenset((str(born.first.toordinal() // WEEK),))


def weeks_barred(births: Iterable[Span]) -> frozenset[str]:
    """Return the weeks no child can be born in whose mother bore these, each known to the day."""
    days = [one.first.toordinal() for one in births if one.first == one.last]
    return frozenset(
        str(day // WEEK + side * weeks) for day in days for weeks in TOO_SOON for side in (-1, 1)
    )


def before(earlier: str, later: str) -> Level:
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
        "impossible",
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


IMPOSSIBLE = (
    before("born_to", "mother_bears_from")
    | before("begotten_until", "born_from")
    | meet("impossible", "born_week", "weeks_barred")
    | meet("impossible", "weeks_barred", "born_week")
)

KINSHIP = Comparison(
    "kinship",
    (
        "born_from",
        "born_to",
        "mother_bears_from",
        "begotten_until",
        "born_week",
        "weeks_barred",
        "kin_told",
        "kin_asked",
    ),
    (IMPOSSIBLE, nothing_asked()),
    scalars=dict.fromkeys(
        ("born_from", "born_to", "mother_bears_from", "begotten_until"), "BIGINT"
    ),
    optional=True,
    last="possible",
)
