"""The inner loops of the sound model, compiled on first use and kept.

Arrays: `one` and `other` hold, for each letter of a word with its boundary marks, the numbers of
the units that start there, by length: shape (letters, 4), -1 where there is no such unit. `odds`
holds for each unit of the one script and each of the other how much likelier they are together
than apart, 0 where they never meet; unit 0 is "nothing", the last any letter the model never saw.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Grams = NDArray[np.int32]
Odds = NDArray[np.float32]
LONGEST = 4  # letters in a unit
MOST_LETTERS = 48  # letters of a word that are looked at, boundary marks among them
NO_UNIT = -1
SMALLEST = 1e-300


@njit(cache=True, nogil=True)
def bring_together(one: Grams, odds: Odds, met: int, row: NDArray[np.float32]) -> None:
    """Write into `row` the odds of a unit of the other script with those of the word, by place.

    Shape (5 · places,): at 5 · i + a those of the unit of `a` letters that ends before letter i,
    at 5 · i those of nothing; side by side, for they are asked for together.
    """
    for i in range(one.shape[0] + 1):
        row[(LONGEST + 1) * i] = odds[0, met]
        for a in range(1, min(LONGEST, i) + 1):
            unit = one[i - a, a - 1]
            if unit != NO_UNIT:
                row[(LONGEST + 1) * i + a] = odds[unit, met]


@njit(cache=True, nogil=True)
def lengths_of_units(one: Grams) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many units end in each place of a word, nothing among them, and their lengths."""
    counts = np.zeros(one.shape[0] + 1, np.int64)
    lengths = np.zeros((one.shape[0] + 1, LONGEST + 1), np.int64)
    for i in range(one.shape[0] + 1):
        for a in range(min(LONGEST, i) + 1):
            if a == 0 or one[i - a, a - 1] != NO_UNIT:
                lengths[i, counts[i]] = a
                counts[i] += 1
    return counts, lengths


# One function on purpose: this is where every search spends its time, and calls are not free here.
@njit(cache=True, fastmath=True, nogil=True)
def bits_to_many(  # noqa: C901, PLR0915 - see above
    one: Grams,
    words: Grams,
    ends: NDArray[np.int64],
    chosen: NDArray[np.int64],
    odds: Odds,
    found: NDArray[np.float64],
) -> None:
    """Write into `found` the bits of one word with each chosen word of a list, which `ends` divide.

    The odds are summed over every way to align the units. What a word has in common with the
    beginning of the one before it is not summed again: words are best given in their order.
    """
    rows = one.shape[0]
    table = np.zeros((MOST_LETTERS + 1, MOST_LETTERS + 1))
    table[0, 0] = 1.0
    ours = np.empty((odds.shape[1], (LONGEST + 1) * (rows + 1)), np.float32)
    there = np.zeros(odds.shape[1], np.bool_)
    counts, lengths = lengths_of_units(one)
    before, as_before, first = 0, 0, 0
    for k in range(chosen.shape[0]):
        begin = ends[chosen[k] - 1] if chosen[k] else 0
        columns = ends[chosen[k]] - begin
        if k > 0:
            first = 0
            while (
                first < min(columns, as_before)
                and words[begin + first, 0] == words[before + first, 0]
            ):
                first += 1
            first += 1
        for j in range(first, columns + 1):
            for b in range(min(LONGEST, j) + 1):
                met = words[begin + j - b, b - 1] if b else 0
                if met != NO_UNIT and not there[met]:
                    bring_together(one, odds, met, ours[met])
                    there[met] = True
            for i in range(rows + 1):
                total = 1.0 if i + j == 0 else 0.0
                for b in range(min(LONGEST, j) + 1):
                    met = words[begin + j - b, b - 1] if b else 0
                    if met != NO_UNIT:
                        for at in range(counts[i]):
                            a = lengths[i, at]
                            total += table[j - b, i - a] * ours[met, (LONGEST + 1) * i + a]
                table[j, i] = total
        found[k] = np.log2(max(table[columns, rows], SMALLEST))
        before, as_before = begin, columns
