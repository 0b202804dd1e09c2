"""The flight of the story: planned for thirty-nine, flown with thirty, counted on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kinward.access.models import Role
from kinward.audit.context import acting
from kinward.demo.scenario import data
from kinward.operations import actions
from kinward.operations.models import (
    Checkpoint,
    Left,
    Operation,
    Receiver,
    SeenHow,
    Side,
    WhyNot,
)
from kinward.places.queries import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from kinward.demo.hands import Hands
    from kinward.people.models import Person
    from kinward.places.models import Place

LEGS: Final = (1, 2, 3)
SIDES: Final = (Side.GIVER, Side.RECEIVER)  # who signs first and second; then witnesses


class Flight:
    """The flight, step by step.

    Args:
        flown: the children who fly.
        stayed: those who were planned for it and stay, with what is told of each.
        hands: everybody who works on it.
    """

    def __init__(
        self,
        flown: Sequence[Person],
        stayed: Sequence[tuple[Person, Mapping[str, Any]]],
        hands: Hands,
    ) -> None:
        self.flown = flown
        self.stayed = stayed
        self.told = data("operation")
        self.lead = hands.first(Role.OPERATION_LEAD)
        self.manager = hands.first(Role.PROGRAMME_MANAGER)
        self.counters = hands.all(Role.ESCORT)[:2]
        self.receivers: dict[str, Receiver] = {}

    def fly(self) -> Operation:
        """Plan it, sign its manifest, and bring the children to hospital."""
        operation = self.plan()
        self.sign(operation)
        for kind in self.told["counts"]:
            self.pass_checkpoint(operation, kind)
        with acting(self.lead):
            actions.close_operation(operation=operation, by=self.lead, at=self.told["closed"]["at"])
        return operation

    def plan(self) -> Operation:
        """Plan the legs, the children, the escorts, and who may receive."""
        at: datetime = self.told["planned_at"]
        by: dict[str, Any] = {"by": self.lead, "at": at}
        with acting(self.lead):
            operation = actions.plan_operation(title=self.told["title"], day=self.told["day"], **by)
            for leg in self.told["legs"]:
                self.add_leg(operation, dict(leg), at)
            actions.record_permit(operation=operation, **self.told["permit"], **by)
            everybody = [*self.flown, *(child for child, _told in self.stayed)]
            actions.put_on_plan(operation=operation, children=everybody, over=LEGS, **by)
            for number, (surname, given) in enumerate(self.told["escorts"]["named"]):
                actions.name_escort(
                    operation=operation,
                    named=self.named(surname, given, self.told["escorts"]),
                    over=LEGS,
                    at_most=self.told["escorts"]["at_most"],
                    account=dict(enumerate(self.counters)).get(number),
                    **by,
                )
        for each in self.told["receivers"]:
            self.name_receiver(operation, each, at)
        return operation

    def add_leg(self, operation: Operation, leg: dict[str, Any], at: datetime) -> None:
        """Add a leg with its checkpoints."""
        way = actions.Way(
            mode=leg.pop("mode"),
            origin=found(leg.pop("origin")),
            destination=found(leg.pop("destination")),
            checkpoints=leg.pop("checkpoints"),
        )
        times = actions.Times(**leg)
        actions.add_leg(operation=operation, way=way, times=times, by=self.lead, at=at)

    def named(self, surname: str, given: str, of: Mapping[str, Any]) -> actions.Named:
        """Return an adult as in the document they show."""
        return actions.Named(surname=surname, given=given, organisation=of["organisation"])

    def name_receiver(self, operation: Operation, each: Mapping[str, Any], at: datetime) -> None:
        """Name who may receive children; the manager agrees."""
        with acting(self.lead):
            receiver = actions.name_receiver(
                operation=operation,
                named=self.named(each["surname"], each["given"], each),
                document=each["document"],
                place=found(each["place"]),
                by=self.lead,
                at=at,
            )
        with acting(self.manager):
            actions.agree_to_receiver(receiver=receiver, by=self.manager, at=at)
        self.receivers[each["key"]] = receiver

    def sign(self, operation: Operation) -> None:
        """Take off the plan who cannot come, draft the manifest, and have two people sign it."""
        by: dict[str, Any] = {"by": self.lead, "at": self.told["listed_at"]}
        with acting(self.lead):
            for child, told in self.stayed:
                if "on_the_day" not in told:
                    actions.take_off_plan(
                        operation=operation, child=child, reason=told["reason"], **by
                    )
            manifest = actions.draft_manifest(operation=operation, **by)
        for signer in (self.lead, self.counters[0]):
            with acting(signer):
                actions.sign_manifest(manifest=manifest, by=signer, at=self.told["listed_at"])
        with acting(self.lead):
            actions.give_bands(operation=operation, **by)

    def pass_checkpoint(self, operation: Operation, kind: str) -> None:
        """Count everybody at a checkpoint, each counter alone, and close it."""
        at: datetime = self.told["counts"][kind]
        checkpoint = Checkpoint.objects.get(leg__operation=operation, kind=kind)
        if kind == "handed_over":
            self.leave_behind(operation, checkpoint, at)
        if kind in self.told["minutes"]:
            self.hand_over(operation, self.told["minutes"][kind], self.flown)
        mended = self.told["mended"]
        for number, counter in enumerate(self.counters):
            # One count does not balance: a child asleep is overlooked by the second counter.
            overlooked = number == 1 and kind == mended["checkpoint"]
            with acting(counter):
                for child in self.flown[overlooked:]:
                    seen: dict[str, Any] = {"child": child.pk, "how": SeenHow.TAPPED}
                    actions.count_child(checkpoint=checkpoint, **seen, by=counter, at=at)
                actions.finish_count(checkpoint=checkpoint, by=counter, at=at)
        with acting(self.lead):
            if kind == mended["checkpoint"]:
                actions.settle(
                    checkpoint=checkpoint,
                    child=self.flown[0].pk,
                    there=True,
                    reason=mended["reason"],
                    by=self.lead,
                    at=at,
                )
            actions.close_checkpoint(checkpoint=checkpoint, by=self.lead, at=at)

    def leave_behind(self, operation: Operation, checkpoint: Checkpoint, at: datetime) -> None:
        """Say of those on the manifest who do not come, and why."""
        with acting(self.lead):
            for child, told in self.stayed:
                if "on_the_day" not in told:
                    continue
                stayed = actions.Stayed(
                    left=Left(told["on_the_day"]),
                    why=WhyNot(told["why"]),
                    words=told["words"],
                    kept_by=told["kept_by"],
                )
                actions.leave_behind(
                    operation=operation,
                    checkpoint=checkpoint,
                    child=child.pk,
                    stayed=stayed,
                    by=self.lead,
                    at=at,
                )

    def hand_over(
        self, operation: Operation, minute: Mapping[str, Any], children: Sequence[Person]
    ) -> None:
        """Record a handover minute with a line a child, and have everybody sign it."""
        handed = actions.Handed(
            giver=self.receivers.get(minute.get("from", "")),
            receiver=self.receivers[minute["to"]],
            handed_at=minute["at"],
            witnesses=minute["witnesses"],
            kept_by=minute.get("kept_by", ""),
        )
        lines = [actions.Line(child=child.pk, **self.told["line"]) for child in children]
        by: dict[str, Any] = {"by": self.lead, "at": minute["at"]}
        with acting(self.lead):
            made = actions.record_minute(operation=operation, handed=handed, lines=lines, **by)
            for number, name in enumerate(minute["signed"]):
                side = SIDES[number] if number < len(SIDES) else Side.WITNESS
                drawn = drawn_by(name)
                actions.sign_minute(minute=made, side=side, name=name, drawn=drawn, **by)

    def leave_hospital(
        self, operation: Operation, groups: Iterable[tuple[str, Sequence[Person]]]
    ) -> None:
        """Hand the children of each region over to its office."""
        for region, children in groups:
            minute = {**self.told["minutes"]["discharged"], "to": region}
            self.hand_over(operation, minute, children)


def drawn_by(name: str) -> str:
    """Return a signature of the demo: waves whose heights are the letters of a name."""
    points = [
        (20 + step * 18, 60 + (ord(letter) * 7) % 80 + 30 * (step % 2))
        for step, letter in enumerate(name[:30])
    ]
    return "M" + "L".join(f"{across} {down}" for across, down in points)


def found(code: str) -> Place:
    """Return the place of a code.

    Raises:
        LookupError: the gazetteer does not have it.
    """
    if (place := place_of(code)) is None:
        raise LookupError(code)
    return place
