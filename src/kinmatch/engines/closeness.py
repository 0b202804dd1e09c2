"""Which name keys are one name spelt twice, and which are merely alike, grown as names come in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from kinmatch.comparisons.rows import Close
from kinmatch.names import neighbours
from kinmatch.names.vocabulary import compared

FEW = 100  # new keys up to which they are compared one by one
Progress = Callable[[str, int, int], object]  # (what is being done, done, of how many)


class Closeness(Close):
    """The keys that spell the same name as a key, and those alike; the same in either direction."""

    def __init__(
        self,
        same_from: float,
        close_from: float,
        near_from: float,
        table: Mapping[str, Mapping[str, float]] | None = None,
    ) -> None:
        self.same_from = same_from
        self.close_from = close_from
        self.near_from = near_from
        self.table: Mapping[str, Mapping[str, float]] = table or {}
        self._same = {key: self._at_least(key, same_from) for key in self.table}
        self._close = {key: self._at_least(key, close_from) for key in self.table}
        self._near = {key: self._at_least(key, near_from) for key in self.table}

    def same(self, key: str) -> frozenset[str]:
        """Return a key and the other spellings of the name."""
        return self._same.get(key) or frozenset((key,))

    def close(self, key: str) -> frozenset[str]:
        """Return a key and all that are much alike."""
        return self._close.get(key) or frozenset((key,))

    def near(self, key: str) -> frozenset[str]:
        """Return a key and all that are alike."""
        return self._near.get(key) or frozenset((key,))

    def known(self) -> AbstractSet[str]:
        """Return every key it has been told of."""
        return self.table.keys()

    def including(self, keys: Iterable[str], progress: Progress | None = None) -> Closeness:
        """Return a table that knows these keys too; this one if it knows them all."""
        new = sorted(set(keys) - self.table.keys())
        if not new:
            return self
        alike = compared(len(self.table)) == compared(len(self.table) + len(new))
        if self.table and alike and len(new) < FEW:
            return self._with_few(new)
        everything = sorted({*new, *self.table})
        found = neighbours(everything, near=self.near_from, progress=counted(progress, everything))
        return self._with(found)

    def _with(self, table: Mapping[str, Mapping[str, float]]) -> Closeness:
        return Closeness(self.same_from, self.close_from, self.near_from, table)

    def _with_few(self, new: Sequence[str]) -> Closeness:
        """Compare a few new keys to all, not all to all."""
        table = {key: dict(others) for key, others in self.table.items()}
        for key, others in neighbours(self.table, near=self.near_from, of=new).items():
            table.setdefault(key, {}).update(others)
        return self._with(table)

    def _at_least(self, key: str, similarity: float) -> frozenset[str]:
        others = self.table[key].items()
        return frozenset((key, *(other for other, alike in others if alike >= similarity)))


def counted(progress: Progress | None, everything: Sequence[str]) -> Callable[[int], None]:
    """Return what turns the steps of the neighbour table into a sum."""
    done = 0

    def step(more: int) -> None:
        nonlocal done
        done += more
        if progress:
            progress("names", done, len(everything))

    return step
