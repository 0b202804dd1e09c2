"""The truth of a caseload, apart from both its sides: pairs, what was done to rows, families."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from kinmatch.synth.row import BETWEEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kinmatch.synth.families import Family, Fate
    from kinmatch.synth.row import Draft, Row

    Numbered = Sequence[tuple[Draft, Row]]


KINDS = {
    "age_guessed_wrongly": "the age guessed is not the completed years",
    "article": "a nisba or a family name lost or gained the article",
    "born_a_year_off": "a relative remembered another year",
    "boy_kunya": "a boy stands under a kunya given in fun",
    "carer_as_mother": "an aunt or a grandmother who took the child in stands as the mother",
    "convert_name": "a parent stands by a name home does not know",
    "father_kunya": "the father stands by his kunya only",
    "father_untold": "the father is not named",
    "first_of_january": "a document has 1 January",
    "hijri_year": "a Hijri year is written as the year of ours in which it began",
    "home_near": "a place near the home stands in its place",
    "home_region": "the region stands in place of the home",
    "imposed": "the name was given by the group or the orphanage",
    "misheard": "a letter was misheard",
    "mother_kunya": "the mother stands by her kunya only",
    "mother_untold": "the mother is not named",
    "name_given": "the given name stands alone",
    "name_kunya": "a parent's kunya stands in place of the father's name",
    "name_nisba": "a nisba stands in place of the family name",
    "nameless": "no name was written",
    "other_wife_as_mother": "another wife of the father stands as the mother",
    "parent_hardly_known": "the parent of the other side stands by the given name only",
    "parted_off": "the separation is dated half a year off or more",
    "parted_at_other": "of where they were parted another place is told that was passed in flight",
    "parted_at_region": "the place where they were parted is named by its region",
    "patronymic_dropped": "a name stands without the patronymic",
    "sex_wrong": "the sex is wrong",
    "spacing": "two words of a name were run together",
    "split": "brothers and sisters were registered elsewhere",
    "stepfather_as_father": "the mother's second husband stands as the father",
    "stranger": "the child stands in a group of another family",
    "typing_error": "two letters are swapped",
    "with_cousins": "the child stands in the group of its cousins",
}
"""What is noted of a row, and what it means. What a fact lost and nobody wrote is not noted."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A found and a sought row that are about one child; `family` tells families apart."""

    found_id: str
    sought_id: str
    family: str


@dataclass(frozen=True, slots=True)
class Record:
    """Whom a row is about, and what was done to it."""

    id: str
    child: str  # the number of the family, a point, and the child's in it
    family: str
    custom: str
    noise: str  # kinds with bars between them; `docs/reference/made-up-caseloads.md` lists them


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """A family as it truly is."""

    family: str
    custom: str
    home: str
    marriages: str  # "one", "two wives", "three wives", "two husbands"
    children: str  # how many
    fates: str  # one for each household, with bars: "father dead, mother in prison, aunt"
    found: str  # "yes", or empty
    sought: str
    namesake_of: str  # the family with a child and a father named alike
    cousin_of: str


def columns(kind: type[Pair | Record | Truth]) -> tuple[str, ...]:
    """Return the columns of one table of the truth."""
    return tuple(field.name for field in fields(kind))


def cells(line: Pair | Record | Truth) -> list[str]:
    """Return the cells of one line of the truth."""
    return [getattr(line, name) for name in columns(type(line))]


def pairs(found: Numbered, sought: Numbered) -> tuple[Pair, ...]:
    """Return which rows are about one child."""
    by_child: dict[tuple[int, int], list[str]] = {}
    for draft, row in sought:
        by_child.setdefault(draft.child.key, []).append(row.id)
    return tuple(
        Pair(row.id, sought_id, str(draft.child.family))
        for draft, row in found
        for sought_id in by_child.get(draft.child.key, ())
    )


def records(rows: Iterable[tuple[Draft, Row]]) -> tuple[Record, ...]:
    """Return whom each row is about, and what was done to it."""
    return tuple(
        Record(
            row.id,
            f"{draft.child.family}.{draft.child.number}",
            str(draft.child.family),
            draft.child.custom.id,
            BETWEEN.join(sorted(draft.noise)),
        )
        for draft, row in rows
    )


def truth_of(family: Family, *, found: bool, sought: bool) -> Truth:
    """Return the truth about one family."""
    return Truth(
        family=str(family.number),
        custom=family.custom.id,
        home=family.home.code,
        marriages=marriages(family),
        children=str(len(family.children)),
        fates=BETWEEN.join(map(in_words, family.fates)),
        found="yes" if found else "",
        sought="yes" if sought else "",
        namesake_of="" if family.namesake_of is None else str(family.namesake_of),
        cousin_of="" if family.cousin_of is None else str(family.cousin_of),
    )


def marriages(family: Family) -> str:
    """Say how many marriages a family is of."""
    couples = len(family.households)
    if couples == 1:
        return "one"
    husbands = len({father for father, _ in family.households})
    return "two husbands" if husbands > 1 else f"{'two' if couples < 3 else 'three'} wives"  # noqa: PLR2004


def in_words(fate: Fate) -> str:
    """Say what became of a pair of parents."""
    said = (
        f"father {fate.father}" if fate.father else "",
        f"mother {fate.mother}" if fate.mother else "",
        f"taken in by {fate.carer}" if fate.carer else "",
    )
    return ", ".join(filter(None, said))
