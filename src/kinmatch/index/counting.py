"""How rare a name is among everyone in the index, kept up as people come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

from kinmatch.index.nearness import SAME
from kinmatch.names.growing import Growing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from kinmatch.comparisons.rarity import RarityClasses
    from kinmatch.names.postings import Lists


class Counts:
    """How many bear each name of one kind, by number; spellings are counted together when asked.

    The rarity of `comparisons.rarity`, over numbers instead of texts.
    """

    def __init__(self, classes: RarityClasses, known: Mapping[str, float], unlisted: float) -> None:
        self.classes = classes
        self.known = known
        self.unlisted = unlisted
        self.persons = 0
        self.seen = Growing(np.empty(0, np.int32))
        self.listed = Growing(np.empty(0, np.float64))

    def include(self, keys: Iterable[str]) -> None:
        """Make room for keys numbered since."""
        shares = np.array([self.known.get(key, self.unlisted) for key in keys])
        self.listed.extend(shares)
        self.seen.extend(np.zeros(len(shares), np.int32))

    def add(self, numbers: Iterable[int], *, times: int = 1) -> None:
        """Count the names of one person, a number for each name; -1 times to take them out."""
        for number in numbers:
            self.seen.array[number] += times

    def ranks(
        self,
        lists: Lists | None,
        numbers: NDArray[np.int64],
        more: NDArray[np.float64],
        persons: int,
    ) -> NDArray[np.int64]:
        """Return the class of each name: 0 singular, 1 rare, 2 uncommon, 3 common.

        `more` is how many bear each beside those in the index, of `persons` who were looked at.
        Without `lists` a name has one spelling.
        """
        if lists is None:
            seen, before = self.seen.array[numbers], np.full(len(numbers), self.unlisted)
        else:
            seen, before = borne(lists, numbers, self.seen.array, self.listed.array)
        return self.rank_of(seen + more, before, persons)

    def rank(
        self, spellings: Iterable[str], numbers: NDArray[np.int64], more: int, persons: int
    ) -> int:
        """Return the class of a name in a spelling the index does not know.

        `spellings` are all of it, `numbers` those the index knows; `more` and `persons` as above.
        """
        before = max(self.known.get(one, self.unlisted) for one in spellings)
        seen = int(self.seen.array[numbers].sum()) + more
        return int(self.rank_of(np.array([seen]), np.array([before]), persons)[0])

    def rank_of(
        self, seen: NDArray[Any], before: NDArray[np.float64], persons: int
    ) -> NDArray[np.int64]:
        """Return the classes of names from their bearers and the shares known beforehand."""
        weight = self.classes.background
        shares = (seen + weight * before) / (self.persons + persons + weight)
        ends = (self.classes.singular, self.classes.rare, self.classes.uncommon)
        return np.searchsorted(np.array(ends), shares, side="right").astype(np.int64)


@njit(cache=True, nogil=True)
def borne(
    lists: Lists,
    numbers: NDArray[np.int64],
    seen: NDArray[np.int32],
    listed: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how many bear each name in any spelling, and the greatest share known beforehand."""
    bearers = np.zeros(numbers.shape[0])
    before = np.zeros(numbers.shape[0])
    for at in range(numbers.shape[0]):
        key = numbers[at]
        if key < lists.starts.shape[0] - 1:
            for k in range(lists.starts[key], lists.starts[key + 1]):
                value = lists.values[k]
                if value & 3 <= SAME:
                    bearers[at] += seen[value >> 2]
                    before[at] = max(before[at], listed[value >> 2])
        link = lists.head[key] if key < lists.head.shape[0] else -1
        while link != -1:
            value = lists.late[link]
            if value & 3 <= SAME:
                bearers[at] += seen[value >> 2]
                before[at] = max(before[at], listed[value >> 2])
            link = lists.link[link]
    return bearers, before
