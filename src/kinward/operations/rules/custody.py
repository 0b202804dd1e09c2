"""Who holds each child at any moment, from records that come late, out of order or twice.

One custodian always holds a child: the one to whom it was handed last, else the one it was with
before. Nothing else takes a child from its custodian: neither a count, nor that it was absent.
Records that contradict each other are kept and shown, and what is derived from them is the same in
whatever order they arrive.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from kinward.operations.models.counting import Breach

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """That a child was handed from one custodian to another, as one person recorded it.

    `corrects` names the record in whose place it stands. One that is `void` stands for nothing:
    what it corrects did not happen.
    """

    at: datetime  # when it happened
    recorded_at: datetime
    id: UUID
    child: UUID
    giver: str
    receiver: str
    corrects: UUID | None = None
    void: bool = False

    @property
    def turn(self) -> tuple[str, ...]:
        """Where it stands among all records: by when it happened, then by when it came."""
        when = (self.at.astimezone(UTC).isoformat(), self.recorded_at.astimezone(UTC).isoformat())
        said = (self.giver, self.receiver, str(self.corrects), str(self.void))
        return (*when, str(self.id), *said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """From a moment on a custodian holds the child, by these records of one handing over."""

    holder: str
    giver: str
    since: datetime
    records: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """Where a record contradicts those before it, and who held the child by them."""

    breach: Breach
    record: UUID
    held_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """Who held a child, one after the other; before the first of these, its `origin` did."""

    child: UUID
    origin: str
    links: tuple[Link, ...] = ()
    broken: tuple[Broken, ...] = ()

    @property
    def holder(self) -> str:
        """Who holds the child by the last record."""
        return self.links[-1].holder if self.links else self.origin

    def holder_at(self, moment: datetime) -> str:
        """Who held the child at a moment."""
        found = [each.holder for each in self.links if each.since <= moment]
        return found[-1] if found else self.origin


def custody_of(child: UUID, origin: str, records: Iterable[Passed]) -> Custody:
    """Return who held a child, of all records of an operation in any order."""
    own = {each for each in records if each.child == child}
    links: list[Link] = []
    broken = corrected_twice(own, origin)
    waiting = sorted(standing(own), key=lambda each: each.turn)
    while waiting:
        held = links[-1].holder if links else origin
        following = next_of(waiting, held)
        waiting.remove(following)
        if links and says_again(links[-1], following):
            last = links.pop()
            links.append(
                Link(
                    holder=last.holder,
                    giver=last.giver,
                    since=last.since,
                    records=(*last.records, following.id),
                )
            )
            continue
        if following.giver != held:
            broken.append(Broken(breach=Breach.NOT_HOLDING, record=following.id, held_by=held))
        links.append(
            Link(
                holder=following.receiver,
                giver=following.giver,
                since=following.at,
                records=(following.id,),
            )
        )
    return Custody(child=child, origin=origin, links=tuple(links), broken=tuple(broken))


def standing(records: Iterable[Passed]) -> list[Passed]:
    """Return the records that nothing stands in the place of."""
    listed = list(records)
    corrected = {each.corrects for each in listed if each.corrects != each.id}
    return [each for each in listed if each.id not in corrected and not each.void]


def corrected_twice(records: Iterable[Passed], origin: str) -> list[Broken]:
    """Return the corrections that stand for one record beside another that says otherwise."""
    listed = sorted(records, key=lambda each: each.turn)
    corrected = {each.corrects for each in listed if each.corrects != each.id}
    last = [each for each in listed if each.corrects and each.id not in corrected]
    times = Counter(each.corrects for each in last)
    return [
        Broken(breach=Breach.CORRECTED_TWICE, record=each.id, held_by=origin)
        for each in last
        if times[each.corrects] > 1
    ]


def next_of(waiting: list[Passed], held: str) -> Passed:
    """Return what happened next: of records of one moment, one by whoever holds the child."""
    together = [each for each in waiting if each.at == waiting[0].at]
    return next((each for each in together if each.giver == held), together[0])


def says_again(last: Link, record: Passed) -> bool:
    """Tell whether a record says of the last handing over what was said before (by a witness)."""
    return (record.giver, record.receiver) == (last.giver, last.holder)


def by_holder(custody: Iterable[Custody], moment: datetime) -> Mapping[str, frozenset[UUID]]:
    """Return which children each custodian held at a moment. Each child is with exactly one."""
    found: defaultdict[str, set[UUID]] = defaultdict(set)
    for each in custody:
        found[each.holder_at(moment)].add(each.child)
    return {holder: frozenset(children) for holder, children in found.items()}
