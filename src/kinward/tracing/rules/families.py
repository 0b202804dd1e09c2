"""What those of one request are to one another, as far as it was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kinward.tracing.models import Relation

if TYPE_CHECKING:
    from collections.abc import Mapping

# What whoever asks is to the sought person (a code of `people.relations`), by what that person is
# to them and by their own sex; under "" where that was not told, or does not matter.
ASKING: Final[Mapping[Relation, Mapping[str, str]]] = {
    Relation.CHILD: {"female": "mother", "male": "father", "": "parent"},
    Relation.SONS_CHILD: {
        "female": "mother_of_father",
        "male": "father_of_father",
        "": "grandparent",
    },
    Relation.DAUGHTERS_CHILD: {
        "female": "mother_of_mother",
        "male": "father_of_mother",
        "": "grandparent",
    },
    Relation.GRANDCHILD: {"": "grandparent"},
    Relation.BROTHERS_CHILD: {"": "sibling_of_father"},
    Relation.SISTERS_CHILD: {"": "sibling_of_mother"},
    Relation.NIBLING: {"": "sibling_of_parent"},
    Relation.SIBLING: {"": "sibling"},
    Relation.COUSIN: {"": "cousin"},
    Relation.OTHER_RELATIVE: {"": "other"},
    Relation.NO_RELATIVE: {},
}


def asking_as(relation: Relation, sex: str) -> str | None:
    """Return what whoever asks is to the sought person; None if they are no relative."""
    known = ASKING[relation]
    return known.get(sex) or known.get("")


Name = frozenset[str]
"""The words of a name, folded: whoever tells it puts the family name first, or last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parents:
    """The names somebody's parents were told under; none where nothing was told."""

    father: frozenset[Name] = frozenset()
    mother: frozenset[Name] = frozenset()


def born_together(one: Parents, other: Parents) -> str | None:
    """Return what the other is to the one, by the parents told of each; None if nothing tells it.

    Whoever has one parent with them, and of the second nothing else was told, is a brother or
    sister; where the second parents were told and differ, a half-sibling by the first.
    """
    father = meet(one.father, other.father)
    mother = meet(one.mother, other.mother)
    if True not in {father, mother}:
        return None
    if father is False:
        return "half_of_mother"
    return "half_of_father" if mother is False else "sibling"


def meet(ones: frozenset[Name], others: frozenset[Name]) -> bool | None:
    """Tell whether two were told under one name, in full or in part; None if one was not told.

    One speaker tells of both, so that a name with a word less is the same name.
    """
    if not ones or not others:
        return None
    return any(one <= other or other <= one for one in ones for other in others)
