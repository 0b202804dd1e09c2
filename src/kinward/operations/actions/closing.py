"""Closing a checkpoint, so that the cases of its children follow, and a whole operation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.timezone import localdate

from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.casework.actions import GateClosed, UnfitStep, follow_step
from kinward.casework.models import Track
from kinward.casework.tracks import Host, Movement, Next
from kinward.operations import queries
from kinward.operations.actions.leaving import step_of
from kinward.operations.actions.standing import StillToExplain, held_checkpoint, held_operation
from kinward.operations.models import (
    CheckpointKind,
    Closing,
    Reconciled,
)
from kinward.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from typing import TypeAlias
    from uuid import UUID

    from kinward.access.models import User
    from kinward.operations.models import Checkpoint, Operation
    from kinward.operations.queries import Post, UnderWay

    Taking: TypeAlias = tuple[UUID, Track, Next]  # a step of a track of a child

# Which steps of which track follow from being there when a checkpoint is closed, in their order.
FOLLOW: Final[Mapping[str, tuple[tuple[Track, str], ...]]] = {
    CheckpointKind.HANDED_OVER: (
        (Track.HOST_RELEASE, Host.RECEIVER),
        (Track.HOST_RELEASE, Host.MINUTE),
        (Track.HOST_RELEASE, Host.HANDED_OVER),
    ),
    CheckpointKind.BOARDED: ((Track.MOVEMENT, Movement.BOARDED),),
    CheckpointKind.LANDED: ((Track.MOVEMENT, Movement.LANDED),),
    CheckpointKind.BORDER: ((Track.MOVEMENT, Movement.BORDER),),
    CheckpointKind.ADMITTED: ((Track.MOVEMENT, Movement.ADMITTED),),
    CheckpointKind.DISCHARGED: ((Track.MOVEMENT, Movement.DISCHARGED),),
}
# Where children go through a kind of checkpoint twice, their case follows the first; else the last.
AT_FIRST: Final = (CheckpointKind.HANDED_OVER, CheckpointKind.BOARDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A checkpoint that was closed, and the children whose case did not follow."""

    closing: Closing
    behind: tuple[UUID, ...]


@transaction.atomic
def close_checkpoint(*, checkpoint: Checkpoint, by: User, at: datetime) -> Closed:
    """Close a checkpoint: two counts agree, or every difference is explained (gates G6 and G7).

    The tracks of the children follow, and one that fell behind at a checkpoint before catches up.
    Where one does not, because a step does not follow from where the track stands or a gate refuses
    it, what was counted stands all the same.

    Raises:
        NotAllowed, NotFound, UnfitRecord: as `held_checkpoint`.
        StillToExplain: something keeps it open, with all reasons.
    """
    operation = held_checkpoint(checkpoint, to=Permission.LEAD_OPERATION, by=by)
    journey = queries.under_way(operation, user=by)
    post = journey.post(checkpoint)
    if reasons := queries.keeping_open(journey, post, user=by):
        raise StillToExplain(reasons)
    closing = Closing.objects.create(
        checkpoint=checkpoint,
        there=len(post.outcome.present),
        recorded_by=by,
        recorded_at=at,
    )
    told = {"checkpoint": str(checkpoint.pk), "there": closing.there}
    record("operations.closed_checkpoint", operation, by=by, at=at, **told)
    steps = [*counted(journey, post, at=at)]
    steps += [
        (child, Track.MOVEMENT, step_of(leaving, f"{operation.reference} · {post.label}", at))
        for child, leaving in post.away.items()
        if leaving.checkpoint_id == checkpoint.pk
    ]
    before = [each for one in journey.before(post) for each in counted(journey, one, at=at)]
    return Closed(closing=closing, behind=followed(steps, before, by=by, at=at))


def counted(journey: UnderWay, post: Post, *, at: datetime) -> Iterable[Taking]:
    """Return the steps that follow from who was there at a checkpoint, in their order.

    A leg by road may have a landing of its own: of several checkpoints of a kind that a child goes
    through, its case follows one.
    """
    kind = post.checkpoint.kind
    evidence = f"{journey.operation.reference} · {post.label}"
    for child in sorted(post.outcome.there):
        own = [one for one in journey.posts if one.checkpoint.kind == kind and child in one.listed]
        if own and own[0 if kind in AT_FIRST else -1] != post:
            continue
        for track, to in FOLLOW[kind]:
            yield child, track, Next(to=to, on=localdate(at), evidence=evidence)


def followed(
    steps: Iterable[Taking], before: Sequence[Taking] = (), *, by: User, at: datetime
) -> tuple[UUID, ...]:
    """Let the tracks of children follow; return whose did not.

    Where a step does not follow yet, the journey first catches up with what was counted `before`.
    """
    behind: dict[UUID, None] = {}
    for step in steps:
        if took(step, by=by, at=at):
            continue
        for earlier in before:
            if earlier[:2] == (step[0], Track.MOVEMENT):
                took(earlier, by=by, at=at)
        if not took(step, by=by, at=at):
            behind[step[0]] = None
    return tuple(behind)


def took(step: Taking, *, by: User, at: datetime) -> bool:
    """Let the track of a child follow; tell whether it did."""
    child, track, wanted = step
    try:
        follow_step(child=Person(pk=child), track=track, wanted=wanted, by=by, at=at)
    except (UnfitStep, GateClosed):
        return False
    return True


@transaction.atomic
def close_operation(*, operation: Operation, by: User, at: datetime) -> Reconciled:
    """Close a whole operation: every child of its plan is accounted for, up to the last checkpoint.

    Raises:
        NotAllowed, NotFound, UnfitRecord: as `held_operation`.
        StillToExplain: something keeps it open, with all reasons.
    """
    held = held_operation(operation, to=Permission.LEAD_OPERATION, by=by)
    journey = queries.under_way(held, user=by)
    found = queries.reconciliation_of(journey, user=by)
    if found.open:
        raise StillToExplain(tuple(str(each.label) for each in found.open))
    for post in journey.posts:  # who fell behind at the last checkpoint catches up here
        for step in counted(journey, post, at=at):
            if step[1] == Track.MOVEMENT:
                took(step, by=by, at=at)
    row = Reconciled.objects.create(operation=held, recorded_by=by, recorded_at=at)
    record("operations.reconciled", held, by=by, at=at)
    return row
