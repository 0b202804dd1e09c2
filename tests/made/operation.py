"""An operation with a frozen manifest, its escorts and its receivers. Every name is made up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from kinward.access.models import Role
from kinward.casework.models import Step, Track
from kinward.casework.queries import case_of
from kinward.casework.tracks import Movement
from kinward.operations import actions, queries
from kinward.operations.models import (
    Agreed,
    Checkpoint,
    CheckpointKind,
    Escort,
    Left,
    Leg,
    Manifest,
    ManifestLine,
    Mode,
    OnPlan,
    Operation,
    PlannedDay,
    Receiver,
    ReceiverNote,
    SeenHow,
    Signature,
    Timetable,
    WhyNot,
)
from kinward.places.models import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from kinward.access.models import User
    from kinward.people.models import Person

KINDS = (
    CheckpointKind.HANDED_OVER,
    CheckpointKind.BOARDED,
    CheckpointKind.LANDED,
    CheckpointKind.ADMITTED,
)

BOARDED, LANDED, ADMITTED = (
    CheckpointKind.BOARDED,
    CheckpointKind.LANDED,
    CheckpointKind.ADMITTED,
)
WRONG = {"reason": "It was her sister, with the same coat."}


@dataclass
class Planned:
    """An operation, and shortcuts for what people do on its way."""

    operation: Operation
    children: list[Person]
    checkpoints: dict[str, Checkpoint]
    lead: User
    counters: tuple[User, User]
    delegation: Receiver
    hospital: Receiver
    at: datetime
    moments: int = field(default=0)

    def now(self) -> datetime:
        """Return a moment a minute later than the last."""
        self.moments += 1
        return self.at + timedelta(minutes=self.moments)

    def count(self, kind: str, by: User, children: Sequence[Person], *, done: bool = True) -> None:
        """Let somebody count these children at a checkpoint, and say that they are done."""
        checkpoint = self.checkpoints[kind]
        for child in children:
            actions.count_child(
                checkpoint=checkpoint, child=child.pk, how=SeenHow.TAPPED, by=by, at=self.now()
            )
        if done:
            actions.finish_count(checkpoint=checkpoint, by=by, at=self.now())

    def both_count(self, kind: str, children: Sequence[Person]) -> None:
        """Let both counters see the same children."""
        for counter in self.counters:
            self.count(kind, counter, children)

    def close(self, kind: str) -> actions.Closed:
        """Close a checkpoint."""
        checkpoint = self.checkpoints[kind]
        return actions.close_checkpoint(checkpoint=checkpoint, by=self.lead, at=self.now())

    def hand_over(
        self,
        children: Sequence[Person],
        giver: Receiver | None,
        receiver: Receiver | None,
        **said: Any,
    ) -> Any:
        """Record a minute with a whole line for each of these children."""
        parts = dict.fromkeys(actions.PARTS, "none")
        when = self.now()
        told = {"handed_at": when, "witnesses": "the ambassador", "kept_by": "The shelter"} | said
        return actions.record_minute(
            operation=self.operation,
            handed=actions.Handed(giver=giver, receiver=receiver, **told),
            lines=[actions.Line(child=each.pk, **parts) for each in children],
            by=self.lead,
            at=when,
        )

    def stay(self, child: Person, kind: str = "", left: Left = Left.NOT_FLOWN, **said: Any) -> Any:
        """Record that a child did not go on."""
        stayed = actions.Stayed(left=left, **{"why": WhyNot.COURT, "kept_by": "The shelter"} | said)
        return actions.leave_behind(
            operation=self.operation,
            checkpoint=self.checkpoints[kind] if kind else None,
            child=child.pk,
            stayed=stayed,
            by=self.lead,
            at=self.now(),
        )


def plan(
    make_user: Callable[..., User],
    children: list[Person],
    at: datetime,
    kinds: Sequence[str] = KINDS,
    **said: Any,
) -> Planned:
    """Return an operation over one leg, with all these children on a manifest that two signed."""
    lead = said.get("lead") or make_user("nadir", role=Role.OPERATION_LEAD)
    counters = (
        make_user("aza", role=Role.ESCORT),
        make_user("boris", role=Role.ESCORT),
    )
    own: dict[str, Any] = {"recorded_by": lead, "recorded_at": at}
    operation = Operation.objects.create(title="From north to south", **own)
    ends = [
        Place.objects.get_or_create(code=f"IQ-NI:{name}", kind="town", names={"en": name})[0]
        for name in ("north", "south")
    ]
    leg = Leg.objects.create(
        operation=operation,
        number=1,
        mode=Mode.AIR,
        origin=ends[0],
        destination=ends[1],
        **own,
    )
    PlannedDay.objects.create(operation=operation, day=at.date(), **own)
    times: dict[str, Any] = {"departs_at": at, "arrives_at": at + timedelta(hours=5)}
    times |= {"carrier": "Test Air", "vehicle": "KW1", "seats": 40, "cots": 4}
    Timetable.objects.create(leg=leg, **times, **own)
    checkpoints: dict[str, Checkpoint] = {
        str(kind): Checkpoint.objects.create(leg=leg, number=number, kind=kind, **own)
        for number, kind in enumerate(kinds, 1)
    }
    for each in counters:
        Escort.objects.create(
            operation=operation,
            over=[1],
            account=each,
            surname="X",
            given=each.username,
            organisation="ministry",
            at_most=9,
            **own,
        )
    manifest = Manifest.objects.create(
        operation=operation, version=1, escorts=[], digest="0" * 64, **own
    )
    for number, child in enumerate(children, 1):
        OnPlan.objects.create(operation=operation, child=child, on=True, over=[1], **own)
        ManifestLine.objects.create(
            manifest=manifest,
            number=number,
            child=child,
            surname="MADEUP",
            given=f"CHILD {number}",
            document={},
            over=[1],
            **own,
        )
    for number, signer in enumerate((lead, counters[0]), 1):
        Signature.objects.create(
            manifest=manifest,
            number=number,
            digest="0" * 64,
            recorded_by=signer,
            recorded_at=at,
        )
    delegation, hospital = (
        authorised(operation, name, ends[1], lead, counters[0], at)
        for name in ("The delegation", "The hospital")
    )
    return Planned(
        operation=operation,
        children=children,
        checkpoints=checkpoints,
        lead=lead,
        counters=counters,
        delegation=delegation,
        hospital=hospital,
        at=at,
    )


def authorised(
    operation: Operation, name: str, place: Place, named_by: User, agreed_by: User, at: datetime
) -> Receiver:
    """Return somebody who may receive children: one named them, another agreed."""
    receiver = Receiver.objects.create(
        operation=operation,
        surname="Y",
        given=name,
        document="passport 1",
        organisation=name,
        place=place,
        recorded_by=named_by,
        recorded_at=at,
    )
    ReceiverNote.objects.create(
        receiver=receiver,
        said=Agreed.AGREED,
        named_by=named_by,
        recorded_by=agreed_by,
        recorded_at=at,
    )
    return receiver


def counted_and_closed(
    make_user: Callable[..., User], children: list[Person], at: datetime
) -> Planned:
    """Return three on board; two landed and are in hospital, and the third was taken out."""
    kinds = (CheckpointKind.BOARDED, CheckpointKind.LANDED, CheckpointKind.ADMITTED)
    planned = plan(make_user, children, at, kinds=kinds)
    for child in children:
        told: dict[str, Any] = {"taken_by": planned.lead, "taken_at": at, "happened_on": at.date()}
        told |= {"track": Track.MOVEMENT, "compartment": "movement", "evidence": "before"}
        Step.objects.create(child=child, number=1, to=Movement.BOARDED, **told)
    planned.hand_over(children, None, planned.delegation)
    planned.both_count(CheckpointKind.BOARDED, children)
    planned.close(CheckpointKind.BOARDED)
    planned.stay(children[2], CheckpointKind.LANDED, Left.MEDEVAC, why=WhyNot.UNFIT)
    for kind in kinds[1:]:
        planned.both_count(kind, children[:2])
        planned.close(kind)
    planned.hand_over(children[:2], planned.delegation, planned.hospital)
    return planned


def another(planned: Planned) -> Operation:
    """Return another operation, with nothing but a title."""
    told: dict[str, Any] = {"recorded_by": planned.lead, "recorded_at": planned.at}
    return Operation.objects.create(title="The next", **told)


def post_of(planned: Planned, kind: CheckpointKind) -> tuple[queries.UnderWay, queries.Post]:
    """Return how the operation goes, and where one of its checkpoints stands."""
    journey = queries.under_way(planned.operation, user=planned.lead)
    return journey, journey.post(planned.checkpoints[kind])


def position(child: Person) -> str:
    """Return where the journey of a child stands."""
    return case_of(child).on(Track.MOVEMENT).position
