"""Lists of numbers under a key, that can be saved, mapped into memory, and still grow.

What was there when the lists were last packed lies in one array, list after list; what came since
hangs from its key as a chain.

Compiled functions call only those of their own module: what is kept of a compiled function is not
made anew when another module changes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
NONE = -1
ROOM = 1024  # entries a growing array begins with


class Lists(NamedTuple):
    """The arrays of `Postings`, as the compiled loops take them."""

    starts: NDArray[np.int64]  # of each packed list in `values`, one more than there are lists
    values: Numbers
    head: Numbers  # of each chain in `link` and `late`, -1 where there is none
    link: Numbers
    late: Numbers


class Postings:
    """Lists of numbers under the keys 0, 1, 2 …."""

    def __init__(self, starts: NDArray[np.int64], values: Numbers) -> None:
        self.starts, self.values = starts, values
        self.head = np.full(max(len(starts) - 1, 1), NONE, np.int32)
        self.link, self.late = np.empty(ROOM, np.int32), np.empty(ROOM, np.int32)
        self.hanging = 0
        self.keys = len(starts) - 1

    @classmethod
    def packed(cls, keys: NDArray[np.int64], values: Numbers, count: int) -> Postings:
        """Pack entries into lists, each in the order of the entries; keys are below `count`."""
        order = np.argsort(keys, kind="stable")
        starts = np.zeros(count + 1, np.int64)
        starts[1:] = np.cumsum(np.bincount(keys, minlength=count))
        return cls(starts, values[order].astype(np.int32))

    @property
    def lists(self) -> Lists:
        """The arrays as they are now."""
        return Lists(self.starts, self.values, self.head, self.link, self.late)

    def add(self, key: int, value: int) -> None:
        """Hang one more number under a key."""
        if key >= len(self.head):
            more = np.full(max(key + 1, 2 * len(self.head)), NONE, np.int32)
            more[: len(self.head)] = self.head
            self.head = more
        if self.hanging == len(self.late):
            self.link = np.concatenate([self.link, np.empty_like(self.link)])
            self.late = np.concatenate([self.late, np.empty_like(self.late)])
        self.late[self.hanging] = value
        self.link[self.hanging] = self.head[key]
        self.head[key] = self.hanging
        self.hanging += 1
        self.keys = max(self.keys, key + 1)

    def repacked(self) -> Postings:
        """Return the same lists with nothing hanging."""
        keys = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        late_keys = keys_of_late(self.lists, self.hanging)
        return Postings.packed(
            np.concatenate([keys, late_keys]),
            np.concatenate([self.values, self.late[: self.hanging]]),
            self.keys,
        )


@njit(cache=True, nogil=True)
def keys_of_late(lists: Lists, hanging: int) -> NDArray[np.int64]:
    """Return the key each hanging number is under."""
    found = np.full(hanging, NONE, np.int64)
    for key in range(lists.head.shape[0]):
        at = lists.head[key]
        while at != NONE:
            found[at] = key
            at = lists.link[at]
    return found


@njit(cache=True, nogil=True)
def length(lists: Lists, key: int) -> int:
    """Return how many numbers are under a key."""
    found = 0
    if key < lists.starts.shape[0] - 1:
        found = lists.starts[key + 1] - lists.starts[key]
    at = lists.head[key] if key < lists.head.shape[0] else NONE
    while at != NONE:
        found += 1
        at = lists.link[at]
    return found


@njit(cache=True, nogil=True)
def under(lists: Lists, key: int) -> NDArray[np.int64]:
    """Return the numbers under a key."""
    found = np.empty(length(lists, key), np.int64)
    count = 0
    if key < lists.starts.shape[0] - 1:
        for at in range(lists.starts[key], lists.starts[key + 1]):
            found[count] = lists.values[at]
            count += 1
    at = lists.head[key] if key < lists.head.shape[0] else NONE
    while at != NONE:
        found[count] = lists.late[at]
        count += 1
        at = lists.link[at]
    return found


@njit(cache=True, nogil=True)
def add_under(lists: Lists, key: int, gain: float, totals: NDArray[np.float32]) -> None:
    """Add a gain to the total of every number under a key."""
    if key < lists.starts.shape[0] - 1:
        for at in range(lists.starts[key], lists.starts[key + 1]):
            totals[lists.values[at]] += gain
    at = lists.head[key] if key < lists.head.shape[0] else NONE
    while at != NONE:
        totals[lists.late[at]] += gain
        at = lists.link[at]


@njit(cache=True, nogil=True)
def counts(lists: Lists, keys: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how many numbers are under each of some keys."""
    found = np.empty(keys.shape[0])
    for at in range(keys.shape[0]):
        found[at] = length(lists, keys[at])
    return found


@njit(cache=True, nogil=True)
def add_under_all(
    lists: Lists, keys: NDArray[np.int64], gains: NDArray[np.float64], totals: NDArray[np.float32]
) -> None:
    """Add to the total of every number the gain of each key it is under."""
    for at in range(keys.shape[0]):
        add_under(lists, keys[at], gains[at], totals)
