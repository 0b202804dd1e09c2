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
Units = NDArray[np.int32]
LONGEST = 4  # letters in a unit
MOST_LETTERS = 48  # letters of a word that are looked at, boundary marks among them
NO_UNIT = -1
SMALLEST = 1e-300


# One function on purpose: this is where every search spends its time, and calls are not free here.
@njit(cache=True, fastmath=True, nogil=True)
def odds_of(
    one: Grams, other: Grams, odds: Odds, table: NDArray[np.float64], units: Units
) -> float:
    """Return the odds of two words, summed over every way to align their units.

    `table`, shape (49, 49), and `units`, shape (5,), are memory to work in.
    """
    rows, columns = one.shape[0], other.shape[0]
    for i in range(rows + 1):
        units[0] = 0
        for a in range(1, LONGEST + 1):
            units[a] = one[i - a, a - 1] if a <= i else NO_UNIT
        for j in range(columns + 1):
            total = 1.0 if i + j == 0 else 0.0
            for b in range(min(LONGEST, j) + 1):
                met = other[j - b, b - 1] if b else 0
                if met != NO_UNIT:
                    for a in range(min(LONGEST, i) + 1):
                        if units[a] != NO_UNIT:
                            total += table[i - a, j - b] * odds[units[a], met]
            table[i, j] = total
    return float(table[rows, columns])


@njit(cache=True, nogil=True)
def bits_to_many(
    one: Grams,
    words: Grams,
    starts: NDArray[np.int64],
    chosen: NDArray[np.int64],
    odds: Odds,
    found: NDArray[np.float64],
) -> None:
    """Write into `found` the bits of one word with each chosen word of a list."""
    table = np.zeros((MOST_LETTERS + 1, MOST_LETTERS + 1))
    units = np.zeros(LONGEST + 1, np.int32)
    for k in range(chosen.shape[0]):
        word = words[starts[chosen[k]] : starts[chosen[k] + 1]]
        likely = odds_of(one, word, odds, table, units)
        found[k] = np.log2(max(likely, SMALLEST))
