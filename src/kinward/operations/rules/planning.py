"""Who of a plan is clear to fly, who would be if one thing were settled, and who goes with them.

A child is clear by gate G4 as casework asks it: its own reasons, and siblings who would stay behind
(G5). Here the same is asked of a whole plan at once, and again with a class of reasons lifted.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from kinward.casework.models import Unmet
from kinward.operations.models.words import Obstacle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

# Which reasons of gate G4 belong together. That a sibling waits is no class: it follows from them.
REASONS: Final[Mapping[Obstacle, frozenset[Unmet]]] = {
    Obstacle.IDENTITY: frozenset({Unmet.NOT_KNOWN}),
    Obstacle.LEAVE: frozenset({Unmet.NO_LEAVE}),
    Obstacle.DOCUMENTS: frozenset({Unmet.NO_DOCUMENT, Unmet.NAME_UNCHECKED}),
    Obstacle.ESCORTS: frozenset({Unmet.NO_ESCORT}),
    Obstacle.FITNESS: frozenset({Unmet.NOT_FIT}),
    Obstacle.INTERESTS: frozenset({Unmet.NO_ASSESSMENT}),
    Obstacle.CARE: frozenset({Unmet.NOBODY_RECEIVES}),
    Obstacle.HOLDS: frozenset({Unmet.HELD}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A child as far as planning needs it: what speaks against its flying on the day, and kin."""

    own: frozenset[Unmet] = frozenset()  # reasons of its own, siblings apart
    siblings: frozenset[UUID] = frozenset()  # on record, whether or not on the plan
    may_part: bool = False  # it was decided that they may travel apart
    waits_for_nothing: bool = False  # has flown, or is no case any more


@dataclass(frozen=True, slots=True, kw_only=True)
class IfSettled:
    """What would follow if a class of reasons were settled for everybody."""

    obstacle: Obstacle
    stopped: int  # children with such a reason
    more: frozenset[UUID]  # who would be clear then, and is not now


def reasons(
    key: UUID, children: Mapping[UUID, Child], lifted: frozenset[Unmet] = frozenset()
) -> frozenset[Unmet]:
    """Return why a child is not clear, with some reasons lifted for everybody."""
    child = children[key]
    left = [one for one in child.siblings if one in children and stays(children[one], lifted)]
    waiting = {Unmet.SIBLING_WAITS} if left and not child.may_part else set()
    return (child.own - lifted) | waiting


def stays(child: Child, lifted: frozenset[Unmet]) -> bool:
    """Tell whether a child would stay behind by reasons of its own."""
    return not child.waits_for_nothing and bool(child.own - lifted)


def clear(
    keys: Iterable[UUID],
    children: Mapping[UUID, Child],
    lifted: frozenset[Unmet] = frozenset(),
) -> frozenset[UUID]:
    """Return which of these children are clear to fly."""
    return frozenset(key for key in keys if not reasons(key, children, lifted))


def if_settled(keys: Iterable[UUID], children: Mapping[UUID, Child]) -> list[IfSettled]:
    """Return what settling each class of reasons would bring, the most children first."""
    listed = list(keys)
    now = clear(listed, children)
    found = []
    for obstacle, lifted in REASONS.items():
        kin = {one for key in listed for one in (key, *children[key].siblings) if one in children}
        if not any(children[one].own & lifted for one in kin):
            continue
        stopped = sum(bool(children[key].own & lifted) for key in listed)
        more = clear(listed, children, lifted) - now
        found.append(IfSettled(obstacle=obstacle, stopped=stopped, more=more))
    return sorted(found, key=lambda each: (-len(each.more), -each.stopped, each.obstacle))


def groups(keys: Iterable[UUID], children: Mapping[UUID, Child]) -> list[frozenset[UUID]]:
    """Return the children of a plan who are siblings, each group of two or more once."""
    listed = list(keys)
    at = {key: {key} for key in listed}
    for key in listed:
        for one in children[key].siblings & at.keys():
            joined = at[key] | at[one]
            for each in joined:
                at[each] = joined
    found = {frozenset(group) for group in at.values() if len(group) > 1}
    return sorted(found, key=lambda group: min(listed.index(key) for key in group))


def split(over: Mapping[UUID, tuple[int, ...]], children: Mapping[UUID, Child]) -> frozenset[UUID]:
    """Return who of a plan travels apart from a sibling without a decision (gate G5).

    A sibling that is not on the plan counts if it has neither flown nor stays behind by reasons of
    its own: gate G4 names the latter.
    """
    apart = set()
    for key in over:
        child = children[key]
        for one in child.siblings:
            gone = one in children and children[one].waits_for_nothing
            behind = one in children and stays(children[one], frozenset())
            missing = one not in over and not gone and not behind
            if not child.may_part and (missing or (one in over and over[one] != over[key])):
                apart.add(key)
    return frozenset(apart)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Up to which age how many children one escort looks after."""

    under: int  # years
    children: int
    why: str


@cache
def bands() -> tuple[Band, ...]:
    """Return the age bands in their order; see data/escorts.toml for where they come from."""
    text = files("kinward.operations.data").joinpath("escorts.toml").read_text("utf-8")
    told: list[dict[str, Any]] = tomllib.loads(text)["bands"]
    return tuple(sorted((Band(**one) for one in told), key=lambda band: band.under))


def age_on(born: date, day: date) -> int:
    """Return how many years somebody has completed on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def band_of(born: date | None, day: date) -> Band:
    """Return the band of a child by the last day on which it can be born; unknown: the youngest."""
    listed = bands()
    if born is None:
        return listed[0]
    years = age_on(born, day)
    return next((band for band in listed if years < band.under), listed[-1])


def escorts_needed(births: Iterable[date | None], day: date) -> int:
    """Return how many escorts these children need: each takes a share of one."""
    return ceil(sum(Fraction(1, band_of(born, day).children) for born in births))


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a leg offers, and what is asked of it."""

    number: int  # of the leg
    seats: int
    cots: int
    seated: int  # children in seats, and escorts
    in_cots: int
    escorts: int
    needed: int  # escorts, by the ages of the children
    carried: int  # children that the escorts take at most, as they were named

    @property
    def children(self) -> int:
        """Return how many children travel on it."""
        return self.seated - self.escorts + self.in_cots

    @property
    def short(self) -> bool:
        """Tell whether there are too few seats or cots."""
        return self.seated > self.seats or self.in_cots > self.cots

    @property
    def unescorted(self) -> bool:
        """Tell whether there are too few escorts."""
        return self.escorts < self.needed or self.carried < self.children


def per_leg(over: Mapping[UUID, tuple[int, ...]]) -> dict[int, list[UUID]]:
    """Return who travels on each leg."""
    found: defaultdict[int, list[UUID]] = defaultdict(list)
    for key, numbers in over.items():
        for number in numbers:
            found[number].append(key)
    return dict(found)
