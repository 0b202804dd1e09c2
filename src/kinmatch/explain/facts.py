"""Facts one can ask for: the columns a fact fills, and what another answer would make of them.

A fact is what one question brings to light ("What is the father called?"). Where a comparison
weighs a pair, a fact belongs to one record: told of a child it changes every pair of the child.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kinmatch.comparisons.father import STEMS
from kinmatch.comparisons.kinship import BORN
from kinmatch.comparisons.level import name_columns
from kinmatch.comparisons.parting import PARTING
from kinmatch.comparisons.place import PLACE
from kinmatch.comparisons.separation import PARTED
from kinmatch.comparisons.siblings import APART
from kinmatch.comparisons.spans import YEAR

if TYPE_CHECKING:
    from kinmatch.comparisons import Row

Columns = Mapping[str, Any]  # the columns of one fact, with their values
NONE: frozenset[str] = frozenset()
UNHEARD = frozenset(("\0",))  # a key that no record has
TWO_UNHEARD = frozenset(("\0", "\1"))
LONG_AGO = 20 * YEAR  # days; nobody mistakes a birth by as much
PLAIN = ("", "_same", "_close", "_near", "_apart")  # columns of a name that is not rare


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact, named as the comparison it is first of all for.

    `alike` are the levels between agreement and difference; they need not be reached by the
    very answer another record gives. A told age is no fact of its own: who is asked for it is
    asked for the birth.
    """

    name: str
    columns: tuple[str, ...]  # the first is empty where the fact is not known
    unheard: Columns  # an answer nobody gives; on both sides it agrees, and is no rare one
    alike: tuple[str, ...] = ()

    def known(self, row: Row) -> bool:
        """Return whether a record says anything of it."""
        return bool(row[self.columns[0]])

    def of(self, row: Row) -> dict[str, Any]:
        """Return what a record says of it."""
        return {column: row[column] for column in self.columns}

    def other_than(self, row: Row) -> Columns:
        """Return an answer that is not what a record says."""
        if self.name == "sex":
            return {"sex": "female" if row["sex"] == "male" else "male"}
        if self.name == "birth":
            return born_in(row["born_from"] - LONG_AGO)
        if self.name == "separation":
            return parted_in(row["separated_from"] - LONG_AGO)
        return self.unheard


def born_in(first: int) -> Columns:
    """Return a birth known to the year that begins on that day."""
    return {
        "born_from": first,
        "born_to": first + YEAR - 2,
        "born_slips": NONE,
        "born_parts": NONE,
        "born_week": NONE,
        "kin_told": frozenset((BORN,)),
    }


def parted_in(first: int) -> Columns:
    """Return a separation known to the year that begins on that day."""
    return dict(zip(PARTED.columns, (first, first + YEAR - 2), strict=True))


def _name(name: str, alike: tuple[str, ...], *more: str) -> Fact:
    columns = (*name_columns(name), *more)
    unheard = {
        column: UNHEARD if column.removeprefix(name) in PLAIN else NONE for column in columns
    }
    return Fact(name, columns, unheard, alike)


ALIKE = ("near_rare", "close", "near")
FACTS = (
    _name("given", ALIKE),
    _name("father", ALIKE),
    _name("mother", ALIKE),
    _name("siblings", ("one", "one_near"), APART),
    _name("grandparents", ()),
    _name("family", ALIKE, *STEMS),  # a forefather's name is in it
    Fact("birth", tuple(born_in(YEAR)), born_in(YEAR)),
    Fact("sex", ("sex",), {"sex": "male"}),
    Fact("place", PLACE.columns, {**dict.fromkeys(PLACE.columns, NONE), "place": UNHEARD}),
    Fact("separation", PARTED.columns, parted_in(YEAR), ("season_apart", "one_year_apart")),
    Fact("parting", PARTING.columns, {**dict.fromkeys(PARTING.columns, NONE), "parted": UNHEARD}),
    Fact("languages", ("languages",), {"languages": UNHEARD}),
    Fact("marks", ("marks",), {"marks": TWO_UNHEARD}, ("one_word",)),
)
BY_NAME = {fact.name: fact for fact in FACTS}
