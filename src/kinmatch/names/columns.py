"""The compiled loops that bring names forward, over the columns of an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from kinmatch.names.matching import bounds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kinmatch.names.arrays import Held
    from kinmatch.names.postings import Lists


def written_forms(first: int, last: int, held: Held) -> list[int]:
    """Return the number of the form each part is written in: its first reading without a cost."""
    found = []
    for part in range(first, last):
        begin, end = bounds(held.forms_end, part)
        whole = end - begin > 1 and held.costs[begin + 1] == 0
        found.append(int(held.forms[begin + 1 if whole else begin]))
    return found


@njit(cache=True, nogil=True)
def forms_of(places: NDArray[np.int64], held: Held) -> NDArray[np.int64]:
    """Return the numbers of all forms of some names, one after the other."""
    count = 0
    for place in places:
        first, last = bounds(held.parts_end, place)
        if last > first:
            count += held.forms_end[last - 1] - bounds(held.forms_end, first)[0]
    found = np.empty(count, np.int64)
    at = 0
    for place in places:
        first, last = bounds(held.parts_end, place)
        if last > first:
            for form in range(bounds(held.forms_end, first)[0], held.forms_end[last - 1]):
                found[at] = held.forms[form]
                at += 1
    return found


@njit(cache=True, nogil=True)
def letters_of(places: NDArray[np.int64], held: Held) -> NDArray[np.int64]:
    """Return the numbers of the first letters of some names, each once."""
    seen = set()
    for place in places:
        first, last = bounds(held.parts_end, place)
        for part in range(first, last):
            seen.add(np.int64(held.letters[part]))
    return np.array(list(seen), np.int64)


@njit(cache=True, nogil=True)
def bring(
    numbers: NDArray[np.int32],
    bits: NDArray[np.float64],
    lists: Lists,
    totals: NDArray[np.float32],
    seen: NDArray[np.int8],
    part: int,
) -> None:
    """Add to each name the most that any word it holds says of one part; words strongest first.

    `seen` holds the last part that gained something for each name; parts are counted from 1.
    """
    for at in range(numbers.shape[0]):
        key = numbers[at]
        if key < lists.starts.shape[0] - 1:
            for k in range(lists.starts[key], lists.starts[key + 1]):
                place = lists.values[k]
                if seen[place] != part:
                    seen[place] = part
                    totals[place] += bits[at]
        link = lists.head[key] if key < lists.head.shape[0] else -1
        while link != -1:
            place = lists.late[link]
            if seen[place] != part:
                seen[place] = part
                totals[place] += bits[at]
            link = lists.link[link]


@njit(cache=True, nogil=True)
def forgive(
    totals: NDArray[np.float32], parts_end: NDArray[np.int64], asked: int, bits: float, less: float
) -> None:
    """Give names with fewer parts than were asked for what they could not gain, less for more."""
    for place in range(totals.shape[0]):
        if totals[place] > 0:
            first, last = bounds(parts_end, place)
            few = asked - (last - first)
            totals[place] = max(totals[place] + (bits if few > 0 else less) * few, 0.01)
