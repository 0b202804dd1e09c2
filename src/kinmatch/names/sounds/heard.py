"""How a word would be written in another script: not one spelling, but what to expect of all.

From the units of the sound model follows, for every two letters of the other script, how often they
are expected side by side in a spelling of the word, all spellings taken together (forward and
backward sums over the positions of the word and the last letter written). Words that hold many of
the expected pairs are the ones worth comparing letter by letter.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from kinmatch.names.scripts import Script
from kinmatch.names.sounds.kernel import LONGEST, MOST_LETTERS
from kinmatch.names.sounds.units import (
    END,
    START,
    inventory,
    ordinary,
    pair_of,
    spell_one,
    unit_rows,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

LETTERS = 64  # numbers of letters of a script; 0 is no letter, 63 any that is not in the table
OTHER = LETTERS - 1
MOST_WRITINGS = 12  # of one unit in the other script
RAREST_WRITING = 0.02  # of the most frequent one
# Letters that come and go between spellings; without them a word is its bones.
SOFT = {
    Script.LATIN: frozenset("aeiouywh#"),
    Script.CYRILLIC: frozenset("аеиоуыэюяйіїєўьъ#"),
    Script.ARABIC: frozenset("اويه#"),
}


class Writings(NamedTuple):
    """How each unit of a script is written in another.

    `begins` says where the writings of each unit start; `letters` holds up to four letters of each
    writing, 0 behind the last; `chances` its probability together with the unit.
    """

    begins: NDArray[np.int64]
    letters: NDArray[np.int64]
    chances: NDArray[np.float64]


@cache
def alphabet(script: Script) -> dict[str, int]:
    """Return the number of each letter of a script and of the two boundary marks."""
    singles = sorted(unit for unit in inventory(script) if len(unit) == 1)[: OTHER - 1]
    return {letter: number for number, letter in enumerate(singles, start=1)}


def numbered(form: str, script: Script, *, bones: bool) -> list[int]:
    """Return the letters of a word as numbers, its boundary marks among them."""
    known, soft = alphabet(script), SOFT[script] if bones else frozenset()
    return [known.get(letter, OTHER) for letter in START + form + END if letter not in soft]


def chance_apart(unit: str, script: Script) -> float:
    """Return the probability of a unit whose letters have nothing to do with one another."""
    share = ordinary(script)
    return float(np.prod([2.0 ** share.get(letter, -20.0) for letter in unit]))


@cache
def writings(one: Script, other: Script, *, bones: bool) -> Writings:
    """Return how the units of one script are written in another, the most frequent ways."""
    kept = pair_of(one, other)
    ways: list[list[tuple[float, list[int]]]] = [[] for _ in range(len(inventory(one)) + 1)]
    for left, right, bits in unit_rows(*kept):
        unit, written = (left, right) if kept == (one, other) else (right, left)
        if unit:
            together = 2.0**bits * chance_apart(unit, one) * chance_apart(written, other)
            soft = SOFT[other] if bones else frozenset()
            letters = [alphabet(other).get(c, OTHER) for c in written if c not in soft]
            ways[inventory(one)[unit]].append((together, letters))
    begins, rows, chances = [0], [], []
    for found in ways:
        found.sort(key=lambda way: (-way[0], way[1]))
        for together, letters in found[:MOST_WRITINGS]:
            if together >= RAREST_WRITING * found[0][0]:
                rows.append((letters + [0] * LONGEST)[:LONGEST])
                chances.append(together)
        begins.append(len(rows))
    return Writings(
        np.array(begins, np.int64),
        np.array(rows, np.int64).reshape(-1, LONGEST),
        np.array(chances, np.float64),
    )


@njit(cache=True, nogil=True)
def ending(letters: NDArray[np.int64], last: int) -> int:
    """Return the last letter after a writing."""
    for at in range(LONGEST):
        if letters[at] == 0:
            break
        last = letters[at]
    return last


@njit(cache=True, nogil=True)
def sweep(  # noqa: C901 - forward and backward over one grid
    grams: NDArray[np.int32],
    ways: Writings,
    ahead: NDArray[np.float64],
    behind: NDArray[np.float64],
) -> None:
    """Sum the chances of every way to a position and a last letter, and on from there."""
    n, known = grams.shape[0], ways.begins.shape[0] - 1
    ahead[: n + 1] = 0.0
    behind[: n + 1] = 0.0
    ahead[0, 0] = 1.0
    behind[n] = 1.0
    for i in range(n):
        for k in range(min(LONGEST, n - i)):
            unit = grams[i, k]
            if 0 <= unit < known:
                for way in range(ways.begins[unit], ways.begins[unit + 1]):
                    for last in range(LETTERS):
                        if ahead[i, last] > 0:
                            to = ending(ways.letters[way], last)
                            ahead[i + k + 1, to] += ahead[i, last] * ways.chances[way]
    for i in range(n - 1, -1, -1):
        for k in range(min(LONGEST, n - i)):
            unit = grams[i, k]
            if 0 <= unit < known:
                for way in range(ways.begins[unit], ways.begins[unit + 1]):
                    for last in range(LETTERS):
                        to = ending(ways.letters[way], last)
                        behind[i, last] += ways.chances[way] * behind[i + k + 1, to]


@njit(cache=True, nogil=True)
def expect(  # noqa: C901 - the same grid once more
    grams: NDArray[np.int32],
    ways: Writings,
    ahead: NDArray[np.float64],
    behind: NDArray[np.float64],
    pairs: NDArray[np.float64],
) -> None:
    """Write into `pairs`, shape (64, 64), how often two letters are expected side by side."""
    pairs[:] = 0.0
    sweep(grams, ways, ahead, behind)
    n, known = grams.shape[0], ways.begins.shape[0] - 1
    whole = ahead[n].sum()
    if whole == 0.0:
        return
    for i in range(n):
        for k in range(min(LONGEST, n - i)):
            unit = grams[i, k]
            if 0 <= unit < known:
                for way in range(ways.begins[unit], ways.begins[unit + 1]):
                    for last in range(LETTERS):
                        if ahead[i, last] > 0:
                            letters = ways.letters[way]
                            to = ending(letters, last)
                            share = (
                                ahead[i, last] * ways.chances[way] * behind[i + k + 1, to] / whole
                            )
                            before = last
                            for at in range(LONGEST):
                                if letters[at] == 0:
                                    break
                                pairs[before, letters[at]] += share
                                before = letters[at]


def expected_pairs(form: str, script: Script, *, bones: bool) -> NDArray[np.float64]:
    """Return how often each two letters are expected side by side in spellings of a word.

    Shape (64, 64), by the numbers of `alphabet`; row 0 is the beginning.
    """
    one = spell_one(form)
    ahead = np.zeros((MOST_LETTERS + 1, LETTERS))
    behind = np.zeros((MOST_LETTERS + 1, LETTERS))
    pairs = np.zeros((LETTERS, LETTERS))
    expect(one.grams, writings(one.script, script, bones=bones), ahead, behind, pairs)
    return pairs
