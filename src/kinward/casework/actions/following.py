"""Having a track follow anew, after another room corrected what it had followed from."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from django.db import transaction

from kinward.access.rows import Passage, passage
from kinward.audit.actions import record
from kinward.casework.actions.steps import GateClosed, _append, _rows, follow

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from kinward.access.models import User
    from kinward.casework.models import Track
    from kinward.casework.tracks import Next
    from kinward.people.models import Person


@transaction.atomic
@passage(Passage.GATES)
def follow_anew(  # noqa: PLR0913 (what followed, what follows now, and why)
    *,
    child: Person,
    track: Track,
    evidence: Collection[str],
    wanted: Sequence[Next],
    reason: str,
    by: User,
    at: datetime,
) -> bool:
    """Have a track follow what another room says now, and tell whether it does to the end.

    `evidence` is what the steps that followed before name it, in each language; `wanted` are those
    that follow now, in their order. Whether `by` may was asked there. From the first that differs
    all is withdrawn and taken anew, however the corrections came. Where somebody took another step
    since, that stands, and only what does not follow any more is withdrawn.
    """
    held = _rows(child, track)
    standing = {each.id for each in held.standing.steps}
    own = [row for row in held.rows if row.pk in standing and row.evidence in evidence]
    since = held.standing.since
    if since is None or since.id in {row.pk for row in own}:
        pairs = zip((row.to for row in own), (each.to for each in wanted), strict=False)
        kept = {one for one, _other in takewhile(lambda pair: pair[0] == pair[1], pairs)}
    else:
        kept = {row.to for row in own} & {each.to for each in wanted}
    for row in reversed([each for each in own if each.to not in kept]):
        said = {"happened_on": at.date(), "reason": reason.strip(), "taken_by": by, "taken_at": at}
        held.rows.append(_append(held, track, withdraws_id=row.pk, **said))
        told = {"step": str(row.pk), "track": track, "to": row.to}
        record("casework.withdrew_step", held.child, by=by, at=at, **told)
    missing = [each for each in wanted if each.to not in kept]
    return [each for each in missing if not followed(child, track, each, by=by, at=at)] == []


def followed(child: Person, track: Track, wanted: Next, *, by: User, at: datetime) -> bool:
    """Let a track follow; tell whether it did."""
    said = {"on": wanted.on, "reason": wanted.reason, "evidence": wanted.evidence}
    try:
        return follow(child, track, wanted.to, by=by, at=at, **said) is not None
    except GateClosed:
        return False
