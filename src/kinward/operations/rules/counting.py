"""Whether two counts agree, who is missing, what may be closed, and where children stayed behind.

Nobody is counted away: every child on a list, and every child that anybody saw, is in exactly one
part of an outcome, and every child that did not come to the next stage is named with its reason or
as unexplained.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kinward.operations.models.counting import StillOpen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

COUNTERS: Final = 2  # who count each checkpoint, unseen by each other


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Sighting:
    """That a counter saw a child at a checkpoint; or, `there` being false, that they did not."""

    at: datetime
    id: UUID
    counter: UUID
    child: UUID
    there: bool = True


def seen_by(sightings: Iterable[Sighting]) -> dict[UUID, frozenset[UUID]]:
    """Return whom each counter saw: their last word about each child, in whatever order it came."""
    last = {(each.counter, each.child): each.there for each in sorted(set(sightings))}
    seen: dict[UUID, set[UUID]] = {counter: set() for counter, _child in last}
    for (counter, child), there in last.items():
        if there:
            seen[counter].add(child)
    return {counter: frozenset(children) for counter, children in seen.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What two counts of a checkpoint come to. No child is in two of its parts."""

    finished: int  # counters who said that they are done
    there: frozenset[UUID]  # on the list, and there
    away: frozenset[UUID]  # on the list, not there, and somebody said why
    missing: frozenset[UUID]  # on the list, not there, and nobody said why
    disputed: frozenset[UUID]  # seen by one and not by another, and nobody said who is right
    unexpected: frozenset[UUID]  # there, and not on the list
    back: frozenset[UUID]  # there, though somebody said why not
    open: tuple[StillOpen, ...]  # why it may not be closed yet

    @property
    def present(self) -> frozenset[UUID]:
        """All that are there, whether they should be or not."""
        return self.there | self.unexpected | self.back


def outcome(
    listed: Collection[UUID],
    away: Collection[UUID],
    seen: Mapping[UUID, frozenset[UUID]],
    finished: Collection[UUID],
    settled: Mapping[UUID, bool],
) -> Outcome:
    """Return what the counts of a checkpoint come to.

    Args:
        listed: the children of the frozen manifest.
        away: those of whom somebody said why they are not there.
        seen: whom each counter saw.
        finished: the counters who said that they are done.
        settled: of whom it was decided, with a reason, that they are there or not.
    """
    lists = [seen.get(counter, frozenset()) for counter in sorted(finished)]
    some = frozenset().union(*lists)
    every = some.intersection(*lists)
    there = {each for each in every if settled.get(each, True)}
    there |= {child for child, is_there in settled.items() if is_there}
    disputed = frozenset(some - every - set(settled))
    gone = set(listed) - there - disputed
    parts = {
        "there": frozenset(there & (set(listed) - set(away))),
        "away": frozenset(gone & set(away)),
        "missing": frozenset(gone - set(away)),
        "disputed": disputed,
        "unexpected": frozenset(there - set(listed)),
        "back": frozenset(there & set(listed) & set(away)),
    }
    keeping = (
        (len(lists) < COUNTERS, StillOpen.NEED_TWO),
        (bool(disputed), StillOpen.DISPUTED),
        (bool(parts["missing"]), StillOpen.MISSING),
        (bool(parts["unexpected"]), StillOpen.UNEXPECTED),
        (bool(parts["back"]), StillOpen.BACK),
    )
    found = tuple(word for holds, word in keeping if holds)
    return Outcome(finished=len(lists), open=found, **parts)


def missing_for(
    listed: Collection[UUID], away: Collection[UUID], seen: Collection[UUID]
) -> frozenset[UUID]:
    """Return whom one counter has yet to see."""
    return frozenset(listed) - frozenset(away) - frozenset(seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Which children came so far. Its `key` names it: a checkpoint, or where a track stands."""

    key: str
    children: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Between two stages: who did not go on and why, who did and was not there before."""

    before: Stage
    after: Stage
    fell: Mapping[UUID, str]  # each with its reason
    unexplained: frozenset[UUID]
    joined: frozenset[UUID]

    @property
    def balances(self) -> bool:
        """Tell whether every child is accounted for."""
        return not self.unexplained and not self.joined


def gaps(stages: Sequence[Stage], reasons: Mapping[tuple[str, UUID], str]) -> tuple[Gap, ...]:
    """Return what lies between each stage and the next.

    `reasons` say of a stage and a child why it did not come so far.
    """
    return tuple(gap(before, after, reasons) for before, after in pairwise(stages))


def gap(before: Stage, after: Stage, reasons: Mapping[tuple[str, UUID], str]) -> Gap:
    """Return what lies between two stages."""
    stayed = before.children - after.children
    told = {each: said for each in stayed if (said := reasons.get((after.key, each), ""))}
    return Gap(
        before=before,
        after=after,
        fell=told,
        unexplained=stayed - set(told),
        joined=after.children - before.children,
    )


def keeps_open(between: Iterable[Gap], *, uncounted: bool, broken: bool) -> tuple[StillOpen, ...]:
    """Return why an operation may not be closed.

    `between` are the gaps up to the last checkpoint: what comes later takes weeks. `uncounted`
    says that a checkpoint is not closed; `broken` that records contradict each other about who
    holds a child.
    """
    listed = list(between)
    found = (
        (uncounted, StillOpen.NOT_COUNTED),
        (any(each.unexplained for each in listed), StillOpen.UNEXPLAINED),
        (any(each.joined for each in listed), StillOpen.JOINED),
        (broken, StillOpen.BROKEN),
    )
    return tuple(word for holds, word in found if holds)
