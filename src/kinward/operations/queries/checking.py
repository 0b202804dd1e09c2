"""What keeps a checkpoint open, who counts there, and whose wristband that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinward.casework.rules import HandingOver, handing_over
from kinward.operations.models import Band, CheckpointKind, Escort, StillOpen
from kinward.operations.queries.travelling import BEFORE, authorised

if TYPE_CHECKING:
    from uuid import UUID

    from kinward.access.models import User
    from kinward.operations.models import Checkpoint, Operation
    from kinward.operations.queries.travelling import Post, UnderWay


def keeping_open(journey: UnderWay, post: Post, *, user: User) -> tuple[str, ...]:
    """Return in words everything that keeps a checkpoint open."""
    words = [str(each.label) for each in post.outcome.open]
    if any(each.closing is None for each in journey.before(post)):
        words.append(str(StillOpen.BEFORE_OPEN.label))
    if any(journey.custody[child].broken for child in post.outcome.present & set(journey.custody)):
        words.append(str(StillOpen.BROKEN.label))
    if post.checkpoint.kind == CheckpointKind.HANDED_OVER and post.outcome.present:
        words += of_handing_over(journey, post, user=user)
    return tuple(words)


def of_handing_over(journey: UnderWay, post: Post, *, user: User) -> list[str]:
    """Return what gate G6 says of those who are there, in words."""
    present = post.outcome.present
    holders = {each: journey.custody[each].holder for each in present if each in journey.custody}
    minuted = frozenset(child for child, holder in holders.items() if holder != BEFORE)
    allowed = {each.pk for each in authorised(journey.operation, user=user)}
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


def travels_at(checkpoint: Checkpoint, *, user: User) -> bool:
    """Tell whether somebody is an escort on the leg of a checkpoint."""
    own = Escort.objects.filter(
        operation=checkpoint.leg.operation, account=user, end__isnull=True
    ).values_list("over", flat=True)
    return any(not over or checkpoint.leg.number in over for over in own)


def child_of_code(operation: Operation, code: str, *, user: User) -> UUID | None:
    """Whose wristband that is, however its code was typed; None where it is of nobody in it."""
    signs = "".join(each for each in code.upper() if each.isalnum())
    bands = Band.objects.visible_to(user).filter(operation=operation, code=signs)
    return bands.values_list("child", flat=True).first()
