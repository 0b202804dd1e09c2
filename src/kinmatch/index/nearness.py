"""Which keys spell one name, and which are alike, over a vocabulary that grows.

The table of neighbours is kept as lists of numbers: of each key its own number and those of its
neighbours, four times over, with how near they are in the last two bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kinmatch.names.neighbours import Neighbourhood, neighbours
from kinmatch.names.postings import Postings, under
from kinmatch.names.vocabulary import FEWER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from kinmatch.comparisons.rarity import Same
    from kinmatch.engines.closeness import Progress
    from kinmatch.model import Model

ITSELF, SAME, CLOSE, NEAR = range(4)  # how near: each holds what those before it hold
MOST = FEWER  # words of a script compared in full with a key: an index may grow large
MANY = 200  # new keys from which the lists are packed anew
REMEMBERED = 50_000  # keys asked for that are not in the vocabulary
EVERY = 100  # keys between two steps of progress


class Near(NamedTuple):
    """The keys near one: their numbers, and how near each is. Shape (keys,) each."""

    numbers: NDArray[np.int64]
    how: NDArray[np.int64]

    def within(self, how: int) -> NDArray[np.int64]:
        """Return the numbers of those as near as this."""
        found: NDArray[np.int64] = self.numbers[self.how <= how]
        return found


NOWHERE = Near(np.empty(0, np.int64), np.empty(0, np.int64))


class Nearness:
    """A vocabulary of keys, numbered as they come, and the neighbours of each."""

    def __init__(self, model: Model) -> None:
        self.ends = model.same, model.close, model.near
        self.keys: list[str] = []
        self.number: dict[str, int] = {}
        self.lists = Postings(np.zeros(1, np.int64), np.empty(0, np.int32))
        self.settled = 0  # keys whose neighbours are known; the others are new
        self.around = Neighbourhood((), MOST)  # the settled keys, to be searched by sound
        self._asked: dict[str, tuple[Near, int]] = {}  # and how many were settled then
        self._since: dict[int, Neighbourhood] = {}  # those settled after so many

    def number_of(self, key: str) -> int:
        """Return the number of a key, a new one if it was not known."""
        number = self.number.get(key)
        if number is None:
            number = self.number[key] = len(self.keys)
            self.keys.append(key)
        return number

    def numbers_of(self, keys: Iterable[str]) -> list[int]:
        """Return the numbers of keys in order, new ones for those not known."""
        return sorted(map(self.number_of, keys))

    def settle(self, progress: Progress | None = None) -> None:
        """Find the neighbours of the keys that are new."""
        new = range(self.settled, len(self.keys))
        if not new:
            return
        if self.settled:
            for number in new:
                self.around.add(self.keys[number])
        else:
            self.around = Neighbourhood(self.keys, MOST)
        before, self.settled = self.settled, len(self.keys)
        pairs: dict[tuple[int, int], float] = {}
        for done, number in enumerate(new, 1):
            for other, close in self._close(self.keys[number], self.around).items():
                place = self.number[other]
                pair = (min(number, place), max(number, place))
                pairs[pair] = max(pairs.get(pair, 0.0), close)
            if progress and (done % EVERY == 0 or done == len(new)):
                progress("names", done, len(new))
        self._enter(pairs, many=len(new) >= MANY or not before)
        self._since.clear()

    def of(self, key: str) -> Near:
        """Return the settled keys near one, whether it is among them or not."""
        number = self.number.get(key)
        if number is not None and number < self.settled:
            return self.of_number(number)
        near, seen = self._asked.get(key, (NOWHERE, -1))
        if seen < self.settled:
            near = self._extended(key, near, seen)
            if len(self._asked) >= REMEMBERED:
                self._asked.clear()
            self._asked[key] = near, self.settled
        return near

    def _extended(self, key: str, near: Near, seen: int) -> Near:
        """Return what is near a key, of which those near among the first `seen` may be known."""
        if not 0 <= seen >= self.settled - MANY:
            near, seen, around = NOWHERE, 0, self.around
        else:
            if seen not in self._since:
                self._since[seen] = Neighbourhood(self.keys[seen : self.settled], MOST)
            around = self._since[seen]
        close = self._close(key, around)
        numbers = np.array([self.number[other] for other in close], np.int64)
        how = np.array([self._how(one) for one in close.values()], np.int64)
        return Near(np.append(near.numbers, numbers), np.append(near.how, how))

    def of_number(self, number: int) -> Near:
        """Return the keys near one that is settled."""
        held = under(self.lists.lists, number)
        return Near(held >> 2, held & 3)

    def same(self, key: str) -> frozenset[str]:
        """Return a key and the other spellings of the name."""
        spelled = (self.keys[number] for number in self.of(key).within(SAME))
        return frozenset((key, *spelled))

    def same_with(self, keys: AbstractSet[str]) -> Same:
        """Return what tells the other spellings of a name, these keys counted to the settled.

        What the settled keys do not hold is compared with these, for nobody has done so before.
        """
        new = [key for key in keys if self.number.get(key, self.settled) >= self.settled]
        beside = neighbours(keys, near=self.ends[0], of=new) if new else {}
        return lambda key: self.same(key).union(beside.get(key, ()))

    def _close(self, key: str, around: Neighbourhood) -> Mapping[str, float]:
        """Return the keys of a neighbourhood near one, and how close each is."""
        found: dict[str, float] = {}
        for other, close in around.close(key, self.ends[-1]):
            if close >= self.ends[-1] and close > found.get(other, 0.0) and other in self.number:
                found[other] = close
        return found

    def _how(self, close: float) -> int:
        return SAME + sum(close < end for end in self.ends[:-1])

    def _enter(self, pairs: Mapping[tuple[int, int], float], *, many: bool) -> None:
        """Enter the nearness of pairs of keys in the lists of both."""
        entries: list[tuple[int, int]] = []
        for (one, other), close in pairs.items():
            how = ITSELF if one == other else self._how(close)
            entries.append((one, other * 4 + how))
            if one != other:
                entries.append((other, one * 4 + how))
        if not many:
            for key, value in entries:
                self.lists.add(key, value)
            return
        packed = self.lists.repacked()
        before = np.repeat(np.arange(len(packed.starts) - 1), np.diff(packed.starts))
        more = np.array(entries, np.int64).reshape(-1, 2)
        self.lists = Postings.packed(
            np.concatenate([before, more[:, 0]]),
            np.concatenate([packed.values, more[:, 1]]).astype(np.int32),
            len(self.keys),
        )
