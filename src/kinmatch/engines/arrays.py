"""The model over arrays: sets of keys as sorted numbers, many pairs at once, compiled loops.

The quickest engine on one machine, and the one that can score any pair, whether it shares a block
or not: training and the collective stage ask it. A pair is two positions; what is known of many
pairs is one array each for the found and the sought positions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
import numpy.typing as npt

from kinmatch.comparisons import COMPARISONS, UNKNOWN
from kinmatch.engines.scored import Scored, Scoring
from kinmatch.model import weight_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kinmatch.comparisons.level import Comparison, Days, Flags, Pairs
    from kinmatch.engines.closeness import Progress
    from kinmatch.engines.columns import Positions, Side
    from kinmatch.engines.population import Population
    from kinmatch.engines.scored import Weights
    from kinmatch.model import Model

Bits = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]

CHUNK = 1_000_000  # pairs scored at once: some 200 MB, however many there are in all
NO_LEVEL = -1  # the code of what is not known; others count down from the strongest, 0
ROWS = 2_000  # found rows whose pairs are gathered at once


@dataclass(frozen=True, slots=True)
class Batch:
    """Scored pairs of some found rows, in order: positions, levels, bits with the prior in them."""

    i: Positions
    j: Positions
    codes: Codes  # by comparison: the place in `Comparison.level_ids`, or -1 for what is not known
    weights: Bits

    def some(self, wanted: Flags | Positions) -> Batch:
        """Return those of the pairs, told by flags or by places."""
        return Batch(self.i[wanted], self.j[wanted], self.codes[wanted], self.weights[wanted])

    @classmethod
    def joined(cls, batches: Sequence[Batch]) -> Batch:
        """Return the pairs of all of them, one after the other."""
        if not batches:
            none = np.empty(0, np.int64)
            return cls(none, none, np.empty((0, len(COMPARISONS)), np.int8), np.empty(0))
        columns = zip(*((one.i, one.j, one.codes, one.weights) for one in batches), strict=True)
        return cls(*(np.concatenate(column) for column in columns))


@dataclass(slots=True)
class Together:
    """Pairs of positions, as the levels of a comparison ask about them (`Pairs`)."""

    left: Side
    right: Side
    i: Positions
    j: Positions

    def common(self, found_column: str, sought_column: str, least: int | Days) -> Flags:
        """Return where two sets of keys have at least this many in common."""
        wanted = np.broadcast_to(np.asarray(least, np.int64), self.i.shape)
        flags = np.empty(len(self.i), np.bool_)
        left, right = self.left.runs(found_column), self.right.runs(sought_column)
        _common(
            (left.starts, left.keys), (right.starts, right.keys), (self.i, self.j), wanted, flags
        )
        return flags

    def shorter(self, column: str) -> Days:
        """Return how many keys the smaller of the two sets holds."""
        left, right = (side.runs(column).sizes for side in (self.left, self.right))
        sizes: Days = np.minimum(left[self.i], right[self.j])
        return sizes

    def lacks(self, column: str) -> Flags:
        """Return where one side has no key at all, or no value."""
        if column in self.left.values:
            untold: Flags = (self.found(column) == 0) | (self.sought(column) == 0)
            return untold
        left, right = self.left.runs(column).sizes == 0, self.right.runs(column).sizes == 0
        flags: Flags = left[self.i] | right[self.j]
        return flags

    def found(self, column: str) -> Days:
        """Return the found rows' values of a scalar column; 0 where there is none."""
        values: Days = self.left.values[column][self.i]
        return values

    def sought(self, column: str) -> Days:
        """Return the sought rows' values of a scalar column; 0 where there is none."""
        values: Days = self.right.values[column][self.j]
        return values

    def __len__(self) -> int:
        """How many pairs there are."""
        return len(self.i)

    def some(self, wanted: Flags) -> Together:
        """Return those of the pairs."""
        return Together(self.left, self.right, self.i[wanted], self.j[wanted])


@numba.njit(cache=True, nogil=True)
def _common(
    left: Any,
    right: Any,
    pairs: Any,
    wanted: Any,
    flags: Any,
) -> None:  # pragma: no cover - compiled; tests run it uncompiled through py_func
    left_starts, left_keys = left
    right_starts, right_keys = right
    found, sought = pairs
    for pair in range(len(found)):
        a, a_end = left_starts[found[pair]], left_starts[found[pair] + 1]
        b, b_end = right_starts[sought[pair]], right_starts[sought[pair] + 1]
        met, least = 0, wanted[pair]
        while a < a_end and b < b_end and met < least:
            if left_keys[a] < right_keys[b]:
                a += 1
            elif left_keys[a] > right_keys[b]:
                b += 1
            else:
                met += 1
                a += 1
                b += 1
        flags[pair] = met >= least


class Arrays:
    """A population as arrays: levels of any pairs, and of those that share a block."""

    def __init__(self, population: Population, only: Sequence[int] | None = None) -> None:
        everyone = range(len(population.found))
        self.population = population
        self.positions = np.array(everyone if only is None else sorted(only), dtype=np.int64)
        self.left, self.right = population.sides.found, population.sides.sought

    def codes(self, i: Positions, j: Positions) -> Codes:
        """Return the level of each pair by comparison, shape (pairs, comparisons).

        A code is the place of the level in `Comparison.level_ids`, or -1 for what is not known.
        """
        codes = np.empty((len(i), len(COMPARISONS)), np.int8)
        for start in range(0, len(i), CHUNK):
            some = slice(start, start + CHUNK)
            # Widened columns of the found side are large: only of those who are asked about.
            rows, place = np.unique(i[some], return_inverse=True)
            left = self.left.some(rows)
            codes[some] = codes_of(Together(left, self.right, place, j[some]))
        return codes

    def blocked(self, weigh: Weighing, prior: float) -> Iterator[Batch]:
        """Yield the pairs that share a block, some found rows at a time, in order."""
        for start in range(0, len(self.positions), ROWS):
            asked = self.positions[start : start + ROWS]
            left = self.left.some(asked)
            rows, j = self.population.sides.postings.met(left)
            codes = codes_of(Together(left, self.right, rows, j))
            yield Batch(asked[rows], j, codes, weigh.total(codes) + prior)


def codes_of(pairs: Pairs) -> Codes:
    """Return the level of each pair by comparison, shape (pairs, comparisons)."""
    codes = np.empty((len(pairs), len(COMPARISONS)), np.int8)
    for place, comparison in enumerate(COMPARISONS):
        codes[:, place] = codes_in(comparison, pairs)
    return codes


def codes_in(comparison: Comparison, pairs: Pairs) -> Codes:
    """Ask the levels in turn, each only of the pairs no level before it held for."""
    codes = np.full(len(pairs), len(comparison.level_ids) - 1, np.int8)
    open_still = np.arange(len(pairs))
    place = 0
    for level in comparison.levels:
        holds = level.many(pairs)
        if holds.any():
            codes[open_still[holds]] = NO_LEVEL if level.id == UNKNOWN else place
            pairs, open_still = pairs.some(~holds), open_still[~holds]
        place += level.id != UNKNOWN
    return codes


class Weighing:
    """The weights of every level, so that codes become bits by looking them up."""

    def __init__(self, model: Model, *, among_kin: bool = False) -> None:
        self.bits = [
            np.array(
                [
                    *(
                        chances.kin_bits if among_kin else chances.bits
                        for chances in (model.levels[one.name][level] for level in one.level_ids)
                    ),
                    0.0,
                ]
            )
            for one in COMPARISONS
        ]

    def of_each(self, codes: Codes) -> Bits:
        """Return the bits of each pair by comparison, shape (pairs, comparisons)."""
        return np.stack([bits[codes[:, place]] for place, bits in enumerate(self.bits)], axis=1)

    def total(self, codes: Codes) -> Bits:
        """Return the sum of the bits of each pair, the prior not in it."""
        total: Bits = np.zeros(len(codes))
        for place, bits in enumerate(self.bits):
            total += bits[codes[:, place]]
        return total


@cache
def level_names() -> tuple[tuple[str, ...], ...]:
    """Return the levels of each comparison by code; the last stands at -1, for the unknown."""
    return tuple((*comparison.level_ids, UNKNOWN) for comparison in COMPARISONS)


def names_of(codes: npt.NDArray[np.int8]) -> tuple[str, ...]:
    """Return the levels of one pair, in the order of COMPARISONS."""
    return tuple(names[code] for names, code in zip(level_names(), codes, strict=True))


def scored(population: Population, wanted: Weights, progress: Progress) -> Iterator[Batch]:
    """Yield the pairs that share a block, those too weak among them, so many rows at a time."""
    arrays = Arrays(population, None if wanted.only is None else sorted(wanted.only))
    prior = weight_of(population.model.prior(population.people))
    whole = len(arrays.positions)
    for turn, batch in enumerate(arrays.blocked(Weighing(population.model), prior), 1):
        yield batch
        progress("pairs", min(turn * ROWS, whole), whole)


def score(population: Population, wanted: Weights, progress: Progress) -> Scoring:
    """Compare every pair that shares a block, so many found rows at a time."""
    scoring = Scoring([], 0)
    for batch in scored(population, wanted, progress):
        scoring.compared += len(batch.i)
        strong = batch.some(batch.weights >= wanted.lowest)
        scoring.pairs += [
            Scored(int(i), int(j), float(weight), names_of(codes))
            for i, j, weight, codes in zip(
                strong.i, strong.j, strong.weights, strong.codes, strict=True
            )
        ]
    return scoring
