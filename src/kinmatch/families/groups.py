"""Who was found, and who is asked for, together; a person without a group is one of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kinmatch.engines.columns import Positions
    from kinmatch.records import Person


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one side, numbered from 0; `of` gives the group of each position."""

    of: Positions
    starts: Positions  # where each group's members begin in `members`, and the end of all
    members: Positions  # positions, group by group

    @classmethod
    def read(cls, persons: Sequence[Person]) -> Groups:
        """Return the groups the records name."""
        numbers: dict[tuple[str, str], int] = {}
        of = np.empty(len(persons), np.int64)
        for position, person in enumerate(persons):
            of[position] = numbers.setdefault(person.company, len(numbers))
        members = np.argsort(of, kind="stable").astype(np.int64)
        starts = np.searchsorted(of[members], np.arange(len(numbers) + 1)).astype(np.int64)
        return cls(of, starts, members)

    def __len__(self) -> int:
        """How many groups there are."""
        return len(self.starts) - 1

    @property
    def sizes(self) -> Positions:
        """How many members each group has."""
        return np.diff(self.starts)

    def members_of(self, group: int) -> Positions:
        """Return the positions of the members of a group."""
        return self.members[self.starts[group] : self.starts[group + 1]]

    def with_their_groups(self, positions: Collection[int]) -> Positions:
        """Return the positions of these people and of everyone of their groups, in order."""
        asked = np.fromiter(positions, np.int64, len(positions))
        together: Positions = np.flatnonzero(np.isin(self.of, self.of[asked]))
        return together

    @property
    def any(self) -> bool:
        """Whether there is a group of more than one at all."""
        return bool(len(self)) and int(self.sizes.max()) > 1


def numbered(one: Positions, other: Positions) -> tuple[Positions, Positions]:
    """Return a number for each two numbers side by side, and where each number is first met."""
    wide = np.int64(other.max(initial=0)) + 1
    _, first, place = np.unique(one * wide + other, return_index=True, return_inverse=True)
    return place.astype(np.int64), first.astype(np.int64)
