"""Everyone in the index, as numbers: names and words by column, days, groups.

No text of a record is kept: what a name was written like cannot be read back from here, only its
folded keys. A person has a place, the order they came in; who goes leaves theirs empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numba import njit

from kinmatch.index.texts import NONE, Texts
from kinmatch.names.growing import Growing
from kinmatch.names.postings import Postings, under
from kinmatch.records import Sex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from kinmatch.engines.columns import Positions

NAMES = ("given", "father", "father_stem", "mother", "siblings", "grandparents", "family")
WORDS = ("place", "parted", "languages", "marks")  # compared as they are
DATES = ("born_week", "kin_told", "kin_asked")  # sets that follow from dates, likewise
BIRTHS = "births"  # the weeks brothers and sisters were born in, known to the day
COLUMNS = (*NAMES, *WORDS, *DATES, BIRTHS)
SEARCHED = (*NAMES, "place")  # columns a person can be brought forward by
SHIFT = 28  # bits of an entry that hold the number; those above hold the column
NUMBER = (1 << SHIFT) - 1
DAYS = (
    "born_from",
    "born_to",
    "told_from",
    "told_to",
    "mother_bears_from",
    "mother_bears_to",
    "begotten_until",
    "separated_from",
    "separated_to",
    "sex",
)
FEW = 20_000  # that may hang, or be empty, in any case
SEXES = {one.value: number for number, one in enumerate(Sex, 1)}


class Rows(NamedTuple):
    """Some persons' entries: of row r and column c, keys[begins[r, c]:begins[r, c + 1]]."""

    places: NDArray[np.int64]
    begins: NDArray[np.int32]
    keys: NDArray[np.int64]


class Held:
    """The persons themselves."""

    def __init__(self) -> None:
        self.entries = Growing(np.empty(0, np.uint32))
        self.ends = Growing(np.empty(0, np.int64))
        self.days = Growing(np.empty((0, len(DAYS)), np.int32))
        self.here = Growing(np.empty(0, np.bool_))
        self.group = Growing(np.empty(0, np.int32))
        self.ids, self.groups = Texts(), Texts()
        self.living = Growing(np.empty(0, np.int32))  # how many of each group are here
        self.empty = 0  # places of those who went
        self.members = Postings(np.zeros(1, np.int64), np.empty(0, np.int32))
        self.postings = {
            column: Postings(np.zeros(1, np.int64), np.empty(0, np.int32)) for column in SEARCHED
        }

    def add(
        self, identity: str, group: str, numbers: Mapping[str, Sequence[int]], days: Sequence[int]
    ) -> None:
        """Enter a person, with the numbers of each column and the days."""
        place = len(self.ids)
        entries = [
            (at << SHIFT) | number
            for at, column in enumerate(COLUMNS)
            for number in numbers[column]
        ]
        self.entries.extend(np.array(entries, np.uint32))
        self.ends.extend(np.array([self.entries.count]))
        self.days.extend(np.array([days], np.int32))
        self.here.extend(np.array([True]))
        number = self.groups.find(group)
        if number == NONE:
            number = self.groups.add(group)
            self.living.extend(np.zeros(1, np.int32))
        self.living.array[number] += 1
        self.group.extend(np.array([number], np.int32))
        self.members.add(number, place)
        self.ids.add(identity)
        for column in SEARCHED:
            for number in numbers[column]:
                self.postings[column].add(number, place)

    def remove(self, place: int) -> None:
        """Take a person out; their place stays empty."""
        self.here.array[place] = False
        self.living.array[self.group.array[place]] -= 1
        self.empty += 1

    def __len__(self) -> int:
        """How many persons there are."""
        return len(self.ids) - self.empty

    @property
    def companies(self) -> int:
        """How many groups there are; who has none is one alone."""
        return int(np.count_nonzero(self.living.array))

    def place_of(self, identity: str) -> int:
        """Return the place of a person, -1 where nobody has the id."""
        place = self.ids.find(identity)
        return place if place != NONE and self.here.array[place] else NONE

    def numbers_at(self, place: int) -> dict[str, list[int]]:
        """Return the numbers of the keys of each column of one person."""
        begin = int(self.ends.array[place - 1]) if place else 0
        found: dict[str, list[int]] = {column: [] for column in COLUMNS}
        for entry in self.entries.array[begin : self.ends.array[place]].tolist():
            found[COLUMNS[entry >> SHIFT]].append(entry & NUMBER)
        return found

    def group_members(self, place: int) -> list[int]:
        """Return the places of a person's group that are not empty, their own among them."""
        members = under(self.members.lists, int(self.group.array[place]))
        return [other for other in sorted(members.tolist()) if self.here.array[other]]

    def rows(self, places: NDArray[np.int64]) -> Rows:
        """Return the entries of some persons."""
        begins, keys = gathered(places, self.entries.array, self.ends.array, len(COLUMNS))
        return Rows(places, begins, keys)

    @property
    def untidy(self) -> bool:
        """Whether so much hangs behind the lists, or so many places are empty, that it costs."""
        hanging, packed = self.members.hanging, len(self.members.values)
        return hanging > max(FEW, packed // 4) or self.empty > max(FEW, len(self) // 4)

    def tidied(self) -> tuple[Held, Positions]:
        """Return the same persons with no place empty and nothing hanging, and where each was."""
        places = np.flatnonzero(self.here.array)
        if len(places) == len(self.ids):
            kept = self
        else:
            kept = Held()
            for place in places.tolist():
                group = self.groups[self.group.array[place]]
                days = self.days.array[place].tolist()
                kept.add(self.ids[place], group, self.numbers_at(place), days)
        kept.members = kept.members.repacked()
        kept.postings = {column: one.repacked() for column, one in kept.postings.items()}
        return kept, places


def days_of(dates: Mapping[str, Any]) -> list[int]:
    """Return the scalars of a person's dates in the order of DAYS; 0 where there is none."""
    return [*(dates[name] or 0 for name in DAYS[:-1]), SEXES.get(dates["sex"], 0)]


@njit(cache=True, nogil=True)
def gathered(
    places: NDArray[np.int64],
    entries: NDArray[np.uint32],
    ends: NDArray[np.int64],
    columns: int,
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return the entries of some persons: where each column begins, and the numbers."""
    begins = np.zeros((places.shape[0], columns + 1), np.int32)
    whole = 0
    for row in range(places.shape[0]):
        place = places[row]
        whole += ends[place] - (ends[place - 1] if place else 0)
    keys = np.empty(whole, np.int64)
    count = 0
    for row in range(places.shape[0]):
        place = places[row]
        column = 0
        begins[row, 0] = count
        for at in range(ends[place - 1] if place else 0, ends[place]):
            while column < entries[at] >> SHIFT:
                column += 1
                begins[row, column] = count
            keys[count] = entries[at] & NUMBER
            count += 1
        while column < columns:
            column += 1
            begins[row, column] = count
    return begins, keys
