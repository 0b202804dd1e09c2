"""Chance: drawing by weight, and a note of what was done to the record at hand."""

from __future__ import annotations

from bisect import bisect
from itertools import accumulate
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

T = TypeVar("T")


class Weighted(Generic[T]):
    """Things to draw from, each by its weight.

    Args:
        items: what may be drawn; at least one thing.
        weights: as many numbers, none below 0.
    """

    __slots__ = ("cumulative", "items", "last", "total")

    def __init__(self, items: Iterable[T], weights: Iterable[float]) -> None:
        self.items = tuple(items)
        self.cumulative = tuple(accumulate(weights))
        self.total = self.cumulative[-1]
        self.last = len(self.items) - 1

    def draw(self, chance: Random) -> T:
        """Draw one thing."""
        if not self.last:
            return self.items[0]
        return self.items[bisect(self.cumulative, chance.random() * self.total, 0, self.last)]


class Noting:
    """Draws whether things happen, and notes those that alter a record.

    Args:
        chance: the source of chance.
    """

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.kinds: set[str] = set()

    def happens(self, share: float, kind: str = "") -> bool:
        """Draw whether something of this chance happens; note its kind if it does."""
        hit = self.chance.random() < share
        if hit and kind:
            self.kinds.add(kind)
        return hit

    def note(self, kind: str) -> None:
        """Note a kind of noise."""
        self.kinds.add(kind)

    def noted(self) -> frozenset[str]:
        """Return what was noted since the last call, and forget it."""
        kinds, self.kinds = frozenset(self.kinds), set()
        return kinds
