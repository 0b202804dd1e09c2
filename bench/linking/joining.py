"""Join records of one list that are one person: groups that agree on average.

Joining whatever a chain of likely pairs connects makes one person of thousands. Here two groups
are joined while the mean weight of all pairs between them speaks for it, a pair nobody compared
counting against; the two that agree best come first (average linkage).
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from linking.measures import Pair

UNCOMPARED = -2.0  # bits of a pair that is not given: it shares no block, or is unlikely
MOST = 10.0  # bits of any pair
NEARLY = 1e-9


def joined(pairs: Iterable[Pair]) -> list[Pair]:
    """Return a pair, with a chance of 1, for each record and the first of its group."""
    groups = Groups(pairs)
    groups.join()
    return [(one[0], other, 1.0) for one in groups.members.values() for other in one[1:]]


class Groups:
    """Groups of records, and between each two that were compared the sum of weights."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self.between: dict[str, dict[str, float]] = defaultdict(dict)
        self.members: dict[str, list[str]] = {}
        for one, other, chance in pairs:
            # The sum counts what a pair says beyond what an uncompared one would.
            said = _weight(chance) - UNCOMPARED
            self.between[one][other] = self.between[other][one] = said
            self.members.setdefault(one, [one])
            self.members.setdefault(other, [other])

    def mean(self, one: str, other: str) -> float:
        """Return the mean weight of all pairs between two groups."""
        count = len(self.members[one]) * len(self.members[other])
        return self.between[one][other] / count + UNCOMPARED

    def join(self) -> None:
        """Join groups, the two that agree best first, while they agree at all."""
        waiting = [
            (-self.mean(one, other), one, other)
            for one, others in self.between.items()
            for other in others
            if one < other
        ]
        heapq.heapify(waiting)
        while waiting and waiting[0][0] < 0:
            said, one, other = heapq.heappop(waiting)
            known = one in self.members and other in self.between.get(one, ())
            if known and abs(self.mean(one, other) + said) <= NEARLY:
                for entry in self._merge(one, other):
                    heapq.heappush(waiting, entry)

    def _merge(self, one: str, other: str) -> Iterator[tuple[float, str, str]]:
        """Put the smaller group into the larger; yield what it now is to all others."""
        if len(self.between[one]) < len(self.between[other]):
            one, other = other, one
        self.members[one] += self.members.pop(other)
        theirs = self.between.pop(other)
        for third, said in theirs.items():
            self.between[third].pop(other, None)
            if third != one:
                both = self.between[one].get(third, 0.0) + said
                self.between[one][third] = self.between[third][one] = both
        for third in self.between[one]:
            yield (-self.mean(one, third), *sorted((one, third)))


def _weight(chance: float) -> float:
    held = min(max(chance, NEARLY), 1.0 - NEARLY)
    return max(min(math.log2(held / (1.0 - held)), MOST), -MOST)
