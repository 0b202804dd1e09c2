"""Contact with the mother, and what a child has to be told of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.casework.actions import follow
from kinward.casework.models import Track
from kinward.casework.queries import case_of
from kinward.casework.tracks import Placement
from kinward.core.versions import Conflict
from kinward.placement.actions.opening import (
    UnfitHome,
    keep,
    open_home,
    refuse_future,
    refuse_gaps,
    refuse_past,
)
from kinward.placement.models import Contact, ContactPlan, Told, ToTell

if TYPE_CHECKING:
    from datetime import date, datetime

    from kinward.access.models import User
    from kinward.people.models import Person


class ToldMeanwhile(Conflict):
    """Somebody recorded meanwhile that the child was told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """How child and mother stay in contact, before it is stored."""

    held_at: str
    way: str
    agreed: str
    view: str
    next_on: date | None = None
    free_on: date | None = None
    told_by: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InTouch:
    """A contact before it is stored."""

    on: date
    took_place: bool
    words: str
    next_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What a child has to be told of, before it is stored."""

    news: str
    words: str
    by_whom: str
    by_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """That a child was told, before it is stored."""

    of: ToTell
    told_on: date
    words: str


@transaction.atomic
def plan_contact(*, child: Person, said: Agreed, by: User, at: datetime) -> ContactPlan:
    """Record how a child and its mother stay in contact, and from when on she may be free.

    Raises:
        NotAllowed, NotFound: as `open_home`.
        UnfitHome: something is not said, or a day is off.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_home(child, by=by, at=at)
    refuse_gaps(said.held_at, said.agreed, said.view)
    refuse_past(said.next_on, today=localdate(at))
    if said.free_on and (said.as_of is None or not said.told_by.strip()):
        raise UnfitHome(_("Say who told the day from when on the mother may be free, and when."))
    if said.as_of:
        refuse_future(said.as_of, today=localdate(at))
    row = keep(ContactPlan, held, said, "placement.planned_contact", by=by, at=at)
    until = {"holds_until": row.next_on} if row.next_on else {}
    follow(held, Track.PLACEMENT, Placement.CONTACT, **until, by=by, at=at)
    if row.free_on:
        day = {"holds_from": row.as_of, "holds_until": row.free_on}
        follow(held, Track.PLACEMENT, Placement.RELEASE, **day, by=by, at=at)
    elif case_of(held).on(Track.PLACEMENT).last(Placement.RELEASE):
        follow(held, Track.PLACEMENT, Placement.MOTHER_FREE, by=by, at=at)
    return row


@transaction.atomic
def record_contact(*, child: Person, said: InTouch, by: User, at: datetime) -> Contact:
    """Record that a child and its mother were in contact, or why they were not.

    Raises:
        NotAllowed, NotFound: as `open_home`.
        UnfitHome: no contact is planned, something is not said, or a day is off.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_home(child, by=by, at=at)
    plan = ContactPlan.objects.filter(child=held).order_by("recorded_at", "id").last()
    if plan is None:
        raise UnfitHome(_("First record how child and mother stay in contact."))
    refuse_gaps(said.words)
    refuse_future(said.on, today=localdate(at))
    refuse_past(said.next_on, today=localdate(at))
    row = keep(Contact, held, said, "placement.recorded_contact", by=by, at=at, plan=plan)
    until = {"holds_until": row.next_on} if row.next_on else {}
    follow(held, Track.PLACEMENT, Placement.CONTACT, **until, by=by, at=at)
    return row


@transaction.atomic
def will_tell(*, child: Person, said: Waiting, by: User, at: datetime) -> ToTell:
    """Record what a child has to be told of, by whom and by which day.

    Raises:
        NotAllowed, NotFound: as `open_home`.
        UnfitHome: something is not said, or the day has passed.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_home(child, by=by, at=at)
    refuse_gaps(said.words, said.by_whom)
    if said.by_day < localdate(at):
        raise UnfitHome(_("This day has passed."))
    row = keep(ToTell, held, said, "placement.will_tell", by=by, at=at)
    await_telling(held, by=by, at=at)
    return row


@transaction.atomic
def tell(*, child: Person, said: Heard, by: User, at: datetime) -> Told:
    """Record that a child was told, and how it took it.

    Raises:
        NotAllowed, NotFound: as `open_home`.
        ToldMeanwhile: that is recorded already.
        UnfitHome: something is not said, the day is to come, or it is another child's.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_home(child, by=by, at=at)
    refuse_gaps(said.words)
    refuse_future(said.told_on, today=localdate(at))
    if before := Told.objects.filter(of=said.of).select_related("recorded_by").first():
        raise ToldMeanwhile(
            _("It is recorded already that the child was told."),
            by=before.recorded_by.get_full_name(),
            at=before.recorded_at,
        )
    row = keep(Told, held, said, "placement.told_child", by=by, at=at)
    await_telling(held, by=by, at=at)
    return row


def await_telling(child: Person, *, by: User, at: datetime) -> None:
    """Let the case say by which day the child has to be told of the first thing, or of none."""
    first = ToTell.objects.filter(child=child, told__isnull=True).order_by("by_day").first()
    if first is None:
        follow(child, Track.PLACEMENT, Placement.TOLD, by=by, at=at)
    else:
        until = {"holds_until": first.by_day}
        follow(child, Track.PLACEMENT, Placement.TO_TELL, **until, by=by, at=at)
