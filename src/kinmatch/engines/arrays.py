"""The model over arrays: sets of keys as sorted numbers, many pairs at once, compiled loops.

The quickest engine on one machine, and the one that can score any pair, whether it shares a block
or not: training and the collective stage ask it. A pair is two positions; what is known of many
pairs is one array each for the found and the sought positions.
"""

from __future__ import annotations

from collections import defaultdict
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
    from collections.abc import Iterator, Mapping, Sequence

    from kinmatch.comparisons.level import Comparison, Days, Flags, Pairs, Row
    from kinmatch.engines.closeness import Progress
    from kinmatch.engines.population import Population, Prepared
    from kinmatch.engines.scored import Weights
    from kinmatch.model import Model

Positions = npt.NDArray[np.int64]
Bits = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]

CHUNK = 1_000_000  # pairs scored at once: some 200 MB, however many there are in all
NO_LEVEL = -1  # the code of what is not known; others count down from the strongest, 0
ROWS = 500  # found rows whose pairs are gathered at once
LISTS = tuple(
    dict.fromkeys(
        column
        for comparison in COMPARISONS
        for column in comparison.columns
        if column not in (comparison.scalars or {})
    )
)
SCALARS = tuple(dict.fromkeys(c for comparison in COMPARISONS for c in comparison.scalars or ()))


@dataclass(frozen=True, slots=True)
class Side:
    """One side's rows: each set of keys as a run of sorted numbers, each scalar as a number."""

    starts: Mapping[str, Positions]  # column -> where each row's run begins, and the end of all
    keys: Mapping[str, npt.NDArray[np.int32]]
    values: Mapping[str, Days]  # 0 where there is none


class Numbers:
    """Numbers for keys and words, given out as they come."""

    def __init__(self) -> None:
        self.of: dict[object, int] = defaultdict(lambda: len(self.of) + 1)

    def side(self, rows: Sequence[Row]) -> Side:
        """Return rows as arrays."""
        starts: dict[str, Positions] = {}
        keys: dict[str, npt.NDArray[np.int32]] = {}
        for column in LISTS:
            runs = [sorted(self.of[key] for key in row[column]) for row in rows]
            starts[column] = np.cumsum([0, *map(len, runs)], dtype=np.int64)
            keys[column] = np.array([key for run in runs for key in run], dtype=np.int32)
        values = {
            column: np.array([self._number(row[column]) for row in rows], dtype=np.int64)
            for column in SCALARS
        }
        return Side(starts, keys, values)

    def _number(self, value: object) -> int:
        if value is None:
            return 0
        return value if isinstance(value, int) else self.of[value]


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
        _common(
            (self.left.starts[found_column], self.left.keys[found_column]),
            (self.right.starts[sought_column], self.right.keys[sought_column]),
            (self.i, self.j),
            wanted,
            flags,
        )
        return flags

    def shorter(self, column: str) -> Days:
        """Return how many keys the smaller of the two sets holds."""
        left, right = (np.diff(side.starts[column]) for side in (self.left, self.right))
        sizes: Days = np.minimum(left[self.i], right[self.j])
        return sizes

    def lacks(self, column: str) -> Flags:
        """Return where one side has no key at all, or no value."""
        if column in self.left.values:
            untold: Flags = (self.found(column) == 0) | (self.sought(column) == 0)
            return untold
        left = np.diff(self.left.starts[column]) == 0
        right = np.diff(self.right.starts[column]) == 0
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
    """A population as arrays. Rows are those of the population, by position."""

    def __init__(self, population: Population, only: Sequence[int] | None = None) -> None:
        numbers = Numbers()
        everyone = range(len(population.found))
        self.population = population
        self.positions = np.array(everyone if only is None else sorted(only), dtype=np.int64)
        found = [population.found_row(int(place)) for place in self.positions]
        self.left = numbers.side([row.row for row in found])
        self.right = numbers.side([row.row for row in population.sought_rows])
        self.found = found
        self.row_of = np.full(len(population.found), -1, np.int64)
        self.row_of[self.positions] = np.arange(len(self.positions))

    def codes(self, i: Positions, j: Positions) -> Codes:
        """Return the level of each pair by comparison, shape (pairs, comparisons).

        A code is the place of the level in `Comparison.level_ids`, or -1 for what is not known.
        """
        codes = np.empty((len(i), len(COMPARISONS)), np.int8)
        pairs = Together(self.left, self.right, self.row_of[i], j)
        for place, comparison in enumerate(COMPARISONS):
            codes[:, place] = codes_of(comparison, pairs)
        return codes

    def blocked(self) -> Iterator[tuple[Positions, Positions]]:
        """Yield the pairs that share a block, some found rows at a time, in order."""
        index = {
            block: np.array(positions, np.int64)
            for block, positions in self.population.index.items()
        }
        for start in range(0, len(self.found), ROWS):
            rows = self.found[start : start + ROWS]
            sought = [_met(row, index) for row in rows]
            counts = [len(one) for one in sought]
            yield (
                np.repeat(self.positions[start : start + ROWS], counts),
                np.concatenate([np.empty(0, np.int64), *sought]),
            )


def _met(row: Prepared, index: Mapping[str, Positions]) -> Positions:
    met = [index[block] for block in row.blocks]
    return np.unique(np.concatenate(met)) if met else np.empty(0, np.int64)


def codes_of(comparison: Comparison, pairs: Pairs) -> Codes:
    """Ask the levels in turn, each only of the pairs no level before it held for."""
    codes = np.full(len(pairs), len(comparison.level_ids) - 1, np.int8)
    open_still = np.arange(len(pairs))
    place = 0
    for level in comparison.levels:
        holds = level.many(pairs)
        codes[open_still[holds]] = NO_LEVEL if level.id == UNKNOWN else place
        place += level.id != UNKNOWN
        pairs, open_still = pairs.some(~holds), open_still[~holds]
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


def score(population: Population, wanted: Weights, progress: Progress) -> Scoring:
    """Compare every pair that shares a block, so many found rows at a time."""
    only = None if wanted.only is None else sorted(wanted.only)
    scoring = Scoring([], 0)
    weigh = Weighing(population.model)
    prior = weight_of(population.model.prior(len(population.sought)))
    arrays = Arrays(population, only)
    whole = len(arrays.positions)
    done = 0
    for i, j in arrays.blocked():
        codes = arrays.codes(i, j)
        weights = weigh.total(codes) + prior
        scoring.compared += len(i)
        scoring.pairs += [
            Scored(int(i[one]), int(j[one]), float(weights[one]), names_of(codes[one]))
            for one in np.flatnonzero(weights >= wanted.lowest)
        ]
        done = min(done + ROWS, whole)
        progress("pairs", done, whole)
    return scoring
