"""How the operations went for one child: who held it, where it was seen, why it did not go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinward.access.rows import Passage, passage
from kinward.operations.models import Count, Handover, Leaving, SeenHow
from kinward.operations.queries.travelling import BEFORE, custody_in

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.operations.models import Operation
    from kinward.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From when on somebody held a child: by their organisation, never by name."""

    holder: str  # empty: whoever kept the child before
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """One operation as it went for one child."""

    operation: Operation
    stretches: tuple[Stretch, ...]
    contradicts: bool
    seen: tuple[tuple[str, datetime], ...]  # at which checkpoints, and when they were closed
    leaving: Leaving | None


def trips_of(child: Person) -> list[Trip]:
    """The operations that a child was handed over or counted on, for who reads how it travels.

    Ask only for a child whose journey is open to the reader: the rows are those of operations,
    which its case worker does not work on.
    """
    with passage(Passage.GATES):
        minutes = Handover.objects.filter(child=child)
        lines = list(minutes.select_related("minute__operation", "minute__receiver"))
        counts = list(
            Count.objects.filter(child=child, checkpoint__closing__isnull=False)
            .select_related("checkpoint__leg__operation", "checkpoint__closing")
            .order_by("counted_at", "id")
        )
        rows = Leaving.objects.filter(child=child, takes_back__isnull=True, taken_back__isnull=True)
        left = {each.operation_id: each for each in rows.select_related("operation", "carried_to")}
    operations = {each.minute.operation_id: each.minute.operation for each in lines}
    operations |= {
        each.checkpoint.leg.operation_id: each.checkpoint.leg.operation for each in counts
    }
    operations |= {each.operation_id: each.operation for each in left.values()}
    return [
        trip_on(operation, child, lines, counts, left.get(key))
        for key, operation in operations.items()
    ]


def trip_on(
    operation: Operation,
    child: Person,
    lines: list[Handover],
    counts: list[Count],
    leaving: Leaving | None,
) -> Trip:
    """Return how one operation went for a child."""
    own = {each.pk: each for each in lines if each.minute.operation_id == operation.pk}
    custody = custody_in([child.pk], own)[child.pk]
    stretches = []
    for link in custody.links:
        receiver = own[link.records[0]].minute.receiver
        stretches.append(
            Stretch(holder=receiver.organisation if receiver else BEFORE, since=link.since)
        )
    seen: dict[str, datetime] = {}
    for each in counts:
        if each.checkpoint.leg.operation_id == operation.pk and each.how != SeenHow.TAKEN_BACK:
            seen[each.checkpoint.get_kind_display()] = each.checkpoint.closing.recorded_at
    return Trip(
        operation=operation,
        stretches=tuple(stretches),
        contradicts=custody.broken != (),
        seen=tuple(seen.items()),
        leaving=leaving,
    )
