"""The kinds of fact that can be stated about a person, as data. To add one, add an entry here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment
from kinward.core.models import DataClass
from kinward.people.relations import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise


class Shape(StrEnum):
    """How a value is written down, and which keys its JSON has.

    NAME   {"text", and any of "script", "language", "role"}: a name as someone wrote it
    SEX    {"code"}: "female" or "male"
    BIRTH  {"edtf"} or {"age", "as_of"}: a date of ISO 8601-2, or whole years on a day; maybe
           "written", a date of another calendar as it was written, and "age_to", the upper age
    PLACE  {"text", and maybe "code"}: as it was said, and the place of the gazetteer meant
    KIN    {"relation", and any of "text", "script", "sex", "life", "held", "together", "agrees",
           "told", "why", "parent", "record"}: a relative (a code of `relations`), their name as
           written, whether they live, are held, lived with the person; whether the person agrees
           that they be contacted, and be told of the person (codes of `relations.AGREEMENTS`), if
           not why; their parent on the other side; their own reference on record
    STAY   {"role", and any of "custodian", "text", "code", "since", "until"}: what a stay was and
           who kept the child (codes of `stays`), the place as in PLACE, dates of ISO 8601-2
    WHEN   {"text", and maybe "edtf"}: what happened, in words, and a date of ISO 8601-2
    TEXT   {"text"}
    """

    NAME = "name"
    SEX = "sex"
    BIRTH = "birth"
    PLACE = "place"
    KIN = "kin"
    STAY = "stay"
    WHEN = "when"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One kind of fact: what it looks like, how closely it is kept, what it is used for."""

    id: str
    label: str | _StrPromise
    shape: Shape
    data_class: DataClass
    compartment: Compartment
    several: bool = False  # may hold several values that do not contradict each other
    matched_as: str = ""  # the field of kinmatch's person that it fills; empty: never matched

    def fills(self, value: Mapping[str, Any]) -> str:
        """Return which field of kinmatch's person a value fills: a relative, that of what it is."""
        if self.shape != Shape.KIN:
            return self.matched_as
        return RELATIONS[value["relation"]].matched_as


def _catalogue(*properties: Property) -> dict[str, Property]:
    return {each.id: each for each in properties}


# What is kept as evidence is never matched on: it is asked again when a family is verified.
PROPERTIES: Final = _catalogue(
    Property(
        id="name",
        label=_("Name"),
        shape=Shape.NAME,
        data_class=DataClass.IDENTITY,
        compartment=Compartment.IDENTITY,
        several=True,
        matched_as="names",
    ),
    Property(
        id="sex",
        label=_("Sex"),
        shape=Shape.SEX,
        data_class=DataClass.IDENTITY,
        compartment=Compartment.IDENTITY,
        matched_as="sex",
    ),
    Property(
        id="born",
        label=_("Date of birth or age"),
        shape=Shape.BIRTH,
        data_class=DataClass.IDENTITY,
        compartment=Compartment.IDENTITY,
        matched_as="born",
    ),
    Property(
        id="father",
        label=_("Father’s name"),
        shape=Shape.NAME,
        data_class=DataClass.IDENTITY,
        compartment=Compartment.FAMILY,
        several=True,
        matched_as="father",
    ),
    Property(
        id="mother",
        label=_("Mother’s name"),
        shape=Shape.NAME,
        data_class=DataClass.IDENTITY,
        compartment=Compartment.FAMILY,
        several=True,
        matched_as="mother",
    ),
    Property(
        id="sibling",
        label=_("Brother or sister"),
        shape=Shape.NAME,
        data_class=DataClass.IDENTITY,
        compartment=Compartment.FAMILY,
        several=True,
        matched_as="siblings",
    ),
    Property(
        id="relative",
        label=_("Relative"),
        shape=Shape.KIN,
        data_class=DataClass.IDENTITY,
        compartment=Compartment.FAMILY,
        several=True,
        matched_as="relatives",
    ),
    Property(
        id="place_of_birth",
        label=_("Place of birth"),
        shape=Shape.PLACE,
        data_class=DataClass.IDENTITY,
        compartment=Compartment.IDENTITY,
        matched_as="places",
    ),
    Property(
        id="last_residence",
        label=_("Last place lived with the family"),
        shape=Shape.PLACE,
        data_class=DataClass.IDENTITY,
        compartment=Compartment.FAMILY,
        several=True,
        matched_as="places",
    ),
    Property(
        id="relatives_region",
        label=_("Where relatives are said to live"),
        shape=Shape.PLACE,
        data_class=DataClass.WHEREABOUTS,
        compartment=Compartment.FAMILY,
        several=True,
        matched_as="places",
    ),
    Property(
        id="found_at",
        label=_("Where the child was found"),
        shape=Shape.PLACE,
        data_class=DataClass.WHEREABOUTS,
        compartment=Compartment.LOCATION,
    ),
    Property(
        id="stay",
        label=_("Stay"),
        shape=Shape.STAY,
        data_class=DataClass.WHEREABOUTS,
        compartment=Compartment.LOCATION,
        several=True,
    ),
    Property(
        id="custodian",
        label=_("In whose care the child is"),
        shape=Shape.TEXT,
        data_class=DataClass.WHEREABOUTS,
        compartment=Compartment.LOCATION,
        several=True,
    ),
    Property(
        id="nationality",
        label=_("Nationality claimed"),
        shape=Shape.PLACE,
        data_class=DataClass.IDENTITY,
        compartment=Compartment.IDENTITY,
        several=True,
    ),
    Property(
        id="destination",
        label=_("Where the child is to be placed"),
        shape=Shape.PLACE,
        data_class=DataClass.WHEREABOUTS,
        compartment=Compartment.LOCATION,
    ),
    Property(
        id="contact",
        label=_("Safe way to be reached"),
        shape=Shape.TEXT,
        data_class=DataClass.WHEREABOUTS,
        compartment=Compartment.LOCATION,
        several=True,
    ),
    Property(
        id="language",
        label=_("Languages spoken"),
        shape=Shape.TEXT,
        data_class=DataClass.IDENTITY,
        compartment=Compartment.IDENTITY,
        several=True,
    ),
    Property(
        id="separated",
        label=_("When and how the family was separated"),
        shape=Shape.WHEN,
        data_class=DataClass.IDENTITY,
        compartment=Compartment.FAMILY,
        several=True,
        matched_as="separated",
    ),
    Property(
        id="separated_at",
        label=_("Where the family was separated"),
        shape=Shape.PLACE,
        data_class=DataClass.IDENTITY,
        compartment=Compartment.FAMILY,
        several=True,
        matched_as="separated_at",
    ),
    Property(
        id="handed_over_by",
        label=_("Who brought the child, and how to find them"),
        shape=Shape.TEXT,
        data_class=DataClass.WHEREABOUTS,
        compartment=Compartment.LOCATION,
        several=True,
    ),
    Property(
        id="came_with",
        label=_("Who else came with the child"),
        shape=Shape.TEXT,
        data_class=DataClass.IDENTITY,
        compartment=Compartment.FAMILY,
        several=True,
    ),
    Property(
        id="accent",
        label=_("Accent, and words of a dialect"),
        shape=Shape.TEXT,
        data_class=DataClass.IDENTITY,
        compartment=Compartment.IDENTITY,
        several=True,
    ),
    Property(
        id="mark",
        label=_("Distinguishing mark"),
        shape=Shape.TEXT,
        data_class=DataClass.EVIDENCE,
        compartment=Compartment.EVIDENCE,
        several=True,
    ),
    Property(
        id="songs_and_words",
        label=_("Songs and words the child repeats"),
        shape=Shape.TEXT,
        data_class=DataClass.EVIDENCE,
        compartment=Compartment.EVIDENCE,
        several=True,
    ),
    Property(
        id="clothes",
        label=_("Clothes the child wore"),
        shape=Shape.TEXT,
        data_class=DataClass.EVIDENCE,
        compartment=Compartment.EVIDENCE,
        several=True,
    ),
    Property(
        id="belongings",
        label=_("Belongings the child had"),
        shape=Shape.TEXT,
        data_class=DataClass.EVIDENCE,
        compartment=Compartment.EVIDENCE,
        several=True,
    ),
    Property(
        id="habits",
        label=_("Habits: eating, sleeping, being soothed"),
        shape=Shape.TEXT,
        data_class=DataClass.EVIDENCE,
        compartment=Compartment.EVIDENCE,
        several=True,
    ),
    Property(
        id="games",
        label=_("Games the child plays"),
        shape=Shape.TEXT,
        data_class=DataClass.EVIDENCE,
        compartment=Compartment.EVIDENCE,
        several=True,
    ),
)
