"""Closing a checkpoint, so that the cases of its children follow, and a whole operation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.casework.actions import GateClosed, UnfitStep, follow_step
from kinward.casework.models import Track
from kinward.casework.rules import HandingOver, handing_over
from kinward.casework.tracks import Host, Movement, Next
from kinward.operations import queries
from kinward.operations.actions.standing import StillToExplain, held_checkpoint, held_operation
from kinward.operations.models import (
    CheckpointKind,
    Closing,
    Left,
    Reconciled,
    StillOpen,
    WhyNot,
)
from kinward.operations.queries import BEFORE
from kinward.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.operations.models import Checkpoint, Leaving, Operation
    from kinward.operations.queries import Post, UnderWay

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
LEFT: Final[Mapping[str, str]] = {
    Left.NOT_FLOWN: Movement.NOT_FLOWN,
    Left.ABSENT: Movement.ABSENT,
    Left.MEDEVAC: Movement.MEDEVAC,
    Left.NOT_ADMITTED: Movement.EXPLAINED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A checkpoint that was closed, and the children whose case did not follow."""

    closing: Closing
    behind: tuple[UUID, ...]


@transaction.atomic
def close_checkpoint(*, checkpoint: Checkpoint, by: User, at: datetime) -> Closed:
    """Close a checkpoint: two counts agree, or every difference is explained (gates G6 and G7).

    The tracks of the children follow. Where one does not, because a step does not follow from where
    the track stands or a gate refuses it, what was counted stands all the same.

    Raises:
        NotAllowed, NotFound, UnfitRecord: as `held_checkpoint`.
        StillToExplain: something keeps it open, with all reasons.
    """
    operation = held_checkpoint(checkpoint, to=Permission.LEAD_OPERATION, by=by)
    journey = queries.under_way(operation, user=by)
    post = journey.post(checkpoint)
    if reasons := keeping_open(journey, post, by=by):
        raise StillToExplain(reasons)
    closing = Closing.objects.create(
        checkpoint=checkpoint,
        there=len(post.outcome.present),
        recorded_by=by,
        recorded_at=at,
    )
    told = {"checkpoint": str(checkpoint.pk), "there": closing.there}
    record("operations.closed_checkpoint", operation, by=by, at=at, **told)
    evidence = f"{operation.reference} · {post.label}"
    steps = [
        (child, track, Next(to=to, on=at.date(), evidence=evidence))
        for child in sorted(post.outcome.there)
        for track, to in FOLLOW[checkpoint.kind]
    ]
    steps += [
        (child, Track.MOVEMENT, stayed(leaving, evidence, at))
        for child, leaving in post.away.items()
        if leaving.checkpoint_id == checkpoint.pk
    ]
    return Closed(closing=closing, behind=followed(steps, by=by, at=at))


def keeping_open(journey: UnderWay, post: Post, *, by: User) -> tuple[str, ...]:
    """Return in words everything that keeps a checkpoint open."""
    words = [str(each.label) for each in post.outcome.open]
    if any(each.closing is None for each in journey.before(post)):
        words.append(str(StillOpen.BEFORE_OPEN.label))
    if any(journey.custody[child].broken for child in post.outcome.present & set(journey.custody)):
        words.append(str(StillOpen.BROKEN.label))
    if post.checkpoint.kind == CheckpointKind.HANDED_OVER and post.outcome.present:
        words += of_handing_over(journey, post, by=by)
    return tuple(words)


def of_handing_over(journey: UnderWay, post: Post, *, by: User) -> list[str]:
    """Return what gate G6 says of those who are there, in words."""
    present = post.outcome.present
    holders = {each: journey.custody[each].holder for each in present if each in journey.custody}
    minuted = frozenset(child for child, holder in holders.items() if holder != BEFORE)
    allowed = {each.pk for each in queries.authorised(journey.operation, user=by)}
    receivers = {journey.receivers[holders[child]].pk for child in minuted}
    found = HandingOver(
        authorised=frozenset(allowed),
        receiver=next(iter(receivers - allowed or receivers), None),
        manifest=post.listed,
        not_flown=frozenset(post.away),
        present=present,
        minuted=minuted,
    )
    return [str(each.label) for each in handing_over(found)]


def stayed(leaving: Leaving, evidence: str, at: datetime) -> Next:
    """Return the step of a child that did not go on, with its reason."""
    reason = str(WhyNot(leaving.why).label)
    reason = f"{reason}: {leaving.words}" if leaving.words else reason
    return Next(to=LEFT[leaving.left], on=at.date(), reason=reason, evidence=evidence)


def followed(
    steps: Iterable[tuple[UUID, Track, Next]], *, by: User, at: datetime
) -> tuple[UUID, ...]:
    """Let the tracks of children follow; return whose did not."""
    behind: dict[UUID, None] = {}
    for child, track, wanted in steps:
        try:
            follow_step(child=Person(pk=child), track=track, wanted=wanted, by=by, at=at)
        except (UnfitStep, GateClosed):
            behind[child] = None
    return tuple(behind)


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
    row = Reconciled.objects.create(operation=held, recorded_by=by, recorded_at=at)
    record("operations.reconciled", held, by=by, at=at)
    return row
