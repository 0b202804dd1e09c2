"""Where one value stands at a time: an entry that does not know of another one waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kinward.field.models import Conflict, Single
from kinward.field.rules import differing

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from kinward.field.models import Entry


class PlacedSingle(NamedTuple):
    """Whether what an entry says is to be done, and the conflict if it has to wait."""

    applies: bool
    conflict: Conflict | None = None


def place_single(
    entry: Entry,
    *,
    key: str,
    child: UUID,
    answers: Mapping[str, Any],
    asked: Collection[str],
) -> PlacedSingle:
    """Keep what an entry says in a place of one value, and tell whether it is to be done.

    It waits where another phone said otherwise in one of the questions `asked`, after what this
    one had seen. A phone never waits for itself; what was said already is not done again.
    """
    told = Single.objects.filter(key=key).order_by("seq")
    last = told.last()
    if last is not None and differs(last, answers, asked) == []:
        return PlacedSingle(applies=False)
    rival = told.filter(seq__gt=entry.base).exclude(device=entry.device).last()
    mine = Single.objects.create(
        entry=entry,
        device=entry.device,
        account=entry.account,
        seq=entry.seq,
        key=key,
        child_id=child,
        answers=dict(answers),
        received_at=entry.received_at,
    )
    if rival is None or not (questions := differs(rival, answers, asked)):
        return PlacedSingle(applies=True)
    conflict = Conflict.objects.create(
        kind=entry.kind,
        child_id=child,
        account=entry.account,
        first=rival,
        second=mine,
        questions=questions,
        found_at=entry.received_at,
    )
    return PlacedSingle(applies=False, conflict=conflict)


def differs(other: Single, answers: Mapping[str, Any], asked: Collection[str]) -> list[str]:
    """Return which of the questions are answered differently."""
    return [name for name in differing(other.answers, answers) if name in asked]
