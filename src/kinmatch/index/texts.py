"""Texts numbered as they come and found again by what they say, held as bytes.

A million ids take some forty bytes each, where Python's own texts and table take two hundred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

from kinmatch.names.growing import Growing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

NONE = -1
ROOM = 1024  # slots a table begins with; a power of two
FULL = 2  # slots there are at least for each text
SEED, FACTOR, BITS = 0x811C9DC5, 0x01000193, 0xFFFFFFFF  # of FNV-1a in 32 bits


class Texts:
    """Numbers for texts. A text added again has a new number, and is found under that."""

    def __init__(self, raw: Bytes | None = None, ends: NDArray[np.int64] | None = None) -> None:
        self.raw = Growing(np.empty(0, np.uint8) if raw is None else raw)
        self.ends = Growing(np.empty(0, np.int64) if ends is None else ends)
        self.slots = np.full(ROOM, NONE, np.int32)
        self._make_room()

    def __len__(self) -> int:
        """How many numbers were given out."""
        return self.ends.count

    def __getitem__(self, number: int) -> str:
        """Return the text of a number."""
        begin = int(self.ends.array[number - 1]) if number else 0
        raw = self.raw.array[begin : self.ends.array[number]]
        return raw.tobytes().decode("utf-8", "surrogatepass")

    def find(self, text: str) -> int:
        """Return the last number of a text, -1 for one that has none."""
        at = slot_of(encoded(text), self.slots, self.raw.array, self.ends.array)
        return int(self.slots[at])

    def add(self, text: str) -> int:
        """Return a new number for a text."""
        number, raw = len(self), encoded(text)
        self.raw.extend(raw)
        self.ends.extend(np.array([self.raw.count]))
        if FULL * len(self) > len(self.slots):
            self._make_room()
        else:
            at = slot_of(raw, self.slots, self.raw.array, self.ends.array)
            self.slots[at] = number
        return number

    def _make_room(self) -> None:
        size = ROOM
        while size < 2 * FULL * len(self):
            size *= 2
        self.slots = np.full(size, NONE, np.int32)
        enter_all(self.slots, self.raw.array, self.ends.array)


def encoded(text: str) -> Bytes:
    """Return a text as bytes."""
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)


@njit(cache=True, nogil=True)
def slot_of(text: Any, slots: Any, raw: Any, ends: Any) -> np.int64:
    """Return the slot a text stands in, or the empty one it would."""
    code = np.int64(SEED)
    for letter in text:
        code = ((code ^ np.int64(letter)) * FACTOR) & BITS
    mask = slots.shape[0] - 1
    at = np.int64(code & mask)
    while slots[at] != NONE:
        number = slots[at]
        begin = ends[number - 1] if number else 0
        same = ends[number] - begin == text.shape[0]
        for k in range(text.shape[0] if same else 0):
            same = same and raw[begin + k] == text[k]
        if same:
            return at
        at = np.int64((at + 1) & mask)
    return at


@njit(cache=True, nogil=True)
def enter_all(slots: Any, raw: Any, ends: Any) -> None:
    """Put every number into the slot of its text."""
    begin = 0
    for number in range(ends.shape[0]):
        slots[slot_of(raw[begin : ends[number]], slots, raw, ends)] = number
        begin = ends[number]
