"""Which pairs are worth comparing: those that share a block.

A block is a short text made from one name, or from two facts together: the father and the birth
year, the father and the mother … A found row stands in the blocks of every name like its own
(where two names go together, of every spelling of them), a sought row in those of its own names;
so the join is an equality, the same in Python's dictionaries and in SQL. Kin have blocks of their
own: a child known by another name is met through the father or a sister.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import product
from typing import TYPE_CHECKING

from kinmatch.comparisons.spans import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kinmatch.comparisons import Row

MOST = 1_200  # sought persons in all blocks a found row looks into, whoever is in two counted twice
LOOSE_YEARS = 2  # ages are guessed; years either side that still count as the same
WIDEST = 8 * YEAR  # days; a birth less sure than this splits no block

DAY = "day"  # a birth known to the day, one digit of it hidden
SINGLE = ("given", "father", "mother", "siblings", "family")
PAIRS = (
    ("given", "father"),
    ("given", "mother"),
    ("given", "siblings"),
    ("father", "mother"),
    ("father", "siblings"),
    ("given", "family"),
)
WITH_BIRTH = ("given", "father", "siblings", "family")
WITH_PLACE = ("given", "father", "siblings", "family")
PLACE = "place"  # a place few name


def found_blocks(row: Row) -> frozenset[str]:
    """Return the blocks a found row looks into."""
    return frozenset(_blocks(row, alone="_near", together="_same", loose=LOOSE_YEARS))


def sought_blocks(row: Row) -> frozenset[str]:
    """Return the blocks a sought row stands in."""
    return frozenset(_blocks(row, alone="", together="", loose=0))


def index_of(blocks: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    """Return the positions of the sought rows in each block, in order."""
    index: dict[str, list[int]] = defaultdict(list)
    for position, of_row in enumerate(blocks):
        for block in of_row:
            index[block].append(position)
    return dict(index)


def chosen(blocks: Iterable[str], index: Mapping[str, list[int]]) -> frozenset[str]:
    """Return which of its blocks a found row looks into: the smallest, up to `MOST` persons.

    Small blocks say most, so a name that many bear costs what any other does and only meets those
    who agree in something else too. Blocks of one size stand or fall together. It follows from
    the sought side and this row alone, so a child linked by itself meets the same persons as in a
    batch.
    """
    sizes = {block: len(index[block]) for block in blocks if block in index}
    in_all, largest = 0, 0
    for size, alike in sorted(Counter(sizes.values()).items()):
        in_all += size * alike
        if in_all > MOST:
            break
        largest = size
    return frozenset(block for block, size in sizes.items() if size <= largest)


def candidates(blocks: Iterable[str], index: Mapping[str, list[int]]) -> list[int]:
    """Return the positions of the sought rows that share a block, in order."""
    return sorted({position for block in blocks for position in index.get(block, ())})


def _blocks(row: Row, *, alone: str, together: str, loose: int) -> Iterator[str]:
    for column in SINGLE:
        yield from (f"{column}:{key}" for key in row[column + alone])
    for one, other in PAIRS:
        for key, second in product(row[one + together], row[other + together]):
            yield f"{one}+{other}:{key}:{second}"
    yield from (f"{DAY}:{slip}" for slip in row["born_slips"])
    yield from (f"{PLACE}:{place}" for place in row["place_rare"])
    for column in WITH_PLACE:
        for key, place in product(row[column + together], row["place_uncommon"]):
            yield f"{column}+{PLACE}:{key}:{place}"
    years = _years(row, loose)
    for column in WITH_BIRTH:
        for key, year in product(row[column + together], years):
            yield f"{column}+birth:{key}:{year}"


def _years(row: Row, loose: int) -> range:
    """Return the years of birth, counted in years of 366 days from the calendar's first."""
    first, last = row["born_from"], row["born_to"]
    if first is None or last - first > WIDEST:
        return range(0)
    return range(first // YEAR - loose, last // YEAR + loose + 1)
