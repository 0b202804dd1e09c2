"""Adding a place that the gazetteer does not have, and saying which of its places it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.core.ids import uuid7
from kinward.places.models import ADDED_KINDS, Addition, Place, SamePlace
from kinward.places.rules import audible, code_of_added, fold, searchable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kinward.access.models import User


class UnfitPlace(RuleBroken):
    """The place cannot be added, or judged, as it is; its words say why."""


@transaction.atomic
def add_place(  # noqa: PLR0913 (what is known of a place)
    *,
    within: Place,
    name: str,
    other_names: Sequence[str] = (),
    former_names: Sequence[str] = (),
    language: str,
    kind: str,
    source: str,
    by: User,
    at: datetime,
) -> Place:
    """Add a place that lies in another; it can be chosen at once, and is found by all its names.

    Raises:
        NotAllowed: `by` does not name places.
        UnfitPlace: the name holds no letter, or places of that kind are not added.
        WordsRefused: a name or the source holds what is never kept.
    """
    if not may(by, Permission.NAME_PLACE):
        raise NotAllowed(_("You may not add places."))
    if not fold(name) or kind not in ADDED_KINDS:
        raise UnfitPlace(_("Write what the place is called, and choose what it is."))
    for field, names in {
        "name": [name],
        "other_names": other_names,
        "former_names": former_names,
    }.items():
        for each in names:
            refuse_words(each, field=field)
    refuse_words(source, field="source")
    told, added = name.strip(), uuid7()
    place = Place.objects.create(
        code=code_of_added(within.code, added.hex),
        kind=kind,
        names={language: told},
        others=[
            *({"text": each} for each in other_names),
            *({"text": each, "historic": True} for each in former_names),
        ],
        parent=within,
        searched=searchable([told], other_names, former_names),
        sounds=audible([told, *other_names, *former_names]),
    )
    addition = Addition.objects.create(
        id=added,
        place=place,
        name=told,
        language=language,
        other_names=list(other_names),
        former_names=list(former_names),
        kind=kind,
        within=within,
        source=source.strip(),
        added_by=by,
        added_at=at,
    )
    record("places.added", addition, by=by, at=at, place=place.code)
    return place


@transaction.atomic
def judge_same(
    *, place: Place, other: Place | None, reason: str, by: User, at: datetime
) -> SamePlace:
    """Say which place of the gazetteer one is that was added; None: it is a place of its own.

    What was said before is kept; the last word stands.

    Raises:
        NotAllowed: `by` does not name places.
        UnfitPlace: nobody added this place, or the other was added too, or no reason is given.
        WordsRefused: the reason holds what is never kept.
    """
    if not may(by, Permission.NAME_PLACE):
        raise NotAllowed(_("You may not add places."))
    if not Addition.objects.filter(place=place).exists():
        raise UnfitPlace(_("Only a place that somebody added is another one."))
    if other is not None and Addition.objects.filter(place=other).exists():
        raise UnfitPlace(_("Choose a place of the list that nobody added."))
    if not reason.strip():
        raise UnfitPlace(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    judged = SamePlace.objects.create(
        place=place, other=other, reason=reason.strip(), judged_by=by, judged_at=at
    )
    record("places.judged", judged, by=by, at=at, place=place.code, other=other and other.code)
    return judged
