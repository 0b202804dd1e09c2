"""Which records are of one child by what was judged of them: plain rules on plain values."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kinward.people.models import Found

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID


class Judged(NamedTuple):
    """What two people agreed on about two records, in the order it was agreed."""

    id: UUID
    first: UUID
    second: UUID
    found: Found
    takes_back: UUID | None = None


def standing_mergings(judged: Iterable[Judged]) -> list[Judged]:
    """Return what stands of what was judged about records: all that was not taken back."""
    listed = list(judged)
    back = {each.takes_back for each in listed}
    return [each for each in listed if each.takes_back is None and each.id not in back]


def records_of_one_child(judged: Iterable[Judged]) -> list[tuple[UUID, ...]]:
    """Return the records that are of one child each, two or more, first registered first.

    Records are of one child as far as a chain of judgements that stand connects them.
    """
    together: dict[UUID, set[UUID]] = {}
    for each in standing_mergings(judged):
        if each.found == Found.ONE_CHILD:
            both = together.get(each.first, {each.first}) | together.get(each.second, {each.second})
            together.update(dict.fromkeys(both, both))
    return sorted({tuple(sorted(records)) for records in together.values()})


class Misfit(StrEnum):
    """Why two records cannot be judged so."""

    ONE_ALREADY = "one_already"  # they are of one child by what stands
    TWO_ALREADY = "two_already"  # they were told apart, and that stands
    NOTHING = "nothing"  # nothing stands between the two that could be taken back


def judged_between(one: UUID, other: UUID, judged: Iterable[Judged]) -> Judged | None:
    """Return the judgement on exactly these two records that stands, if one does."""
    both = (min(one, other), max(one, other))
    standing = (each for each in standing_mergings(judged) if (each.first, each.second) == both)
    return next(standing, None)


def misfit(found: Found, one: UUID, other: UUID, judged: Collection[Judged]) -> Misfit | None:
    """Return why that cannot be judged of two records as things stand, or None.

    Records that are of one child are never judged so again: so taking any one judgement back always
    parts a child's records in exactly two.
    """
    if found == Found.TAKEN_BACK:
        return None if judged_between(one, other, judged) else Misfit.NOTHING
    ours, theirs = records_with(one, judged), records_with(other, judged)
    if other in ours:
        return Misfit.ONE_ALREADY
    apart = any(
        judged_between(each, beside, judged) is not None for each in ours for beside in theirs
    )
    return Misfit.TWO_ALREADY if apart else None


def records_with(record: UUID, judged: Iterable[Judged]) -> tuple[UUID, ...]:
    """Return all records of the child whose record this is, itself among them."""
    together = records_of_one_child(judged)
    return next((records for records in together if record in records), (record,))


def parted(
    taken_back: Judged, judged: Iterable[Judged]
) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
    """Return how a child's records stand apart once a judgement on two of them is taken back."""
    left = [each for each in judged if each.id != taken_back.id]
    return records_with(taken_back.first, left), records_with(taken_back.second, left)
