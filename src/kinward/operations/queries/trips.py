"""How the operations went for one child: who held it, where it was seen, why it did not go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kinward.access.rows import Passage, passage
from kinward.casework.models import Track
from kinward.casework.queries import rows_of
from kinward.casework.tracks import Placement
from kinward.casework.tracks.placement import LIVING
from kinward.operations.models import Count, Handover, Leaving, SeenHow
from kinward.operations.queries.travelling import custody_in, kept_before

if TYPE_CHECKING:
    from datetime import date, datetime

    from kinward.operations.models import Operation
    from kinward.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From when on somebody held a child: by their organisation, never by name."""

    holder: str  # empty: whoever kept the child before, and no minute says who that is
    since: datetime


ENDS: Final = (*LIVING, Placement.BREAKDOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """From which day on a child lives with a carer, or lives with one no more."""

    carer: str  # empty: whom it lives with is not for this reader, or it lives there no more
    since: date
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """One operation as it went for one child."""

    operation: Operation
    before: str  # which house kept the child until then; empty where no minute says it
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


def homes_of(child: Person, *, named: bool) -> list[Home]:
    """Where a child lives after its way, one home after the other, as its case has it.

    `named` says that whoever asks may read where the child is, and with whom.
    """
    with passage(Passage.GATES):
        rows = rows_of(child, Track.PLACEMENT)
    withdrawn = {each.withdraws_id for each in rows}
    return [
        Home(
            carer=each.evidence if named and each.to in LIVING else "",
            since=each.happened_on,
            ended=each.to not in LIVING,
        )
        for each in rows
        if each.to in ENDS and each.pk not in withdrawn
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
    before = kept_before(custody, own, [leaving] if leaving else [])
    stretches = []
    for link in custody.links:
        receiver = own[link.records[0]].minute.receiver
        stretches.append(
            Stretch(holder=receiver.organisation if receiver else before, since=link.since)
        )
    seen: dict[str, datetime] = {}
    for each in counts:
        if each.checkpoint.leg.operation_id == operation.pk and each.how != SeenHow.TAKEN_BACK:
            seen[each.checkpoint.get_kind_display()] = each.checkpoint.closing.recorded_at
    return Trip(
        operation=operation,
        before=before,
        stretches=tuple(stretches),
        contradicts=custody.broken != (),
        seen=tuple(seen.items()),
        leaving=leaving,
    )
