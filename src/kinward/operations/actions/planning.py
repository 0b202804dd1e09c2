"""Planning an operation: its day, legs and permits, and which children are on the plan."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.casework.models import Track
from kinward.casework.rules import is_escorted
from kinward.casework.tracks import Host, Movement
from kinward.core.errors import NotAllowed, NotFound
from kinward.core.guarding import refuse_words
from kinward.operations.actions.opening import UnfitPlan, follow, open_operation, refuse_gaps
from kinward.operations.models import (
    Berth,
    Checkpoint,
    Leg,
    OnPlan,
    Operation,
    Permit,
    PlannedDay,
    Timetable,
)
from kinward.operations.queries import journey_now, known_of, on_some_plan, rooms_of
from kinward.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from kinward.access.models import User
    from kinward.places.models import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When and with what a leg is travelled, before it is stored."""

    departs_at: datetime
    arrives_at: datetime
    carrier: str
    vehicle: str
    seats: int
    cots: int
    departs_from: str = ""
    arrives_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """From where to where a leg leads, how, and where everybody is counted."""

    mode: str
    origin: Place
    destination: Place
    checkpoints: Sequence[str]


@transaction.atomic
def plan_operation(*, title: str, day: date, by: User, at: datetime) -> Operation:
    """Plan an operation for a day.

    Raises:
        NotAllowed: `by` does not plan operations.
        UnfitPlan: it has no title, or the day is past.
        WordsRefused: the title labels somebody.
    """
    if not may(by, Permission.PLAN_OPERATION):
        raise NotAllowed(_("Your role does not include it. Nothing was changed."))
    refuse_gaps(title)
    refuse_words(title, field="title")
    refuse_past(day, at=at)
    made = Operation.objects.create(title=title.strip(), recorded_by=by, recorded_at=at)
    PlannedDay.objects.create(operation=made, day=day, recorded_by=by, recorded_at=at)
    record("operations.planned", made, by=by, at=at, reference=made.reference)
    return made


@transaction.atomic
def change_day(
    *, operation: Operation, day: date, reason: str, by: User, at: datetime
) -> PlannedDay:
    """Plan an operation for another day. Who was clear is asked anew for that day.

    Raises:
        NotAllowed, NotFound: as `open_operation`.
        UnfitPlan: there is no reason, or the day is past.
        WordsRefused: the reason labels somebody.
    """
    open_operation(operation, by=by)
    refuse_gaps(reason)
    refuse_words(reason, field="reason")
    refuse_past(day, at=at)
    row = PlannedDay.objects.create(
        operation=operation, day=day, reason=reason.strip(), recorded_by=by, recorded_at=at
    )
    record("operations.changed_plan", operation, by=by, at=at, day=day.isoformat())
    return row


@transaction.atomic
def record_permit(  # noqa: PLR0913 (what is allowed, and until when)
    *, operation: Operation, words: str, reference: str, valid_until: date, by: User, at: datetime
) -> Permit:
    """Record what an authority allowed an operation.

    Raises:
        NotAllowed, NotFound: as `open_operation`.
        UnfitPlan: something is not said.
        WordsRefused: the words label somebody.
    """
    open_operation(operation, by=by)
    refuse_gaps(words, reference)
    refuse_words(words, field="words")
    permit = Permit.objects.create(
        operation=operation,
        words=words.strip(),
        reference=reference.strip(),
        valid_until=valid_until,
        recorded_by=by,
        recorded_at=at,
    )
    record("operations.changed_plan", operation, by=by, at=at, permit=str(permit.pk))
    return permit


@transaction.atomic
def add_leg(*, operation: Operation, way: Way, times: Times, by: User, at: datetime) -> Leg:
    """Add a leg to an operation, with its times and its checkpoints.

    Raises:
        NotAllowed, NotFound: as `open_operation`.
        UnfitPlan: it arrives before it departs, or something is not said.
    """
    journey = open_operation(operation, by=by)
    refuse_unfit(times)
    if not way.checkpoints:
        raise UnfitPlan(_("Choose where everybody is counted."))
    leg = Leg.objects.create(
        operation=operation,
        number=len(journey.operation.legs.all()) + 1,
        mode=way.mode,
        origin=way.origin,
        destination=way.destination,
        recorded_by=by,
        recorded_at=at,
    )
    Timetable.objects.create(leg=leg, **asdict(times), recorded_by=by, recorded_at=at)
    for number, kind in enumerate(way.checkpoints, 1):
        Checkpoint.objects.create(leg=leg, number=number, kind=kind, recorded_by=by, recorded_at=at)
    record("operations.changed_plan", operation, by=by, at=at, leg=leg.number)
    return leg


@transaction.atomic
def change_leg(  # noqa: PLR0913 (times, or that it is not travelled, and why)
    *, leg: Leg, times: Times, reason: str, dropped: bool = False, by: User, at: datetime
) -> Timetable:
    """Travel a leg at other times or with something else, or not at all.

    Raises:
        NotAllowed, NotFound: as `open_operation`.
        UnfitPlan: it arrives before it departs, or something is not said.
        WordsRefused: the reason labels somebody.
    """
    open_operation(leg.operation, by=by)
    refuse_gaps(reason)
    refuse_words(reason, field="reason")
    refuse_unfit(times)
    row = Timetable.objects.create(
        leg=leg,
        **asdict(times),
        dropped=dropped,
        reason=reason.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    told = {"leg": leg.number, "dropped": dropped}
    record("operations.changed_plan", leg.operation, by=by, at=at, **told)
    return row


@transaction.atomic
def put_on_plan(  # noqa: PLR0913 (who travels, over which legs, in what)
    *,
    operation: Operation,
    children: Collection[Person],
    over: Collection[int],
    berth: Berth = Berth.SEAT,
    by: User,
    at: datetime,
) -> list[OnPlan]:
    """Put children on the plan over some legs; on it already, they travel over these from now on.

    Raises:
        NotAllowed, NotFound: as `open_operation`; or `by` may not know of one of the children.
        UnfitPlan: no leg is chosen or one is not there, nobody is, or one is on another plan.
    """
    journey = open_operation(operation, by=by)
    there = {one.number for one in journey.stretches}
    if not children or not over or not set(over) <= there:
        raise UnfitPlan(_("Choose children, and the legs they travel."))
    keys = [child.pk for child in children]
    seen = Person.objects.visible_to(by).children().filter(pk__in=keys, erasure__isnull=True)
    if seen.count() != len(set(keys)):
        raise NotFound(_("There is no such child."))
    # Two who plan two operations at once must each see the other.
    list(Person.objects.filter(pk__in=keys).order_by("pk").select_for_update())
    if (on_some_plan() - journey.plan.keys()) & set(keys):
        raise UnfitPlan(_("One of the children is on the plan of another operation."))
    rows = []
    for child in children:
        row = OnPlan.objects.create(
            operation=operation,
            child=child,
            on=True,
            over=sorted(set(over)),
            berth=berth,
            recorded_by=by,
            recorded_at=at,
        )
        record("operations.put_on_plan", child, by=by, at=at, operation=str(operation.pk))
        rows.append(row)
    follow_escorts(operation, by=by, at=at)
    follow_receivers(operation, by=by, at=at)
    return rows


@transaction.atomic
def take_off_plan(
    *, operation: Operation, child: Person, reason: str, by: User, at: datetime
) -> OnPlan:
    """Take a child off the plan. A frozen manifest keeps it until another version is signed.

    Raises:
        NotAllowed, NotFound: as `open_operation`; or the child is not on the plan.
        UnfitPlan: there is no reason.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    journey = open_operation(operation, by=by)
    row = journey.plan.get(child.pk)
    if row is None:
        raise NotFound(_("There is no such child."))
    refuse_gaps(reason)
    refuse_words(reason, field="reason")
    off = OnPlan.objects.create(
        operation=operation,
        child=child,
        on=False,
        over=row.over,
        berth=row.berth,
        reason=reason.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    record("operations.took_off_plan", child, by=by, at=at, operation=str(operation.pk))
    return off


def follow_escorts(operation: Operation, *, by: User, at: datetime) -> None:
    """Let it be known of each child that an escort is named, once its legs have enough of them."""
    journey = journey_now(operation)
    known = known_of(list(journey.plan), journey.day)
    lacking = {room.number for room in rooms_of(journey, known) if room.unescorted}
    evidence = _("escorts of operation %(reference)s") % {"reference": operation.reference}
    for key, numbers in journey.over.items():
        named = is_escorted(known.cases[key].on(Track.MOVEMENT))
        if numbers and not named and not lacking & set(numbers):
            child = known.people[key]
            follow(child, Track.MOVEMENT, Movement.ESCORT, evidence=evidence, by=by, at=at)


def follow_receivers(operation: Operation, *, by: User, at: datetime) -> None:
    """Let it be known of each child that somebody may receive it, once two people have said so."""
    journey = journey_now(operation)
    if not any(each.authorised for each in journey.receivers):
        return
    known = known_of(list(journey.plan), journey.day)
    evidence = _("receivers of operation %(reference)s") % {"reference": operation.reference}
    for key in journey.plan:
        if known.cases[key].on(Track.HOST_RELEASE).last(Host.RECEIVER) is None:
            child = known.people[key]
            follow(child, Track.HOST_RELEASE, Host.RECEIVER, evidence=evidence, by=by, at=at)


def refuse_past(day: date, *, at: datetime) -> None:
    """Refuse to plan for a day that is past.

    Raises:
        UnfitPlan: it is.
    """
    if day < localdate(at):
        raise UnfitPlan(_("This day is past."))


def refuse_unfit(times: Times) -> None:
    """Refuse times and vehicles that cannot be.

    Raises:
        UnfitPlan: it arrives before it departs, or something is not said.
    """
    refuse_gaps(times.carrier, times.vehicle)
    if times.arrives_at <= times.departs_at:
        raise UnfitPlan(_("It would arrive before it departs."))
