"""Moving in, visits, that it could not go on, another home, closing a case and opening it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.casework.actions import follow, follow_step
from kinward.casework.models import Track
from kinward.casework.queries import case_of
from kinward.casework.tracks import Next, Placement
from kinward.core.versions import Conflict
from kinward.placement.actions.opening import (
    UnfitHome,
    keep,
    lives_now,
    needs_home,
    open_home,
    refuse_future,
    refuse_gaps,
    refuse_past,
)
from kinward.placement.models import Asked, Breakdown, Placed, Visit
from kinward.placement.queries import checked
from kinward.placement.rules import is_seen, may_live

if TYPE_CHECKING:
    from datetime import date, datetime

    from kinward.access.models import User
    from kinward.casework.models import Step
    from kinward.people.models import Person
    from kinward.placement.models import Carer

SAID_OF: Final = (
    (Placement.CHILD_HEARD, "child_says"),
    (Placement.CARER_HEARD, "carer_says"),
    (Placement.FEEDBACK, "feedback"),
)


class MovedMeanwhile(Conflict):
    """Somebody recorded meanwhile where the child lives, or that it does so no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedIn:
    """That a child lives with a carer, before it is stored."""

    carer: Carer
    moved_on: date
    arranged: str
    siblings: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """A visit before it is stored."""

    visited_on: date
    seen: bool
    where: str
    changed: str
    next_on: date
    why_not: str = ""
    view: str = ""
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """That it could not go on, before it is stored."""

    ended_on: date
    why: str
    view: str
    now_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """That a case be closed, before it is stored."""

    child_says: str
    carer_says: str
    feedback: str
    keep_until: date
    why: str


@transaction.atomic
def move_in(*, child: Person, said: MovedIn, by: User, at: datetime) -> Placed:
    """Record that a child lives with a carer, after another home or for the first time.

    It is recorded only if the step may be taken: gates G3 and G5 are asked.

    Raises:
        NotAllowed, NotFound: as `open_home`.
        MovedMeanwhile: the child lives somewhere already.
        UnfitHome: the carer may not have the child yet, something is not said, or the day is off.
        UnfitStep: it does not follow from where the track stands.
        GateClosed: a gate refuses, with all its reasons.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_home(child, by=by, at=at)
    if lives := lives_now(held):
        who = lives.recorded_by.get_full_name()
        raise MovedMeanwhile(
            _("It is recorded already that the child lives with a carer."),
            by=who,
            at=lives.recorded_at,
        )
    refuse_gaps(said.arranged)
    refuse_future(said.moved_on, today=localdate(at))
    if unready := may_live(checked(said.carer)):
        raise UnfitHome(" ".join(str(each.label) for each in unready))
    ended = Breakdown.objects.filter(child=held).order_by("recorded_at", "id").last()
    replaces = ended if ended and not hasattr(ended, "replaced_by") else None
    row = keep(Placed, held, said, "placement.placed", by=by, at=at, replaces=replaces)
    if row.siblings:
        follow(held, Track.PLACEMENT, Placement.TOGETHER, evidence=row.siblings, by=by, at=at)
    broken = case_of(held).on(Track.PLACEMENT).position == Placement.BREAKDOWN
    wanted = Next(
        to=Placement.REPLACED if broken else Placement.PLACED,
        on=row.moved_on,
        evidence=f"{row.carer.get_kind_display()}: {row.carer.name}",
        reason=row.arranged,
    )
    follow_step(child=held, track=Track.PLACEMENT, wanted=wanted, by=by, at=at)
    return row


@transaction.atomic
def record_visit(*, child: Person, said: Visited, by: User, at: datetime) -> Visit:
    """Record a visit: whether the child was seen, what changed, when the next one is.

    One at which the child was not seen moves nothing: the visit stays due.

    Raises:
        NotAllowed, NotFound: as `open_home`.
        UnfitHome: the child lives nowhere, something is not said, or a day is off.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_home(child, by=by, at=at)
    lives = needs_home(held)
    refuse_gaps(said.changed)
    refuse_future(said.visited_on, since=lives.moved_on, today=localdate(at))
    if said.next_on <= said.visited_on:
        raise UnfitHome(_("The next visit is after this one."))
    if said.seen != is_seen(said.where, seen=said.seen):
        raise UnfitHome(_("Nobody sees a child by telephone. Say why it was not seen."))
    if said.seen == bool(said.why_not.strip()) or (said.settled and not said.seen):
        raise UnfitHome(_("Say why the child was not seen, and nothing of it where it was."))
    row = keep(Visit, held, said, "placement.visited", by=by, at=at, placed=lives)
    if not row.seen:
        return row
    day = {"on": row.visited_on, "reason": row.changed}
    until = {"holds_until": row.next_on}
    follow(held, Track.PLACEMENT, Placement.FOLLOW_UP, **day, **until, by=by, at=at)
    if row.settled:
        follow(held, Track.PLACEMENT, Placement.STABLE, **day, by=by, at=at)
    return row


@transaction.atomic
def end_placement(*, child: Person, said: Broken, by: User, at: datetime) -> Breakdown:
    """Record that it could not go on where a child lives, and where it is now.

    Raises:
        NotAllowed, NotFound: as `open_home`.
        UnfitHome: the child lives nowhere, something is not said, or the day is off.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_home(child, by=by, at=at)
    lives = needs_home(held)
    refuse_gaps(said.why, said.view, said.now_at)
    refuse_future(said.ended_on, since=lives.moved_on, today=localdate(at))
    row = keep(Breakdown, held, said, "placement.ended", by=by, at=at, placed=lives)
    day = {"on": row.ended_on, "reason": row.why}
    follow(held, Track.PLACEMENT, Placement.BREAKDOWN, **day, by=by, at=at)
    return row


@transaction.atomic
def ask_to_close(*, child: Person, said: Closing, by: User, at: datetime) -> Asked:
    """Ask that a case be closed, once child and carer were asked; another person closes it.

    Raises:
        NotAllowed, NotFound: as `open_home`.
        UnfitHome: the child lives nowhere, something is not said, or the day has passed.
        UnfitStep: the child has not settled, or closing is asked for already.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_home(child, by=by, at=at)
    lives = needs_home(held)
    refuse_gaps(said.child_says, said.carer_says, said.feedback, said.why)
    refuse_past(said.keep_until, today=localdate(at))
    row = keep(Asked, held, said, "placement.asked_to_close", by=by, at=at, placed=lives)
    wanted = Next(to=Placement.CLOSING, on=localdate(at), reason=row.why)
    follow_step(child=held, track=Track.PLACEMENT, wanted=wanted, by=by, at=at)
    for to, name in SAID_OF:
        follow(held, Track.PLACEMENT, to, reason=getattr(row, name), by=by, at=at)
    until = {"holds_until": row.keep_until}
    follow(held, Track.PLACEMENT, Placement.RETENTION, **until, by=by, at=at)
    return row


@transaction.atomic
def close_case(*, child: Person, reason: str, by: User, at: datetime) -> Step:
    """Close a case, as another person than who asked for it; gates G7 and G8 are asked.

    Raises:
        NotAllowed, NotFound: as `open_home`.
        UnfitStep: nobody asked for it, or `by` did.
        GateClosed: a gate refuses, with all its reasons.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    held = open_home(child, by=by, at=at)
    wanted = Next(to=Placement.CLOSED, on=localdate(at), reason=reason)
    return follow_step(child=held, track=Track.PLACEMENT, wanted=wanted, by=by, at=at)


@transaction.atomic
def reopen_case(*, child: Person, reason: str, by: User, at: datetime) -> Step:
    """Open a case again that was closed.

    Raises:
        NotAllowed, NotFound: as `open_home`.
        UnfitStep: it is not closed, or there is no reason.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    held = open_home(child, by=by, at=at)
    wanted = Next(to=Placement.REOPENED, on=localdate(at), reason=reason)
    return follow_step(child=held, track=Track.PLACEMENT, wanted=wanted, by=by, at=at)
