"""One side as columns of numbers: each set of keys a run of them, widened key by key.

There are few names and many who bear them, so what a key is widened to, and how rare it is, is
looked up once for each key (`Lexicon`). A column beyond those told is made when it is first asked
for, of some rows at a time where there are many (`Side.some`).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
import numpy.typing as npt

from kinmatch.comparisons import COMPARISONS
from kinmatch.comparisons.gazetteer import above, around
from kinmatch.comparisons.place import slips_of
from kinmatch.comparisons.rows import FORMS, KEY_COLUMNS, NAME_COLUMNS, WORD_COLUMNS, facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kinmatch.comparisons.keys import Keys
    from kinmatch.comparisons.level import Days, Flags
    from kinmatch.comparisons.rows import Widening
    from kinmatch.records import Person

Positions = npt.NDArray[np.int64]
Numbered = npt.NDArray[np.int32]

SCALARS = tuple(dict.fromkeys(c for comparison in COMPARISONS for c in comparison.scalars or ()))
PLACES, PARTED = "place", "parted"


@dataclass(frozen=True, slots=True)
class Runs:
    """A set of numbers for each row, as one sorted run after the other."""

    starts: Positions  # where each row's run begins, and the end of all
    keys: Numbered

    @classmethod
    def of(cls, sets: Iterable[Sequence[int]]) -> Runs:
        """Return sorted numbers, a sequence for each row."""
        ends, keys = array("q", [0]), array("i")
        for one in sets:
            keys.extend(one)
            ends.append(len(keys))
        return cls(np.array(ends, np.int64), np.array(keys, np.int32))

    @property
    def sizes(self) -> Positions:
        """How many numbers each row has."""
        return np.diff(self.starts)

    def some(self, rows: Positions) -> Runs:
        """Return some of the rows, in the order they are asked for."""
        sizes = self.sizes[rows]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        place = np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], sizes)
        return Runs(starts, self.keys[place])

    def where(self, wanted: Flags) -> Runs:
        """Return the runs without the numbers that are not wanted; a flag for each number."""
        kept = wanted[self.keys]
        starts = np.concatenate([[0], np.cumsum(kept)])[self.starts]
        return Runs(starts, self.keys[kept])

    def widened(self, table: Runs) -> Runs:
        """Return for each row the numbers that the table has for its numbers, each once."""
        most = int(table.sizes[self.keys].sum())
        starts, keys = np.zeros_like(self.starts), np.empty(most, np.int32)
        _widen(self.starts, self.keys, (table.starts, table.keys), (starts, keys))
        return Runs(starts, keys[: starts[-1]].copy())

    def apart(self, same: Runs) -> Runs:
        """Return the runs without what is another spelling of a number before it."""
        kept = np.zeros(len(self.keys), np.bool_)
        _apart(self.starts, self.keys, (same.starts, same.keys), kept)
        starts = np.concatenate([[0], np.cumsum(kept)])[self.starts]
        return Runs(starts, self.keys[kept])


@numba.njit(cache=True, nogil=True)
def _widen(
    starts: Any, keys: Any, table: Any, into: Any
) -> None:  # pragma: no cover - compiled; tests run it uncompiled through py_func
    table_starts, table_keys = table
    new_starts, new_keys = into
    end = 0
    for row in range(len(starts) - 1):
        begin = end
        for place in range(starts[row], starts[row + 1]):
            key = keys[place]
            for other in range(table_starts[key], table_starts[key + 1]):
                new_keys[end] = table_keys[other]
                end += 1
        if starts[row + 1] - starts[row] > 1:  # the table's own runs are sorted already
            new_keys[begin:end] = np.sort(new_keys[begin:end])
            last = begin
            for place in range(begin, end):
                if place == begin or new_keys[place] != new_keys[place - 1]:
                    new_keys[last] = new_keys[place]
                    last += 1
            end = last
        new_starts[row + 1] = end


@numba.njit(cache=True, nogil=True)
def _apart(
    starts: Any, keys: Any, table: Any, kept: Any
) -> None:  # pragma: no cover - compiled; tests run it uncompiled through py_func
    table_starts, table_keys = table
    for row in range(len(starts) - 1):
        for place in range(starts[row], starts[row + 1]):
            key = keys[place]
            alone = True
            for before in range(starts[row], place):
                if kept[before]:
                    for other in range(table_starts[key], table_starts[key + 1]):
                        if table_keys[other] == keys[before]:
                            alone = False
            kept[place] = alone


class Numbers:
    """Numbers for words, given out as they come; runs of them for sets, worked out once each."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = {name: number for number, name in enumerate(names)}
        self.words: dict[str, dict[str, int]] = defaultdict(dict)  # by column
        self.runs: dict[tuple[str, frozenset[str]], tuple[int, ...]] = {}

    def run(self, column: str, keys: frozenset[str]) -> tuple[int, ...]:
        """Return the numbers of a set, sorted; names are numbered in alphabetical order."""
        domain = "" if column in KEY_COLUMNS else WORD_COLUMNS[column]
        known = self.runs.get((domain, keys))
        if known is None:
            words = self.names if not domain else self.words[domain]
            known = tuple(sorted(words.setdefault(key, len(words)) for key in keys))
            self.runs[domain, keys] = known
        return known

    def word(self, column: str, value: object) -> int:
        """Return a scalar as a number from 1; 0 where there is none."""
        if value is None:
            return 0
        if isinstance(value, int):
            return value
        words = self.words[column]
        return words.setdefault(str(value), len(words)) + 1


@dataclass(slots=True)
class Lexicon:
    """Of each name and place, by number: what it is widened to, and how rare it is."""

    wide: Mapping[str, Runs]  # of names: "same", "close", "near"
    of_places: Mapping[str, Runs]  # what a place is widened to: "slips", "around", "above"
    ranks: Mapping[str, npt.NDArray[np.int8]]  # by column of names, and of places

    @classmethod
    def of(cls, numbers: Numbers, widening: Widening) -> Lexicon:
        """Look every known name and place up."""
        alike, names = widening.alike, numbers.names
        wide = {
            kind: Runs.of(sorted(names[other] for other in near(key)) for key in names)
            for kind, near in (("same", alike.same), ("close", alike.close), ("near", alike.near))
        }
        by_rarity = {}  # the given names of all columns are counted together: one look-up
        for column in NAME_COLUMNS:
            rarity = widening.rarities[column]
            if id(rarity) not in by_rarity:
                by_rarity[id(rarity)] = np.array([rarity.rank(key) for key in names], np.int8)
        ranks = {column: by_rarity[id(widening.rarities[column])] for column in NAME_COLUMNS}
        places = numbers.words[PLACES]
        of_each = np.array([widening.rarities[PLACES].rank(key) for key in places], np.int8)
        ranks |= {PLACES: of_each, PARTED: of_each}
        less: dict[str, int] = {}  # numbers of names with a letter left out
        every = dict(places)  # and of places that nobody names
        of_places = {
            "slips": Runs.of(
                sorted(less.setdefault(slip, len(less)) for slip in slips_of((place,)))
                for place in places
            ),
            **{
                ending: Runs.of(
                    sorted(every.setdefault(other, len(every)) for other in kin(place))
                    for place in places
                )
                for ending, kin in (("around", around), ("above", above))
            },
        }
        return cls(wide, of_places, ranks)


class Side:
    """One side's rows: each set of keys as a run of sorted numbers, each scalar as a number."""

    def __init__(
        self, lexicon: Lexicon, told: Mapping[str, Runs], values: Mapping[str, Days]
    ) -> None:
        self.lexicon = lexicon
        self.told = told
        self.values = values  # 0 where there is none
        self._made: dict[str, Runs] = {}

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.told[NAME_COLUMNS[0]].starts) - 1

    def some(self, rows: Positions) -> Side:
        """Return some of the rows, in the order they are asked for."""
        return Side(
            self.lexicon,
            {column: runs.some(rows) for column, runs in self.told.items()},
            {column: values[rows] for column, values in self.values.items()},
        )

    def runs(self, column: str) -> Runs:
        """Return a column of sets, as `comparisons.rows` names it."""
        if column in self.told:
            return self.told[column]
        if column not in self._made:
            self._made[column] = self._derived(column)
        return self._made[column]

    def _derived(self, column: str) -> Runs:
        lexicon = self.lexicon
        if column == "siblings_apart":
            return self.told["siblings"].apart(lexicon.wide["same"])
        if column == "father_stem_same":
            return self.told["father_stem"].widened(lexicon.wide["same"])
        base, _, ending = column.partition("_")
        if ending in lexicon.of_places:
            of = self.told[PARTED] if base == PARTED else self.runs("place_uncommon")
            return of.widened(lexicon.of_places[ending])
        rank, kind = FORMS[f"_{ending}"]
        runs = self.told[base]
        if rank is not None:
            runs = runs.where(lexicon.ranks[base] <= rank)
        return runs.widened(lexicon.wide[kind]) if kind else runs


def told_of(
    numbers: Numbers, everyone: Iterable[tuple[Person, Keys]]
) -> tuple[dict[str, Runs], dict[str, Days]]:
    """Return what records say as columns: sets of keys as runs, scalars as numbers."""
    columns = (*KEY_COLUMNS, *WORD_COLUMNS)
    ends = {column: array("q", [0]) for column in columns}
    flat = {column: array("i") for column in columns}
    values = {column: array("q") for column in SCALARS}
    for person, keys in everyone:
        facts = facts_of(person)
        for column in columns:
            held: frozenset[str] = facts[column] if column in facts else getattr(keys, column)
            if held:
                flat[column].extend(numbers.run(column, held))
            ends[column].append(len(flat[column]))
        for column, values_of in values.items():
            values_of.append(numbers.word(column, facts[column]))
    runs = {
        column: Runs(np.array(ends[column], np.int64), np.array(flat[column], np.int32))
        for column in columns
    }
    return runs, {column: np.array(told, np.int64) for column, told in values.items()}
