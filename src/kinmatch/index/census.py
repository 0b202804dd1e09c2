"""Everyone in the index and how rare their names are: the state of a live index, no lock on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kinmatch.comparisons.kinship import weeks_of
from kinmatch.comparisons.place import slips_of
from kinmatch.comparisons.rarity import GIVEN_COLUMNS, UNLISTED, apart
from kinmatch.comparisons.rows import facts_of
from kinmatch.engines.population import known_beforehand, listed_names
from kinmatch.index.counting import Counts
from kinmatch.index.held import BIRTHS, DATES, NAMES, WORDS, Held, days_of
from kinmatch.index.nearness import Nearness
from kinmatch.names.growing import Growing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from kinmatch.comparisons.keys import Keys
    from kinmatch.engines.closeness import Progress
    from kinmatch.model import Model
    from kinmatch.records import Person

PLACES = ("place", "parted")  # columns of places, which are counted together
KINDS = {
    **dict.fromkeys(GIVEN_COLUMNS, "given"),
    "family": "family",
    **dict.fromkeys(PLACES, "place"),
}
ONCE = (*((column,) for column in (*GIVEN_COLUMNS[1:], "family")), PLACES)  # once for a group


class Census:
    """The persons, the vocabulary of their names, and the counts of each name."""

    def __init__(self, model: Model) -> None:
        self.held = Held()
        self.nearness = Nearness(model)
        self.words: dict[str, int] = {}  # of every column that is no name
        known = {kind: known_beforehand(kind, model) for kind in ("given", "family")}
        self.counts = {
            kind: Counts(model.classes, known.get(kind, {}), UNLISTED)  # of places none is known
            for kind in dict.fromkeys(KINDS.values())
        }
        self.near: dict[str, set[int]] = {}  # places, by a name with a letter left out
        self.counted = Growing(np.empty(0, np.bool_))
        self.held_apart: dict[int, NDArray[np.int64]] = {}
        for key in sorted(listed_names(model)):
            self.nearness.number_of(key)

    @property
    def unsettled(self) -> bool:
        """Whether somebody is not counted yet."""
        return self.counted.count < len(self.held.ids) or not self.nearness.settled

    def add(self, person: Person, keys: Keys) -> None:
        """Enter a person, who is counted when everything is settled."""
        facts = facts_of(person)
        numbers = {
            **{one: self.nearness.numbers_of(getattr(keys, one)) for one in NAMES},
            **{one: self._words(getattr(keys, one)) for one in WORDS if one != "place"},
            "place": self._place_words(keys.place),
            **{one: self._words(facts[one]) for one in DATES},
            BIRTHS: self._words(week for one in person.sibling_births for week in weeks_of(one)),
        }
        self.held.add(person.id, ":".join(person.company), numbers, days_of(facts))

    def remove(self, place: int) -> None:
        """Take a person out, and of the counts."""
        if place < self.counted.count:
            before = self._counted_with(place)
            self._observe("given", self.held.numbers_at(place)["given"], times=-1)
            self._count_group(before, [other for other in before if other != place])
            self.counted.array[place] = False
        self.held_apart.pop(place, None)
        self.held.remove(place)

    def settle(self, progress: Progress | None = None) -> None:
        """Find the neighbours of new names, and count the persons who came since."""
        self.nearness.settle(progress)
        for kind in ("given", "family"):
            known = self.counts[kind].seen.count
            self.counts[kind].include(self.nearness.keys[known:])
        self.counts["place"].include([""] * (len(self.words) - self.counts["place"].seen.count))
        new = np.arange(self.counted.count, len(self.held.ids))
        came = new[self.held.here.array[new]]
        # Group by group, so that a group of many is looked through once, however many came to it.
        _, first = np.unique(self.held.group.array[came], return_index=True)
        before = [self._counted_with(place) for place in came[first].tolist()]
        self.counted.extend(self.held.here.array[new])
        for place, members in zip(came[first].tolist(), before, strict=True):
            self._count_group(members, self._counted_with(place))
        for place in came.tolist():
            own = self.held.numbers_at(place)
            self._observe("given", own["given"], times=1)
            self._part(place, own["siblings"])

    def tidy(self) -> None:
        """Fill the places left empty, and put what hangs behind the lists in its place."""
        self.held, places = self.held.tidied()
        self.counted = Growing(self.counted.array[places])
        now = {int(before): place for place, before in enumerate(places)}
        self.held_apart = {now[place]: one for place, one in self.held_apart.items()}

    def places_near(self, place: str) -> set[int]:
        """Return the numbers of the places a letter apart, itself perhaps among them."""
        return set().union(*(self.near.get(slip, ()) for slip in slips_of((place,))))

    def _place_words(self, places: Iterable[str]) -> list[int]:
        numbers = self._words(places)
        for place in places:
            self.enter_place(place, self.words[place])
        return numbers

    def enter_place(self, place: str, number: int) -> None:
        """Enter a place, so that it is found a letter apart."""
        slips = slips_of((place,))
        if slips and number not in self.near.get(place, ()):
            for slip in slips:
                self.near.setdefault(slip, set()).add(number)

    def _words(self, words: Iterable[str]) -> list[int]:
        return sorted({self.words.setdefault(word, len(self.words)) for word in words})

    def _counted_with(self, place: int) -> list[int]:
        """Return those of a person's group who are counted."""
        return [
            member
            for member in self.held.group_members(place)
            if member < self.counted.count and self.counted.array[member]
        ]

    def _count_group(self, before: Iterable[int], now: Iterable[int]) -> None:
        """Count kin, family and places once for a group, whose counted members have changed."""
        then, after = (
            [self.held.numbers_at(member) for member in members] for members in (before, now)
        )
        for columns in ONCE:
            old, new = (
                {number for told in members for column in columns for number in told[column]}
                for members in (then, after)
            )
            if old != new:
                self._observe(KINDS[columns[0]], old, times=-1)
                self._observe(KINDS[columns[0]], new, times=1)

    def _observe(self, kind: str, numbers: Iterable[int], *, times: int) -> None:
        """Count one observation of names: each once, in whatever spellings; none is none."""
        seen = list(numbers)
        if not seen:
            return
        counts = self.counts[kind]
        if kind != "place" and len(seen) > 1:
            seen = [self.nearness.number[key] for key in self._apart(seen)]
        counts.add(seen, times=times)
        counts.persons += times

    def _apart(self, numbers: Iterable[int]) -> frozenset[str]:
        return apart(frozenset(self.nearness.keys[one] for one in numbers), self.nearness.same)

    def _part(self, place: int, siblings: Sequence[int]) -> None:
        """Remember whose siblings' names are fewer than their spellings."""
        if len(siblings) > 1:
            kept = self._apart(siblings)
            if len(kept) < len(siblings):
                numbers = [self.nearness.number[key] for key in kept]
                self.held_apart[place] = np.array(sorted(numbers), np.int64)
