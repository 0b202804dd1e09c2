"""Asking a region for a home, naming a carer, what was seen and decided of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.access.actions import expect
from kinward.casework.actions import follow
from kinward.casework.models import Track
from kinward.casework.queries import case_of, verified_kin
from kinward.casework.tracks import Placement, Tracing
from kinward.placement.actions.opening import (
    UnfitHome,
    keep,
    open_home,
    refuse_future,
    refuse_gaps,
    refuse_past,
)
from kinward.placement.models import (
    Act,
    CarePlan,
    Carer,
    CarerKind,
    Guardianship,
    Household,
    Meeting,
    Suits,
)
from kinward.placement.rules import still_looking

if TYPE_CHECKING:
    from datetime import date, datetime

    from kinward.access.models import Grant, User
    from kinward.casework.models import VerifiedKin
    from kinward.people.models import Person

STEP_OF: Final = {
    Act.INTERIM: Placement.INTERIM,
    Act.PERMANENT: Placement.PERMANENT,
    Act.REFUSED: Placement.REFUSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Care without the family, before it is stored."""

    why: str
    plan: str
    view: str
    review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A carer before they are stored."""

    kind: CarerKind
    name: str
    address: str
    why: str
    for_now: bool
    relation: str = ""
    verified: VerifiedKin | None = None
    known_on: date | None = None  # since when; None: since it is recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of a household, before it is stored."""

    carer: Carer
    seen_on: date
    lives_there: str
    looked_at: str
    suits: Suits
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """A meeting before it is stored."""

    carer: Carer
    met_on: date
    how: str
    heard: str
    view: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What the region decided, before it is stored."""

    carer: Carer
    act: Act
    authority: str
    reference: str
    decided_on: date
    holds_from: date | None = None
    holds_until: date | None = None
    reason: str = ""


def ask_region(*, child: Person, region: str, reason: str, by: User, at: datetime) -> Grant:
    """Ask the offices of a region to find a home: the child opens to who does that there.

    Raises:
        NotAllowed, NotFound, NoReason, WordsRefused, UnfitGrant: as `access.actions.expect`.
    """
    return expect(subject=child, region=region, reason=reason, by=by, at=at)


@transaction.atomic
def plan_care(*, child: Person, said: Planned, by: User, at: datetime) -> CarePlan:
    """Plan care without the family, once the family was looked for; settled before the flight.

    Raises:
        NotAllowed, NotFound: as `open_home`.
        UnfitHome: the family is still looked for, something is not said, or the review has passed.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_home(child, by=by, at=at)
    refuse_gaps(said.why, said.plan, said.view)
    refuse_past(said.review_on, today=localdate(at))
    if still_looking(case_of(held).on(Track.TRACING).position):
        raise UnfitHome(
            _("The family is still looked for. Until then, name who cares for the time being.")
        )
    row = keep(CarePlan, held, said, "placement.planned_care", by=by, at=at)
    follow(held, Track.TRACING, Tracing.ALTERNATIVE, reason=row.why, by=by, at=at)
    return row


@transaction.atomic
def name_carer(*, child: Person, said: Named, by: User, at: datetime) -> Carer:
    """Name somebody who may care for a child, or does so for the time being.

    Raises:
        NotAllowed, NotFound: as `open_home`.
        UnfitHome: something is not said, or the day is to come; a relative is none of a judgement
            on this child; or somebody else than a relative is named for good, and care without the
            family is not planned.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_home(child, by=by, at=at)
    refuse_gaps(said.name, said.address, said.why)
    if said.known_on:
        refuse_future(said.known_on, today=localdate(at))
    kin = said.kind == CarerKind.RELATIVE
    if kin != bool(said.relation):
        raise UnfitHome(_("Say what a relative is to the child, and of others nothing."))
    if said.verified and said.verified not in verified_kin(held, user=by):
        raise UnfitHome(_("That is not of this child."))
    if not kin and not said.for_now and not CarePlan.objects.filter(child=held).exists():
        raise UnfitHome(_("First plan care without the family: a relative comes before others."))
    row = keep(Carer, held, said, "placement.named_carer", by=by, at=at)
    shown = f"{row.get_kind_display()}: {row.name}"
    if row.for_now:
        follow(held, Track.PLACEMENT, Placement.INTERIM_CARE, evidence=shown, by=by, at=at)
    else:
        on = row.known_on or localdate(at)
        follow(held, Track.PLACEMENT, Placement.CANDIDATE, on=on, reason=row.why, by=by, at=at)
    return row


@transaction.atomic
def assess_household(*, child: Person, said: Seen, by: User, at: datetime) -> Household:
    """Record what was seen of a household, and whether the child can live there.

    Raises:
        NotAllowed, NotFound: as `open_home`.
        UnfitHome: something is not said, the day is to come, or the carer is of another child.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_home(child, by=by, at=at)
    refuse_gaps(said.lives_there, said.looked_at, said.why)
    refuse_future(said.seen_on, today=localdate(at))
    row = keep(Household, held, said, "placement.assessed_household", by=by, at=at)
    if row.suits != Suits.NO:
        shown = f"{row.seen_on.isoformat()}: {row.get_suits_display()}"
        on = {"on": row.seen_on, "evidence": shown}
        follow(held, Track.PLACEMENT, Placement.ASSESSED, **on, by=by, at=at)
    return row


@transaction.atomic
def record_meeting(*, child: Person, said: Encounter, by: User, at: datetime) -> Meeting:
    """Record that a child met a carer, and what it says of it.

    Raises:
        NotAllowed, NotFound: as `open_home`.
        UnfitHome: something is not said, the day is to come, or the carer is of another child.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_home(child, by=by, at=at)
    refuse_gaps(said.view)
    refuse_future(said.met_on, today=localdate(at))
    row = keep(Meeting, held, said, "placement.recorded_meeting", by=by, at=at)
    follow(held, Track.PLACEMENT, Placement.MET, on=row.met_on, by=by, at=at)
    return row


@transaction.atomic
def record_guardianship(*, child: Person, said: Decided, by: User, at: datetime) -> Guardianship:
    """Record what the authority of the region decided on a carer.

    Raises:
        NotAllowed, NotFound: as `open_home`.
        UnfitHome: something is not said, a day does not fit, or the carer is of another child.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_home(child, by=by, at=at)
    refuse_gaps(said.authority, said.reference)
    refuse_future(said.decided_on, today=localdate(at))
    if said.act == Act.REFUSED:
        refuse_gaps(said.reason)
    elif said.holds_from is None:
        raise UnfitHome(_("Say from which day on it holds."))
    if said.act == Act.INTERIM and said.holds_until is None:
        raise UnfitHome(_("Guardianship for the time being ends: say until which day it holds."))
    if said.holds_from and said.holds_until and said.holds_until < said.holds_from:
        raise UnfitHome(_("It would end before it begins."))
    row = keep(Guardianship, held, said, "placement.recorded_guardianship", by=by, at=at)
    follow(
        held,
        Track.PLACEMENT,
        STEP_OF[Act(row.act)],
        on=row.decided_on,
        evidence=f"{row.authority} {row.reference}",
        reason=row.reason,
        holds_from=row.holds_from,
        holds_until=row.holds_until,
        by=by,
        at=at,
    )
    return row
