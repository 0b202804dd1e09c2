"""What stands of a child at a closed checkpoint, and which custody is still open to records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinward.operations.models import Amendment
from kinward.operations.rules import BEFORE_ALL, Stands

if TYPE_CHECKING:
    from uuid import UUID

    from kinward.access.models import User
    from kinward.operations.models import Leaving
    from kinward.operations.queries.travelling import Post, UnderWay


def stands_of(journey: UnderWay, post: Post, child: UUID, *, asked: bool = False) -> Stands:
    """What stands of a child at a checkpoint; `asked` if something is said of it and waits."""
    leaving, custody = post.away.get(child), journey.custody.get(child)
    links = custody.links if custody else ()
    return Stands(
        closed=post.closing is not None,
        listed=child in post.listed,
        present=child in post.outcome.present,
        away=leaving.why if leaving else None,
        lines=frozenset(record for link in links for record in link.records),
        asked=asked,
    )


def is_asked(post: Post, child: UUID, *, user: User) -> bool:
    """Tell whether something is said of a child at a checkpoint, and waits for another person."""
    rows = Amendment.objects.visible_to(user).filter(checkpoint=post.checkpoint, child=child)
    return rows.filter(answer__isnull=True).exists()


def left_at(journey: UnderWay, child: UUID) -> dict[Leaving, int]:
    """What stands of how a child did not go on, with the number of the checkpoint on the way."""
    turn = {each.checkpoint.pk: number for number, each in enumerate(journey.posts)}
    return {
        each: turn.get(each.checkpoint_id, 0) if each.checkpoint_id else BEFORE_ALL
        for each in journey.leavings
        if each.child_id == child
    }
