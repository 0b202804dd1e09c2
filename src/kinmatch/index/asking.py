"""One person asked about: who of the index is worth comparing, and on what level each pair is.

Names bring forward those who bear them or names near them, by the bits the model gives; where no
name and no place is told, the day of birth does. Those who gain most are compared in full by the
very levels every engine asks (`comparisons`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from kinmatch.comparisons import COMPARISONS
from kinmatch.comparisons.birth import parts, slips
from kinmatch.engines.arrays import codes_in, codes_of
from kinmatch.index.columns import BARRED, PLACE_OF, column_of, meets
from kinmatch.index.held import BIRTHS, COLUMNS, DAYS, SEARCHED, Rows
from kinmatch.index.nearness import ITSELF
from kinmatch.names.columns import bring
from kinmatch.names.vocabulary import highest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from kinmatch.comparisons.level import Comparison, Days, Flags
    from kinmatch.engines.arrays import Bits, Codes, Weighing
    from kinmatch.engines.columns import Positions
    from kinmatch.index.columns import Table, Wanted
    from kinmatch.index.held import Held

BROUGHT = 3_000  # persons looked at by names and dates
COMPARED = 300  # persons compared in full
LEAST = 0.5  # bits a key must say to bring its bearers forward
BY_NAME = {one.name: place for place, one in enumerate(COMPARISONS)}
DATES = ("birth", "sex")


NOBODY: Positions = np.empty(0, np.int64)


@lru_cache(maxsize=65_536)
def slips_of(day: int) -> frozenset[str]:
    """Return what a day shares with one copied wrongly (`comparisons.birth`); 0 is no day."""
    return slips(date.fromordinal(day), date.fromordinal(day)) if day else frozenset()


@lru_cache(maxsize=65_536)
def parts_of(day: int) -> frozenset[str]:
    """Return the pairs of parts of a day; 0 is no day."""
    return parts(date.fromordinal(day), date.fromordinal(day)) if day else frozenset()


OF_DAY = {"born_slips": slips_of, "born_parts": parts_of}
ASKED_OF = {  # whose levels say what a column is worth, and the columns that meet it
    **{column: (column, (column,)) for column in SEARCHED},
    "father": ("father", ("father", "father_stem")),
    "father_stem": ("father", ("father",)),
}


@dataclass(slots=True)
class Pairs:
    """A person asked about, beside some of the index; what the levels ask (`level.Pairs`)."""

    question: Question
    rows: Rows
    at: Positions  # the rows that are meant
    dated: bool = True  # whether the rows are persons with dates, and not single keys
    closely: bool = True  # whether dates are looked at digit by digit too

    def __len__(self) -> int:
        """How many pairs there are."""
        return len(self.at)

    def some(self, wanted: Flags) -> Pairs:
        """Return those of the pairs."""
        return Pairs(self.question, self.rows, self.at[wanted], self.dated, self.closely)

    def common(self, found_column: str, sought_column: str, least: int | Days) -> Flags:
        """Return where two sets of keys have at least this many in common."""
        given = column_of(sought_column)
        if given.base not in PLACE_OF:
            return self._of_day_common(found_column, least)
        wanted = self.question.wanted(found_column, sought_column)
        if not len(wanted.numbers):
            none: Flags = np.zeros(len(self.at), np.int64) >= least
            return none
        place, widened = PLACE_OF[given.base], given.width != ITSELF
        met = meets(self.rows, self.at, place, wanted, widened)
        if given.apart:
            for pair, kept in self._told_twice():
                met[pair] = np.isin(kept, wanted.numbers).sum()
        flags: Flags = met >= least
        return flags

    def shorter(self, column: str) -> Days:
        """Return how many keys the smaller of the two sets holds."""
        base = column_of(column).base
        asked = int(self.question.tables[base].apart.sum())
        if not asked:
            return np.zeros(len(self.at), np.int64)
        begins, place = self.rows.begins, PLACE_OF[base]
        sizes = (begins[self.at, place + 1] - begins[self.at, place]).astype(np.int64)
        for pair, kept in self._told_twice():
            sizes[pair] = len(kept)
        shorter: Days = np.minimum(sizes, asked)
        return shorter

    def _told_twice(self) -> Iterator[tuple[int, NDArray[np.int64]]]:
        """Yield who tells one sibling's name in two spellings, with a number for each name."""
        exceptions = self.question.held_apart
        if exceptions and self.dated:
            for pair, place in enumerate(self.rows.places[self.at].tolist()):
                if place in exceptions:
                    yield pair, exceptions[place]

    def _of_day_common(self, column: str, least: int | Days) -> Flags:
        """Return where two days of birth have something in common, digit by digit."""
        flags = np.zeros(len(self.at), np.bool_)
        own = self.question.of_day[column]
        if own and self.dated and self.closely:
            first, last = self.sought("born_from"), self.sought("born_to")
            days, place = np.unique(np.where(first == last, first, 0), return_inverse=True)
            met = [len(own & OF_DAY[column](day)) for day in days.tolist()]
            flags[:] = np.array(met)[place] >= least
        return flags

    def lacks(self, column: str) -> Flags:
        """Return where one side has no key at all, or no value."""
        if column in DAYS:
            untold: Flags = (self.found(column) == 0) | (self.sought(column) == 0)
            return untold
        place = PLACE_OF[column]
        if not self.question.tables[column].keys:
            return np.ones(len(self.at), np.bool_)
        begins = self.rows.begins
        empty: Flags = begins[self.at, place] == begins[self.at, place + 1]
        return empty

    def found(self, column: str) -> Days:
        """Return the person's value of a scalar column; 0 where there is none."""
        return np.full(len(self.at), self.question.days[column], np.int64)

    def sought(self, column: str) -> Days:
        """Return the values of those of the index; 0 where there is none."""
        if not self.dated:
            return np.zeros(len(self.at), np.int64)
        days = self.question.held.days.array
        values: Days = days[self.rows.places[self.at], DAYS.index(column)].astype(np.int64)
        return values


@dataclass(slots=True)
class Question:
    """One person asked about: what they offer to each column, and their dates."""

    held: Held
    tables: Mapping[str, Table]
    days: Mapping[str, int]  # by the names of DAYS; 0 where there is none
    of_day: Mapping[str, frozenset[str]]  # what the day of birth shares with one copied wrongly
    held_apart: Mapping[int, NDArray[np.int64]]  # of whom one sibling's name has two spellings
    _wanted: dict[tuple[str, str], Wanted] = field(default_factory=dict)

    def wanted(self, found_column: str, sought_column: str) -> Wanted:
        """Return the numbers of the index that meet a column of the person."""
        key = found_column, sought_column
        if key not in self._wanted:
            asked, given = column_of(found_column), column_of(sought_column)
            table = found_column if found_column == BARRED else asked.base
            table = BIRTHS if given.base == BIRTHS else table
            self._wanted[key] = self.tables[table].wanted(asked, given)
        return self._wanted[key]

    def codes(self, places: Positions) -> Codes:
        """Return the level of the person with each of some, by comparison."""
        pairs = Pairs(self, self.held.rows(places), np.arange(len(places)))
        return codes_of(pairs)

    def forward(self, weigh: Weighing, most: int = COMPARED) -> Positions:
        """Return the places of those worth comparing in full, about so many."""
        totals = np.zeros(len(self.held.ids), np.float32)
        seen = np.zeros(len(totals), np.int8)
        for part, column in enumerate(SEARCHED, 1):
            numbers, bits = self.gains(column, weigh)
            if len(numbers):
                lists = self.held.postings[column].lists
                bring(numbers.astype(np.int32), bits, lists, totals, seen, part)
        brought: Positions = highest(totals, max(BROUGHT, most))
        brought = brought[self.held.here.array[brought]]
        if not any(self.tables[column].keys for column in SEARCHED):
            brought = self.born_alike()
        if len(brought) <= most:
            return brought
        nothing = Rows(brought, np.empty((0, 0), np.int32), np.empty(0, np.int64))
        pairs = Pairs(self, nothing, np.arange(len(brought)), closely=False)
        bits = totals[brought].astype(np.float64)
        for name in DATES:
            place = BY_NAME[name]
            bits += weigh.bits[place][codes_in(COMPARISONS[place], pairs)]
        best: Positions = np.sort(brought[np.argpartition(-bits, most)[:most]])
        return best

    def born_alike(self) -> Positions:
        """Return the places of those born on the same day, or on one copied wrongly."""
        everyone = np.flatnonzero(self.held.here.array)
        rows = Rows(everyone, np.empty((0, 0), np.int32), np.empty(0, np.int64))
        pairs = Pairs(self, rows, np.arange(len(everyone)))
        return everyone[pairs.common("born_slips", "born_slips", 1)]

    def gains(self, column: str, weigh: Weighing) -> tuple[NDArray[np.int64], Bits]:
        """Return the keys of a column that speak for those who bear them, the strongest first."""
        name, columns = ASKED_OF[column]
        if not any(self.tables[one].keys for one in columns):
            return NOBODY, np.empty(0)
        numbers = np.unique(np.concatenate([self.tables[one].numbers for one in columns]))
        rows = single(numbers, PLACE_OF[column])
        comparison: Comparison = COMPARISONS[BY_NAME[name]]
        pairs = Pairs(self, rows, np.arange(len(numbers)), dated=False)
        bits = weigh.bits[BY_NAME[name]][codes_in(comparison, pairs)]
        told = np.flatnonzero(bits >= LEAST)
        order = told[np.argsort(-bits[told], kind="stable")]
        return numbers[order], bits[order]


def single(numbers: NDArray[np.int64], column: int) -> Rows:
    """Return a row for each number that holds it alone, in one column."""
    begins = np.zeros((len(numbers), len(COLUMNS) + 1), np.int32)
    begins[:, : column + 1] = np.arange(len(numbers))[:, None]
    begins[:, column + 1 :] = np.arange(1, len(numbers) + 1)[:, None]
    return Rows(numbers, begins, numbers)
