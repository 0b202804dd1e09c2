"""What a relative can be to the person a record is about, as data. To add one, add an entry here.

Maternal and paternal are told apart, half from full, step from half, and ties by milk and by care
from those by birth, as HL7's v3-RoleCode does (MTH, MGRMTH, HSIB, STPSIB, MUNCLE, FTHFOST …).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Side(StrEnum):
    """On which side of a family somebody stands."""

    FATHER = "father"
    OWN = "own"
    MOTHER = "mother"
    MILK = "milk"
    FOSTER = "foster"
    OTHER = "other"


SIDES: Final = {
    Side.OWN: _("Closest"),
    Side.MOTHER: _("On the mother’s side"),
    Side.FATHER: _("On the father’s side"),
    Side.MILK: _("By milk"),
    Side.FOSTER: _("By care"),
    Side.OTHER: _("Others"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One relation. Generations count upwards: parents 1, the person and their equals 0."""

    id: str
    label: str | _StrPromise
    generation: int
    side: Side
    single: bool = False  # only one person can be that
    asked_with: Side | None = None  # in which group of the form, if not with its side
    matched_as: str = ""  # the field of kinmatch's person their name fills; empty: never matched


def _catalogue(*relations: Relation) -> dict[str, Relation]:
    return {each.id: each for each in relations}


# In the order they stand beside one another: the father's side, the person's own, the mother's.
RELATIONS: Final = _catalogue(
    Relation(
        id="father_of_father",
        label=_("father’s father"),
        generation=2,
        side=Side.FATHER,
        single=True,
    ),
    Relation(
        id="mother_of_father",
        label=_("father’s mother"),
        generation=2,
        side=Side.FATHER,
        single=True,
    ),
    Relation(
        id="sibling_of_father",
        label=_("father’s brother or sister"),
        generation=1,
        side=Side.FATHER,
    ),
    Relation(
        id="wife_of_father", label=_("another wife of the father"), generation=1, side=Side.FATHER
    ),
    Relation(
        id="cousin_of_father",
        label=_("cousin on the father’s side"),
        generation=0,
        side=Side.FATHER,
    ),
    Relation(
        id="step_of_father",
        label=_("child of another wife"),
        generation=0,
        side=Side.FATHER,
    ),
    Relation(
        id="half_of_father",
        label=_("half-sibling by the father"),
        generation=0,
        side=Side.FATHER,
        matched_as="siblings",
    ),
    Relation(
        id="father",
        label=_("father"),
        generation=1,
        side=Side.FATHER,
        single=True,
        asked_with=Side.OWN,
        matched_as="father",
    ),
    Relation(
        id="mother",
        label=_("mother"),
        generation=1,
        side=Side.MOTHER,
        single=True,
        asked_with=Side.OWN,
        matched_as="mother",
    ),
    Relation(
        id="sibling",
        label=_("brother or sister"),
        generation=0,
        side=Side.OWN,
        matched_as="siblings",
    ),
    Relation(id="spouse", label=_("husband or wife"), generation=0, side=Side.OWN),
    Relation(id="own_child", label=_("son or daughter"), generation=-1, side=Side.OWN),
    Relation(
        id="half_of_mother",
        label=_("half-sibling by the mother"),
        generation=0,
        side=Side.MOTHER,
        matched_as="siblings",
    ),
    Relation(
        id="step_of_mother",
        label=_("child of the mother’s husband"),
        generation=0,
        side=Side.MOTHER,
    ),
    Relation(
        id="cousin_of_mother",
        label=_("cousin on the mother’s side"),
        generation=0,
        side=Side.MOTHER,
    ),
    Relation(
        id="husband_of_mother",
        label=_("another husband of the mother"),
        generation=1,
        side=Side.MOTHER,
    ),
    Relation(
        id="sibling_of_mother",
        label=_("mother’s brother or sister"),
        generation=1,
        side=Side.MOTHER,
    ),
    Relation(
        id="father_of_mother",
        label=_("mother’s father"),
        generation=2,
        side=Side.MOTHER,
        single=True,
    ),
    Relation(
        id="mother_of_mother",
        label=_("mother’s mother"),
        generation=2,
        side=Side.MOTHER,
        single=True,
    ),
    Relation(id="milk_mother", label=_("milk mother"), generation=1, side=Side.MILK),
    Relation(id="milk_sibling", label=_("milk sibling"), generation=0, side=Side.MILK),
    Relation(
        id="foster_parent",
        label=_("foster parent or carer"),
        generation=1,
        side=Side.FOSTER,
    ),
    Relation(
        id="foster_sibling",
        label=_("foster sibling"),
        generation=0,
        side=Side.FOSTER,
    ),
    # Which side they are on was not told.
    Relation(id="parent", label=_("mother or father"), generation=1, side=Side.OTHER),
    Relation(
        id="sibling_of_parent",
        label=_("uncle or aunt, of which side is not told"),
        generation=1,
        side=Side.OTHER,
    ),
    Relation(
        id="grandparent",
        label=_("grandparent, of which side is not told"),
        generation=2,
        side=Side.OTHER,
    ),
    Relation(
        id="cousin",
        label=_("cousin, of which side is not told"),
        generation=0,
        side=Side.OTHER,
    ),
    Relation(id="other", label=_("another relative"), generation=0, side=Side.OTHER),
)
# The kinds of fact that are a relative's name and no more.
NAMED_BY: Final = {"father": "father", "mother": "mother", "sibling": "sibling"}
# What the person answers who is asked whether a relative may be contacted, or be told of them.
AGREEMENTS: Final = {
    "yes": _("agrees"),
    "no": _("does not agree"),
    "refused": _("does not want to say"),
    "unable": _("cannot answer"),
}
LIVES: Final = {"alive": _("alive"), "dead": _("dead"), "missing": _("missing")}
