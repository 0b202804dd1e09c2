"""Operations, for whoever plans, watches or escorts them: legs, escorts, receivers, how far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from kinward.access.models import Role, User
from kinward.access.rows import Passage, passage
from kinward.operations.models import Agreed, CheckpointKind, Operation
from kinward.operations.rules import Recorded, frozen, state_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from kinward.operations.models import (
        Escort,
        Leg,
        Manifest,
        OnPlan,
        Receiver,
        State,
        Timetable,
    )

WHOLE = (
    "days",
    "permits",
    "legs__timetables",
    "legs__checkpoints__closing",
    "legs__origin",
    "legs__destination",
    "plan",
    "escorts__end",
    "escorts__account",
    "receivers__notes__recorded_by",
    "receivers__recorded_by",
    "receivers__place",
    "manifests__signatures__recorded_by",
    "manifests__disclosures",
    "reconciled",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A leg as it is planned now."""

    leg: Leg
    times: Timetable

    @property
    def number(self) -> int:
        """Its number on the operation."""
        return self.leg.number

    @property
    def origin(self) -> str:
        """Where it begins, in the language of the page."""
        return self.leg.origin.name(get_language() or "en")

    @property
    def destination(self) -> str:
        """Where it ends, likewise."""
        return self.leg.destination.name(get_language() or "en")

    @property
    def checkpoints(self) -> list[str]:
        """Where everybody is counted, in words."""
        return [str(each.get_kind_display()) for each in self.leg.checkpoints.all()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Somebody named to receive children, and what was said of it since."""

    receiver: Receiver
    agreed_by: str
    withdrawn: str  # why; empty where it stands

    @property
    def place(self) -> str:
        """Where they receive children, in the language of the page."""
        return self.receiver.place.name(get_language() or "en")

    @property
    def authorised(self) -> bool:
        """Tell whether children may be handed to them."""
        return bool(self.agreed_by) and not self.withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """An operation with everything that stands of it now. Made of what was fetched before."""

    operation: Operation

    @property
    def day(self) -> date:
        """The day it sets out."""
        return list(self.operation.days.all())[-1].day

    @property
    def stretches(self) -> list[Stretch]:
        """The legs that are travelled, in the order of their numbers."""
        legs = [
            Stretch(leg=leg, times=list(leg.timetables.all())[-1])
            for leg in self.operation.legs.all()
        ]
        return [one for one in legs if not one.times.dropped]

    @property
    def plan(self) -> dict[UUID, OnPlan]:
        """Each child that is on the plan, with the row that says so."""
        last = {row.child_id: row for row in self.operation.plan.all()}
        return {key: row for key, row in last.items() if row.on}

    @property
    def off(self) -> dict[UUID, OnPlan]:
        """Each child that was on the plan and is not any more, with the row that says why."""
        last = {row.child_id: row for row in self.operation.plan.all()}
        return {key: row for key, row in last.items() if not row.on}

    @property
    def over(self) -> dict[UUID, tuple[int, ...]]:
        """Over which legs each child travels; one that is not travelled any more is left out."""
        there = {one.number for one in self.stretches}
        return {
            key: tuple(number for number in row.over if number in there)
            for key, row in self.plan.items()
        }

    @property
    def escorts(self) -> list[Escort]:
        """Who travels with the children."""
        return [each for each in self.operation.escorts.all() if not hasattr(each, "end")]

    @property
    def receivers(self) -> list[Received]:
        """Who was named to receive children, with what was said of it."""
        found = []
        for each in self.operation.receivers.all():
            said = {note.said: note for note in each.notes.all()}
            agreed, gone = said.get(Agreed.AGREED), said.get(Agreed.WITHDRAWN)
            found.append(
                Received(
                    receiver=each,
                    agreed_by=agreed.recorded_by.get_full_name() if agreed else "",
                    withdrawn=gone.reason if gone else "",
                )
            )
        return found

    @property
    def manifests(self) -> list[Manifest]:
        """Every version of its manifest, the first one first."""
        return list(self.operation.manifests.all())

    @property
    def frozen(self) -> Manifest | None:
        """The version that stands: the last one that two people signed."""
        return next((each for each in reversed(self.manifests) if is_frozen(each)), None)

    @property
    def recorded(self) -> Recorded:
        """What is recorded of it. Whoever records more of a journey adds it here."""
        return Recorded(
            permits=bool(self.operation.permits.all()),
            drafted=bool(self.manifests),
            frozen=self.frozen is not None,
            handed_over=self.is_closed(CheckpointKind.HANDED_OVER),
            departed=self.is_closed(CheckpointKind.BOARDED),
            landed=self.is_closed(CheckpointKind.LANDED, last=True),
            closed=hasattr(self.operation, "reconciled"),
        )

    def is_closed(self, kind: CheckpointKind, *, last: bool = False) -> bool:
        """Tell whether everybody was counted at a first, or at the `last`, checkpoint of a kind."""
        points = (each for one in self.stretches for each in one.leg.checkpoints.all())
        found = [hasattr(each, "closing") for each in points if each.kind == kind]
        return bool(found) and found[-1 if last else 0]

    @property
    def state(self) -> State:
        """How far it is."""
        return state_of(self.recorded)


def is_frozen(manifest: Manifest) -> bool:
    """Tell whether two people signed a version."""
    return frozen({each.recorded_by_id for each in manifest.signatures.all()})


def journeys(*, user: User) -> list[Journey]:
    """The operations this account plans, watches or escorts, the latest day first."""
    seen = Operation.objects.visible_to(user).prefetch_related(*WHOLE)
    found = [Journey(operation=each) for each in seen]
    return sorted(found, key=lambda each: each.day, reverse=True)


def journey_of(operation_id: UUID, *, user: User) -> Journey | None:
    """One operation as it stands; None where this account does not see it."""
    seen = Operation.objects.visible_to(user).filter(pk=operation_id).first()
    return journey_now(seen) if seen else None


@passage(Passage.GATES)
def journey_now(operation: Operation) -> Journey:
    """One operation as it stands, for who was asked before whether it may know of it.

    An escort reaches its own row alone, and signs what all escorts and the whole plan make.
    """
    return Journey(operation=Operation.objects.prefetch_related(*WHOLE).get(pk=operation.pk))


def listed_on(manifest: Manifest) -> int:
    """How many children are on a version."""
    with passage(Passage.COUNTING):
        return manifest.lines.count()


def escort_accounts() -> list[User]:
    """The accounts that can be named as escorts, by name."""
    open_ones = User.objects.filter(role=Role.ESCORT, is_active=True)
    return sorted(open_ones, key=lambda one: one.get_full_name())
