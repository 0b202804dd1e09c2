"""The blocks of `kinmatch.blocking` as numbers, and the pairs that share one, joined by sorting.

A block is its kind and two numbers (two keys, or a key and a year). Each kind is joined by itself:
the sought side is sorted once, and a found row finds the run of each of its blocks by bisection.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kinmatch import blocking
from kinmatch.blocking import LOOSE_YEARS, PAIRS, SINGLE, WIDEST, WITH_BIRTH, WITH_PLACE
from kinmatch.comparisons.spans import YEAR
from kinmatch.engines.columns import Numbered, Positions, Runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kinmatch.engines.columns import Side

BITS = np.int64(32)  # of the second number of a block

Blocks = tuple[Positions, Positions]  # rows, and a block each of them stands in


def found_blocks(side: Side) -> Iterator[Blocks]:
    """Yield the blocks that found rows look into, kind by kind."""
    return _blocks(side, alone="_near", together="_same", loose=LOOSE_YEARS)


def sought_blocks(side: Side) -> Iterator[Blocks]:
    """Yield the blocks that sought rows stand in, kind by kind."""
    return _blocks(side, alone="", together="", loose=0)


def _blocks(side: Side, *, alone: str, together: str, loose: int) -> Iterator[Blocks]:
    for column in SINGLE:
        yield _single(side.runs(column + alone))
    for one, other in PAIRS:
        yield product(side.runs(one + together), side.runs(other + together))
    yield _single(side.runs("born_slips"))
    yield _single(side.runs("place_rare"))
    for column in WITH_PLACE:
        yield product(side.runs(column + together), side.runs("place_uncommon"))
    years = _years(side, loose)
    for column in WITH_BIRTH:
        yield product(side.runs(column + together), years)


def _single(runs: Runs) -> Blocks:
    return np.repeat(np.arange(len(runs.sizes)), runs.sizes), runs.keys.astype(np.int64)


def product(one: Runs, other: Runs) -> Blocks:
    """Return for each row every two numbers of its two runs, as one."""
    sizes = one.sizes * other.sizes
    rows = np.repeat(np.arange(len(sizes)), sizes)
    place = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    width = other.sizes[rows]
    first = one.keys[one.starts[rows] + place // width].astype(np.int64)
    return rows, first << BITS | other.keys[other.starts[rows] + place % width]


def _years(side: Side, loose: int) -> Runs:
    """Return the years of birth of each row; none where the birth is not known well enough."""
    first, last = side.values["born_from"], side.values["born_to"]
    told = (first != 0) & (last - first <= WIDEST)
    begins, ends = first // YEAR - loose, last // YEAR + loose + 1
    sizes = np.where(told, ends - begins, 0)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    years = np.arange(starts[-1]) - np.repeat(starts[:-1] - begins, sizes)
    return Runs(starts, (years + LOOSE_YEARS).astype(np.int32))  # none is below 0


@dataclass(frozen=True, slots=True)
class Posting:
    """The sought rows in each block of one kind."""

    blocks: Positions  # sorted, each once
    starts: Positions
    rows: Numbered

    @classmethod
    def of(cls, rows: Positions, blocks: Positions) -> Posting:
        """Sort rows by block; within one they stay in order."""
        order = np.argsort(blocks, kind="stable")
        blocks = blocks[order]
        begins = np.flatnonzero(np.concatenate([[True], blocks[1:] != blocks[:-1]])[: len(blocks)])
        return cls(blocks[begins], np.append(begins, len(blocks)), rows[order].astype(np.int32))

    def looked_up(self, blocks: Positions) -> tuple[Positions, Positions]:
        """Return where the run of each block begins, and how many rows it holds."""
        if not len(self.blocks):
            return np.zeros_like(blocks), np.zeros_like(blocks)
        place = np.minimum(np.searchsorted(self.blocks, blocks), len(self.blocks) - 1)
        there = self.blocks[place] == blocks
        starts = self.starts[place]
        return starts, np.where(there, self.starts[place + 1] - starts, 0)


class Postings:
    """The sought side by block, asked who shares one with found rows."""

    def __init__(self, sought: Side) -> None:
        self.kinds = [Posting.of(*blocks) for blocks in sought_blocks(sought)]

    def met(self, found: Side) -> tuple[Positions, Positions]:
        """Return the pairs that share a block the found row looks into, in order."""
        rows, starts, sizes, kinds = self._looked_up(found)
        wanted = sizes <= largest(rows, sizes, len(found))[rows]
        pairs = [
            self._pairs(kind, *(of[wanted & (kinds == kind)] for of in (rows, starts, sizes)))
            for kind in range(len(self.kinds))
        ]
        together = np.unique(np.concatenate(pairs))
        return together >> BITS, together & ((1 << BITS) - 1)

    def _looked_up(self, found: Side) -> tuple[Positions, Positions, Positions, Positions]:
        """Return each found row's blocks that anyone stands in: row, start, size, and kind."""
        told = []
        for kind, (rows, blocks) in enumerate(found_blocks(found)):
            starts, sizes = self.kinds[kind].looked_up(blocks)
            there = np.flatnonzero(sizes)
            told.append((rows[there], starts[there], sizes[there], np.full(len(there), kind)))
        rows, starts, sizes, kinds = (np.concatenate(parts) for parts in zip(*told, strict=True))
        return rows, starts, sizes, kinds

    def _pairs(self, kind: int, rows: Positions, starts: Positions, sizes: Positions) -> Positions:
        place = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes - starts, sizes)
        pairs: Positions = np.repeat(rows, sizes) << BITS | self.kinds[kind].rows[place]
        return pairs


def largest(rows: Positions, sizes: Positions, count: int) -> Positions:
    """Return how large a block each row looks into may be (`blocking.chosen`)."""
    order = np.lexsort((sizes, rows))
    rows, sizes = rows[order], sizes[order]
    summed = np.cumsum(sizes)
    first = np.searchsorted(rows, np.arange(count))
    before = np.concatenate([[0], summed])[first]
    enough = summed - before[rows] <= blocking.MOST
    # Where one of a size is too many, none of that size is looked into.
    least = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(least, rows[~enough], sizes[~enough])
    allowed: Positions = least - 1
    return allowed
