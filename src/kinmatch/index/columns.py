"""What a person asked about offers to each column of a comparison, as numbers of the index."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from kinmatch.comparisons.rarity import RARE, SINGULAR, UNCOMMON
from kinmatch.index.held import BIRTHS, COLUMNS
from kinmatch.index.nearness import CLOSE, ITSELF, NEAR, SAME

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kinmatch.comparisons.level import Flags
    from kinmatch.index.held import Rows

COMMON = UNCOMMON + 1
AROUND, ABOVE, BELOW = range(NEAR + 1, NEAR + 4)  # of a place: near it, around it, within it
WIDTHS = {"same": SAME, "close": CLOSE, "near": NEAR}
RANKS = {"singular": SINGULAR, "rare": RARE, "uncommon": UNCOMMON}
BARRED = "weeks_barred"  # by the births of brothers and sisters, which the index holds instead
SLIPS = "place_slips"  # uncommon places a letter apart, of which the index keeps a table
APART = "siblings_apart"  # one key for each name: no spelling of one counts beside another
OF_PLACES = {  # column -> its base, the commonest class left in it, and what it is widened to
    SLIPS: ("place", UNCOMMON, NEAR),
    "place_around": ("place", UNCOMMON, AROUND),
    "place_above": ("place", UNCOMMON, ABOVE),
    "parted_around": ("parted", COMMON, AROUND),
    "parted_above": ("parted", COMMON, ABOVE),
}
MOST_KEYS = 63  # of one column of a person asked about; those behind them are not told apart


class Column(NamedTuple):
    """A prepared column's parts: "given_rare_same" is of given names, rare, and widened."""

    base: str
    rank: int
    width: int
    apart: bool


@cache
def column_of(name: str) -> Column:
    """Return the parts of a column of `comparisons.rows`."""
    if name == APART:
        return Column("siblings", COMMON, ITSELF, apart=True)
    if name in OF_PLACES:
        return Column(*OF_PLACES[name], apart=False)
    if name == BARRED:
        return Column(BIRTHS, COMMON, ITSELF, apart=False)
    base, width, rank = name, ITSELF, COMMON
    for ending, value in WIDTHS.items():
        if base.endswith(f"_{ending}"):
            base, width = base.removesuffix(f"_{ending}"), value
    for ending, value in RANKS.items():
        if base.endswith(f"_{ending}"):
            base, rank = base.removesuffix(f"_{ending}"), value
    return Column(base, rank, width, apart=False)


class Table(NamedTuple):
    """The keys a person offers in one column, and every key of the index near one of them.

    One entry for each two, in the order of the numbers: the seed, counted from 0, the number of the
    other, how near it is, and the classes of rarity of both. Shape (entries,) each.
    """

    seeds: NDArray[np.int64]
    numbers: NDArray[np.int64]
    how: NDArray[np.int64]
    seed_ranks: NDArray[np.int64]
    ranks: NDArray[np.int64]
    given_ranks: NDArray[np.int64]  # of the others, taken for given names
    keys: int  # how many keys are offered, known to the index or not
    apart: Flags  # of each seed, whether it is no other spelling of one before it

    def wanted(self, asked: Column, given: Column) -> Wanted:
        """Return the numbers that meet the person's column, `asked`, in the column `given`."""
        # What has a place above it in the index lies below one that is asked about.
        width = BELOW if given.width == ABOVE else max(asked.width, given.width)
        crossed = asked.base == "family" and given.base == "given"
        table = self._replace(ranks=self.given_ranks) if crossed else self
        return Wanted(*chosen(table, width, asked.rank, given.rank, asked.apart))


class Wanted(NamedTuple):
    """Numbers in order, and for each a bit for every seed it meets."""

    numbers: NDArray[np.int64]
    seeds: NDArray[np.uint64]


@njit(cache=True, nogil=True)
def chosen(
    table: Table,
    width: int,
    seed_rank: int,
    rank: int,
    apart: bool,  # noqa: FBT001 - compiled; called by position
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Return the numbers near and rare enough, each once, with a bit for every seed it meets."""
    numbers = np.empty(table.numbers.shape[0], np.int64)
    seeds = np.empty(table.numbers.shape[0], np.uint64)
    count = 0
    for at in range(table.numbers.shape[0]):
        if width > NEAR and table.how[at] != width:
            continue
        if table.how[at] > width or table.seed_ranks[at] > seed_rank or table.ranks[at] > rank:
            continue
        seed = table.seeds[at]
        if apart and not table.apart[seed]:
            continue
        bit = np.uint64(1) << np.uint64(min(seed, MOST_KEYS))
        if count and numbers[count - 1] == table.numbers[at]:
            seeds[count - 1] |= bit
        else:
            numbers[count] = table.numbers[at]
            seeds[count] = bit
            count += 1
    return numbers[:count], seeds[:count]


@njit(cache=True, nogil=True)
def meets(
    rows: Rows,
    at: NDArray[np.int64],
    column: int,
    wanted: Wanted,
    by_seed: bool,  # noqa: FBT001 - compiled; called by position
) -> NDArray[np.int64]:
    """Return how many wanted numbers each row's column meets, or how many seeds of them."""
    numbers, seeds = wanted
    begins, keys = rows.begins, rows.keys
    found = np.empty(at.shape[0], np.int64)
    for pair in range(at.shape[0]):
        row = at[pair]
        met, told = 0, np.uint64(0)
        for k in range(begins[row, column], begins[row, column + 1]):
            low, high = 0, numbers.shape[0]
            while low < high:
                middle = (low + high) >> 1
                if numbers[middle] < keys[k]:
                    low = middle + 1
                else:
                    high = middle
            if low < numbers.shape[0] and numbers[low] == keys[k]:
                met += 1
                told |= seeds[low]
        if by_seed:
            met = 0
            while told:
                told &= told - np.uint64(1)
                met += 1
        found[pair] = met
    return found


PLACE_OF = {column: place for place, column in enumerate(COLUMNS)}
