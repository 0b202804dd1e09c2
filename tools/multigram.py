"""A memoryless joint multigram model of two scripts, trained by expectation maximisation.

Deligne and Bimbot (1995) for the model; Bisani and Ney (2008) for its use between two alphabets.
Each pair of words is explained by every way to cut both into units that meet; the expected counts
of the units are their next probabilities. Long units open in the fourth round, and from then on a
count must beat a discount that grows with length, so that a rare long unit is no cheap way round.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import njit
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

START, END = "^", "$"
LONGEST = 4
MOST_LETTERS = 48
ROUNDS = 8
OPENS = 2  # the round after which longer units are let in
SEED_SHARE = 0.15  # of all probability, given to them then
SEED_PER_LETTER = 0.25
DISCOUNT = 0.8  # taken from the count of a long unit for each letter beyond two
LEAST = 0.01  # the count kept for every pair of single letters
FEWEST_LETTER, FEWEST_UNIT = 20, 8  # occurrences below which a letter or unit is left unknown
UNSEEN = 1e-9

Counts = NDArray[np.float64]


@dataclass(frozen=True)
class Side:
    """The words of one side as units: see kinmatch.names.sounds.kernel for the arrays."""

    units: dict[str, int]
    grams: NDArray[np.int32]
    starts: NDArray[np.int64]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Letters in each unit; 0 for unit 0, nothing."""
        return np.array([0, *map(len, self.units)])

    def marks(self, at: int, mark: str) -> NDArray[np.bool_]:
        """Which units begin (0) or end (-1) with a boundary mark."""
        return np.array([False, *(unit[at] == mark for unit in self.units)])

    def letters(self) -> Counts:
        """Share of each single letter among all."""
        seen = self.grams[:, 0][self.grams[:, 0] > 0]
        return np.bincount(seen, minlength=len(self.units) + 1) / len(seen)

    def apart(self) -> Counts:
        """Log probability of each unit if its letters had nothing to do with one another."""
        share = self.letters()
        logs = [
            sum(np.log(max(share[self.units.get(c, 0)], UNSEEN)) for c in u) for u in self.units
        ]
        return np.array([0.0, *logs])


def side_of(words: Sequence[str], caps: Sequence[int]) -> Side:
    """Choose the units of one side, the most frequent of each length, and spell its words."""
    seen: list[Counter[str]] = [Counter() for _ in range(LONGEST + 1)]
    marked = [START + word + END for word in words]
    for word in marked:
        for n in range(1, LONGEST + 1):
            seen[n].update(word[at : at + n] for at in range(len(word) - n + 1))
    units: dict[str, int] = {}
    for n in range(1, LONGEST + 1):
        fewest = FEWEST_LETTER if n == 1 else FEWEST_UNIT
        for unit, times in sorted(seen[n].items(), key=lambda s: (-s[1], s[0]))[: caps[n - 1]]:
            if times >= fewest:
                units[unit] = len(units) + 1
    starts = np.zeros(len(words) + 1, np.int64)
    starts[1:] = np.cumsum([len(word) for word in marked])
    grams = [
        [
            units.get(word[at : at + n], -1) if at + n <= len(word) else -1
            for n in range(1, LONGEST + 1)
        ]
        for word in marked
        for at in range(len(word))
    ]
    return Side(units, np.array(grams, np.int32).reshape(-1, LONGEST), starts)


@njit(cache=True)  # type: ignore[untyped-decorator]
def count(one, other, chance, sizes, ahead, behind, expected, weight):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, C901, PLR0913, PLR0917
    """Add the expected counts of one pair; return its log likelihood."""
    rows, columns = one.shape[0], other.shape[0]
    for i in range(rows + 1):
        for j in range(columns + 1):
            total = 1.0 if i + j == 0 else 0.0
            for k in range(sizes.shape[0]):
                a, b = sizes[k, 0], sizes[k, 1]
                if a <= i and b <= j:
                    unit = one[i - a, a - 1] if a else 0
                    met = other[j - b, b - 1] if b else 0
                    if unit >= 0 and met >= 0:
                        total += ahead[i - a, j - b] * chance[unit, met]
            ahead[i, j] = total
    whole = ahead[rows, columns]
    if whole <= 1e-300:  # noqa: PLR2004 - a letter left unknown: the pair teaches nothing
        return 0.0
    for i in range(rows, -1, -1):
        for j in range(columns, -1, -1):
            total = 1.0 if i == rows and j == columns else 0.0
            for k in range(sizes.shape[0]):
                a, b = sizes[k, 0], sizes[k, 1]
                if i + a <= rows and j + b <= columns:
                    unit = one[i, a - 1] if a else 0
                    met = other[j, b - 1] if b else 0
                    if unit >= 0 and met >= 0:
                        used = behind[i + a, j + b] * chance[unit, met]
                        total += used
                        expected[unit, met] += weight * ahead[i, j] * used / whole
            behind[i, j] = total
    return weight * np.log(whole)


@njit(cache=True)  # type: ignore[untyped-decorator]
def count_all(one, starts, other, begins, weights, chance, sizes, expected):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917
    """Add the expected counts of every pair; return their log likelihood."""
    ahead = np.zeros((MOST_LETTERS + 1, MOST_LETTERS + 1))
    behind = np.zeros((MOST_LETTERS + 1, MOST_LETTERS + 1))
    total = 0.0
    for k in range(weights.shape[0]):
        left = one[starts[k] : starts[k + 1]]
        right = other[begins[k] : begins[k + 1]]
        total += count(left, right, chance, sizes, ahead, behind, expected, weights[k])
    return total


def train(
    pairs: Mapping[tuple[str, str], int],
    sizes: Sequence[tuple[int, int]],
    caps: tuple[Sequence[int], Sequence[int]],
    say: Callable[[str], object],
) -> dict[tuple[str, str], float]:
    """Return the units that meet, and log2 p(one, other) / p(one) p(other) of each meeting.

    `pairs` maps two spellings of one name to how often they were seen; each counts 1 + ln(times).
    """
    listed = sorted(pairs)
    sides = side_of([p[0] for p in listed], caps[0]), side_of([p[1] for p in listed], caps[1])
    weights = np.array([1.0 + np.log(pairs[pair]) for pair in listed])
    shape = Shape(sides, np.array(sizes, np.int64))
    chance = shape.first()
    for turn in range(ROUNDS):
        expected = np.zeros_like(chance)
        likelihood = count_all(
            sides[0].grams, sides[0].starts, sides[1].grams, sides[1].starts,
            weights, chance, shape.sizes, expected,
        )  # fmt: skip
        chance = shape.next(expected, turn)
        say(f"round {turn + 1} of {ROUNDS}: log likelihood {likelihood:,.0f}")
    apart = sides[0].apart()[:, None] + sides[1].apart()[None, :]
    names = ["", *sides[0].units], ["", *sides[1].units]
    return {
        (names[0][i], names[1][j]): (np.log(chance[i, j]) - apart[i, j]) / np.log(2)
        for i, j in zip(*np.nonzero(chance > 1e-13), strict=True)  # noqa: PLR2004 - not quite nothing
    }


class Shape:
    """Which units may meet, and how their probabilities begin and go on."""

    def __init__(self, sides: tuple[Side, Side], sizes: NDArray[np.int64]) -> None:
        self.sides, self.sizes = sides, sizes
        long, wide = sides[0].lengths[:, None], sides[1].lengths[None, :]
        allowed = np.zeros((long.shape[0], wide.shape[1]), bool)
        for a, b in sizes:
            allowed |= (long == a) & (wide == b)
        # The beginning of a word meets only the beginning of the other, the end only the end.
        for at, mark in ((0, START), (-1, END)):
            allowed &= sides[0].marks(at, mark)[:, None] == sides[1].marks(at, mark)[None, :]
        self.beyond_two = np.maximum(long + wide - 2, 0)
        self.single = allowed & (long < 2) & (wide < 2)  # noqa: PLR2004
        self.longer = allowed & ~self.single
        self.one_sided = self.single & ((long == 0) | (wide == 0))

    def first(self) -> Counts:
        """Return the probabilities of the first round: single letters, meeting or left out."""
        chance = np.where(self.one_sided, 0.2, np.where(self.single, 1.0, 0.0))
        return chance / chance.sum()

    def next(self, expected: Counts, turn: int) -> Counts:
        """Return the probabilities after a round."""
        counted = expected
        if turn > OPENS:
            counted = np.maximum(expected - np.where(self.longer, DISCOUNT * self.beyond_two, 0), 0)
            counted[self.single] = np.maximum(counted[self.single], LEAST)
        else:
            counted[self.single] += LEAST
        chance: Counts = counted / counted.sum()
        return (1 - SEED_SHARE) * chance + SEED_SHARE * self.seed() if turn == OPENS else chance

    def seed(self) -> Counts:
        """Return what longer units begin with: how often their halves occur at all."""
        often = []
        for side in self.sides:
            times = np.zeros(len(side.units) + 1)
            for n in range(LONGEST):
                seen = side.grams[:, n][side.grams[:, n] > 0]
                times += np.bincount(seen, minlength=len(times))
            often.append(times / times[side.lengths == 1].sum())
        seed = often[0][:, None] * often[1][None, :] * SEED_PER_LETTER**self.beyond_two
        seed[~self.longer] = 0.0
        whole: Counts = seed / seed.sum()
        return whole
