"""What follows from judging that two records are of one child, and from taking it back.

Nothing is moved: both records stay as they were told. What changes is what is derived of them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from kinward.tracing.models import SETTLED, Verdict
from kinward.tracing.rules.claims import is_locked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from kinward.tracing.rules.claims import Claim, Decided


OPPOSITE: Final = {
    Verdict.CONFIRMED: Verdict.REJECTED,
    Verdict.REJECTED: Verdict.CONFIRMED,
}


class Beside(NamedTuple):
    """One candidate of a child with several records, and what became of it."""

    id: UUID
    child: UUID  # the record it is of
    verdict: Verdict
    looked_at: bool  # somebody gave an opinion, or it was judged


class Record(NamedTuple):
    """What stands of a child in some of its records."""

    claims: tuple[Claim, ...]
    decided: Decided | None  # between those claims
    settled: frozenset[tuple[UUID, Verdict]]  # who is sought, and what was found of them
    traced: bool


class Effect(StrEnum):
    """What changes where two records are judged to be of one child, or stand apart again."""

    JUDGED_DIFFERENTLY = "judged_differently"  # as the same sought person
    LOCKED = "locked"  # by several claimants, and was not
    UNLOCKED = "unlocked"
    ONE_IN_LISTS = "one_in_lists"
    COMPARED_AS_ONE = "compared_as_one"
    NOT_COMPARED = "not_compared"  # one of the two has no lawful basis
    APART_IN_LISTS = "apart_in_lists"
    OFFERED_AGAIN = "offered_again"  # two records told apart, as what may be one child
    OPINIONS_STAY = "opinions_stay"  # with the record they were given on
    SEARCHES_GO_ON = "searches_go_on"


def in_front(candidates: Iterable[Beside]) -> list[Beside]:
    """Return which candidates of one child for one sought person are shown, of all its records.

    One alone, unless its records were judged differently: then one of each judgement.
    """
    listed = sorted(candidates, key=lambda each: (not each.looked_at, each.child))
    settled = {each.verdict: each for each in reversed(listed) if each.verdict in SETTLED}
    return sorted(settled.values(), key=lambda each: each.verdict) or listed[:1]


def effects_of_merging(one: Record, other: Record, both: Record) -> list[Effect]:
    """Return what follows if two records are judged to be of one child, the gravest first."""
    found = []
    opposed = {(sought, OPPOSITE[verdict]) for sought, verdict in one.settled}
    if opposed & other.settled:
        found.append(Effect.JUDGED_DIFFERENTLY)
    if locked(both) and not (locked(one) or locked(other)):
        found.append(Effect.LOCKED)
    found.append(Effect.ONE_IN_LISTS)
    found.append(Effect.COMPARED_AS_ONE if one.traced and other.traced else Effect.NOT_COMPARED)
    return [*found, Effect.SEARCHES_GO_ON]


def effects_of_parting(one: Record, other: Record, both: Record) -> list[Effect]:
    """Return what follows if that is taken back, the gravest first."""
    found = []
    if locked(both) and not (locked(one) or locked(other)):
        found.append(Effect.UNLOCKED)
    found.append(Effect.APART_IN_LISTS)
    if both.settled:
        found.append(Effect.OPINIONS_STAY)
    return [*found, Effect.SEARCHES_GO_ON]


def locked(record: Record) -> bool:
    """Tell whether the child of these records waits for a decision between claimants."""
    return is_locked(record.claims, record.decided)
