"""Gates G6 to G8: handing over, counting again at every leg, and closing a case.

Of one case they are asked by its steps; of a whole operation by plain values, which are its own.
They are the programme's rules: a minute before witnesses with a line a child, two counters at
every leg, and that bringing a child home closes nothing yet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import IntEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kinward.casework.models import Track, Unmet
from kinward.casework.rules.reuniting import refusals
from kinward.casework.tracks import Host, Movement, Placement
from kinward.casework.tracks.placement import LIVING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from kinward.casework.rules.cases import Case
    from kinward.casework.tracks import Standing

IN_THE_AIR: Final = (Movement.BOARDED, Movement.IN_FLIGHT)
ARRIVED: Final = (Movement.LANDED, Movement.BORDER, Movement.MEDEVAC)
SETTLED: Final = (Placement.STABLE, Placement.CLOSING)
CHECKED_AFTER: Final = timedelta(days=91)  # three months, as the programme counts them


def may_be_handed_over(case: Case) -> tuple[Unmet, ...]:
    """Return why a child may not be handed over (gate G6, as far as one case tells)."""
    host = case.on(Track.HOST_RELEASE)
    minute = host.last(Host.MINUTE, Host.SCHEDULED)  # a line is of the minute of its day
    return refusals(
        (
            (host.last(Host.RECEIVER) is None, Unmet.NO_RECEIVER),
            (minute is None or minute.to != Host.MINUTE, Unmet.NO_MINUTE),
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingOver:
    """Those who are to be handed over at once, and to whom."""

    authorised: frozenset[UUID]  # who may receive children here
    receiver: UUID | None
    manifest: frozenset[UUID]  # the children of the frozen passenger list
    not_flown: frozenset[UUID]  # those recorded as not flying
    present: frozenset[UUID]  # those who are there
    minuted: frozenset[UUID]  # those with a whole line in the minute


def handing_over(found: HandingOver) -> tuple[Unmet, ...]:
    """Return why these children may not be handed over (gate G6)."""
    unnamed = found.receiver is None
    return refusals(
        (
            (unnamed, Unmet.NO_RECEIVER),
            (not unnamed and found.receiver not in found.authorised, Unmet.OTHER_RECEIVER),
            (not found.present <= found.minuted, Unmet.NO_MINUTE),
            (found.present != found.manifest - found.not_flown, Unmet.NOT_AS_LISTED),
        )
    )


def accounted_for(case: Case) -> tuple[Unmet, ...]:
    """Return what nobody says of a child that set out (gate G7, as far as one case tells)."""
    movement = case.on(Track.MOVEMENT)
    explained = movement.last(Movement.EXPLAINED) is not None
    return refusals(
        (
            (movement.position in IN_THE_AIR, Unmet.NOT_LANDED),
            (movement.position in ARRIVED and not explained, Unmet.NOT_ADMITTED),
        )
    )


class Leg(IntEnum):
    """Where the children of an operation are counted, in this order."""

    HANDED_OVER = 1
    BOARDED = 2
    LANDED = 3
    ADMITTED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many children one person counted."""

    children: int
    by: UUID


def counting(counts: Mapping[Leg, Sequence[Count]], explained: int = 0) -> tuple[Unmet, ...]:
    """Return why an operation may not be closed by its counts (gate G7).

    Every leg is counted again by two: handed over = boarded = landed = admitted + explained.
    """
    legs = [counts.get(leg, ()) for leg in Leg]
    seen = [{one.children for one in leg} for leg in legs]
    by = [{one.by for one in leg} for leg in legs]
    last = {each + explained for each in seen[-1]}
    sums = [each for each in (*seen[:-1], last) if len(each) == 1]
    return refusals(
        (
            (any(not leg for leg in legs), Unmet.NOT_COUNTED),
            (any(len(each) == 1 for each in by), Unmet.ONE_COUNTER),
            (any(len(each) > 1 for each in seen), Unmet.COUNTS_DIFFER),
            (any(one != other for one, other in pairwise(sums)), Unmet.RESIDUAL),
        )
    )


def may_close(case: Case) -> tuple[Unmet, ...]:
    """Return why a case may not be closed (gate G8): bringing a child home closes nothing yet.

    Once a case was opened again, everybody is asked anew.
    """
    placement = since_reopened(case.on(Track.PLACEMENT))
    moved, visited = case.on(Track.PLACEMENT).last(*LIVING), placement.last(Placement.FOLLOW_UP)
    checked = moved and visited and visited.on - moved.on >= CHECKED_AFTER
    return refusals(
        (
            (placement.position not in SETTLED, Unmet.NOT_STABLE),
            (placement.last(Placement.CHILD_HEARD) is None, Unmet.CHILD_NOT_HEARD),
            (placement.last(Placement.CARER_HEARD) is None, Unmet.CARER_NOT_HEARD),
            (placement.last(Placement.FEEDBACK) is None, Unmet.NO_FEEDBACK),
            (placement.last(Placement.RETENTION) is None, Unmet.NO_RETENTION),
            (not checked, Unmet.NO_CHECK),
        )
    )


def since_reopened(placement: Standing) -> Standing:
    """Return a track with the steps alone that were taken since the case was opened last."""
    opened = placement.last(Placement.REOPENED)
    steps = placement.steps
    later = steps[steps.index(opened) + 1 :] if opened else steps
    return replace(placement, steps=later)
