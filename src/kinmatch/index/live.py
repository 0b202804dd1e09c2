"""The index: persons come, change and go, and any person can be asked about at any time."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kinmatch.comparisons.keys import keys_of
from kinmatch.engines.arrays import Weighing, names_of
from kinmatch.engines.population import refuse_repeated
from kinmatch.errors import BadInput
from kinmatch.explain import DIGITS, Candidate, Reason, drawn, reasons_of
from kinmatch.families import bits_of
from kinmatch.index import snapshot
from kinmatch.index.among import among
from kinmatch.index.census import Census
from kinmatch.index.family import match_family
from kinmatch.index.offering import question_of
from kinmatch.index.sharing import Shared
from kinmatch.index.texts import NONE
from kinmatch.model import Way, default_model, probability, weight_of
from kinmatch.names import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kinmatch.engines import Population
    from kinmatch.engines.arrays import Bits, Codes
    from kinmatch.engines.closeness import Progress
    from kinmatch.engines.columns import Positions
    from kinmatch.index.asking import Question
    from kinmatch.model import Model
    from kinmatch.records import Person

TOP = 20
EVERY = 1_000  # persons between two steps of progress


@dataclass(frozen=True, slots=True)
class Hit:
    """One person of the index who may be the one asked about."""

    id: str
    weight: float  # bits, the prior in it
    probability: float
    levels: tuple[str, ...] = field(repr=False)  # of each comparison, in the order of COMPARISONS
    people: int = field(repr=False)  # how many the index held when it was asked
    by_family: bool = False  # whether the weight takes brothers and sisters into account


class LiveIndex:
    """Everyone of one side, found or sought, to be asked about from the other.

    index = LiveIndex()
    index.load(sought.persons)
    for hit in index.search(child):
        print(hit.id, hit.probability)

    It holds folded keys and days, no text of any record. Threads may search at once while others
    insert, update and delete; every answer is of one moment. A search gives the very weights that
    `link` gives when the one asked about is linked with everyone in the index.
    """

    def __init__(self, model: Model | None = None) -> None:
        self.model = model or default_model()
        self.census = Census(self.model)
        self._weigh = Weighing(self.model)
        self._lock = Shared()

    def __len__(self) -> int:
        """How many persons are in the index."""
        return len(self.census.held)

    def __contains__(self, identity: str) -> bool:
        """Say whether a person is in the index."""
        return self.census.held.place_of(identity) != NONE

    def load(self, persons: Iterable[Person], *, progress: Progress | None = None) -> int:
        """Insert many persons, as they come; return how many.

        Raises:
            BadInput: an id is there already; those before it are in the index.
        """
        count = 0
        with self._lock.writing():
            try:
                for count, person in enumerate(persons, 1):
                    self._insert(person)
                    if progress and count % EVERY == 0:
                        progress("records", count, count)
            finally:
                self.census.settle(progress)
                self.census.tidy()
        return count

    def save(self, path: Path, key: bytes) -> None:
        """Write the index into a file sealed with a key of 32 bytes.

        Raises:
            BadInput: the file cannot be written, or the key has another length.
        """
        with self._settled():
            snapshot.save(self.census, self.model, path, key)

    @classmethod
    def open(cls, path: Path, key: bytes, *, model: Model | None = None) -> LiveIndex:
        """Return the index a file holds. m and u may have changed since, names may not.

        Raises:
            BadInput: it cannot be read or opened with the key, is damaged, or was made with other
                tables of names or a model that prepares records otherwise.
        """
        index = cls(model)
        index.census = snapshot.load(index.model, path, key)
        return index

    def insert(self, person: Person) -> None:
        """Add a person. Raises BadInput where the id is there already."""
        with self._lock.writing():
            self._insert(person)

    def update(self, person: Person) -> None:
        """Put a record in the place of the one with its id. Raises BadInput where there is none."""
        keys = keys_of(person, parse)  # before anything goes: what cannot be read replaces nobody
        with self._lock.writing():
            self._delete(person.id)
            self.census.add(person, keys)

    def delete(self, identity: str) -> None:
        """Take a person out. Raises BadInput where nobody has the id."""
        with self._lock.writing():
            self._delete(identity)

    def search(self, person: Person, *, top: int = TOP, among: Sequence[Person] = ()) -> list[Hit]:
        """Return who of the index may be a person, the likeliest first, at most `top`.

        Any part of the record may be missing; nobody is found for one that tells neither a name, a
        place, nor a day of birth (`tells_enough`). Those of equal weight come as `link` draws them
        by default. `among` are the others of the person's own group:
        their names are counted with those of the index, once for the group.

        Raises:
            BadInput: `top` is below 1.
        """
        refuse_fewer_than_one(top)
        with self._settled():
            return self._search(person, top, among)

    def search_family(self, group: Sequence[Person], *, top: int = TOP) -> dict[str, list[Hit]]:
        """Return for each person of one group who of the index they may be, by their families.

        The best `top` of each member are ranked anew by what the others say (`kinmatch.families`):
        their chances take brothers and sisters into account, on both sides.

        Raises:
            BadInput: `top` is below 1, or two of the group have one id.
        """
        refuse_fewer_than_one(top)
        refuse_repeated(group, "asked")
        if not group:
            return {}
        with self._settled():
            return self._search_family(group, top)

    def among(
        self, found: Sequence[Person], sought: Sequence[Person], *, people: int, groups: int
    ) -> Population:
        """Prepare a few persons as they are among everyone in the index, for `link` to link them.

        The index holds both sides, and these few as they are given here. How rare a name is and
        which names are alike is as among all, so that without learning and without one to one
        whole groups get the very figures they get when everyone is linked.

        Args:
            found: some of the found side, whole groups of them.
            sought: some of the sought side, likewise.
            people: how many are sought in all.
            groups: in how many groups.
        """
        with self._settled():
            return among(self.census, self.model, found, sought, people=people, groups=groups)

    def explain(self, asked: Person, known: Person, hit: Hit) -> Candidate:
        """Return a hit with the reason of each comparison, as they add up to what it said.

        Args:
            asked: who was asked about.
            known: the record as it was inserted, for the index holds no text.
            hit: what the search said of the two.
        """
        prior = weight_of(self.model.prior(hit.people))
        way = Way.FAMILIES if hit.by_family else Way.PAIRS
        reasons = reasons_of(self.model, asked, known, hit.levels)
        if hit.by_family:
            rest = hit.weight - prior - sum(reason.bits for reason in reasons)
            reasons.append(Reason("families", "more" if rest > 0 else "rest", rest, "", ""))
            reasons.sort(key=lambda reason: -abs(reason.bits))
        return Candidate(
            found_id=asked.id,
            sought_id=known.id,
            weight=hit.weight,
            calibrated=self.model.curve(way, hit.people)(hit.weight),
            prior=prior,
            reasons=tuple(reasons),
            way=way,
        )

    def settle(self, progress: Progress | None = None) -> None:
        """Work out what new names are near to, and count them; a search does it where it must."""
        if self.census.unsettled:
            with self._lock.writing():
                self._settle(progress)

    @contextmanager
    def _settled(self) -> Iterator[None]:
        """Hold off writers while everybody is counted; who came in between is counted first."""
        while True:
            first = self._settle if self.census.unsettled else None
            with self._lock.reading(first=first):
                if not self.census.unsettled:
                    yield
                    return

    def _settle(self, progress: Progress | None = None) -> None:
        self.census.settle(progress)
        if self.census.held.untidy:
            self.census.tidy()

    def _search(self, person: Person, top: int, among: Sequence[Person]) -> list[Hit]:
        places, codes, weights = self._best(person.id, question_of(self.census, person, among), top)
        ids, people = self.census.held.ids, len(self)
        curve = self.model.curve(Way.PAIRS, people)
        return [
            Hit(ids[place], weight, probability(curve(weight)), names_of(code), people)
            for place, code, weight in zip(places.tolist(), codes, weights.tolist(), strict=True)
        ]

    def _search_family(self, group: Sequence[Person], top: int) -> dict[str, list[Hit]]:
        questions = [
            question_of(self.census, one, [other for other in group if other is not one])
            for one in group
        ]
        best = [
            self._best(one.id, question, top)[0]
            for one, question in zip(group, questions, strict=True)
        ]
        matched, places = match_family(self.model, self.census.held, questions, best)
        people = len(self)
        curve = self.model.curve(Way.FAMILIES, people)
        found: dict[str, list[Hit]] = {one.id: [] for one in group}
        pairs = matched.pairing
        for member, at, chance, codes in zip(
            pairs.i.tolist(), pairs.j.tolist(), matched.chance.tolist(), matched.codes, strict=True
        ):
            identity = self.census.held.ids[places[at]]
            weight = round(bits_of(chance), DIGITS)
            said, levels = probability(curve(weight)), names_of(codes)
            hit = Hit(identity, weight, said, levels, people, by_family=True)
            found[group[member].id].append(hit)
        for asked, hits in found.items():
            hits.sort(key=lambda hit: (-hit.weight, drawn(asked, hit.id)))
            del hits[top:]
        return found

    def _best(self, identity: str, question: Question, top: int) -> tuple[Positions, Codes, Bits]:
        """Return the places, levels and bits of the best, the likeliest first."""
        places = question.forward(self._weigh)
        codes = question.codes(places)
        weights = self._weigh.total(codes) + weight_of(self.model.prior(len(self)))
        weights = np.round(weights, DIGITS)
        order = self._ranked(identity, places, weights, top)
        return places[order], codes[order], weights[order]

    def _ranked(self, identity: str, places: Positions, weights: Bits, top: int) -> list[int]:
        """Return the first of some, the likeliest first; equal ones in the order `link` draws."""
        ids, least = self.census.held.ids, np.sort(weights)[-top:].min(initial=0.0)
        return sorted(
            np.flatnonzero(weights >= least).tolist(),
            key=lambda at: (-weights[at], drawn(identity, ids[int(places[at])])),
        )[:top]

    def _insert(self, person: Person) -> None:
        if person.id in self:
            raise BadInput(f'"{person.id}" is in the index already')
        self.census.add(person, keys_of(person, parse))

    def _delete(self, identity: str) -> None:
        place = self.census.held.place_of(identity)
        if place == NONE:
            raise BadInput(f'nobody in the index has the id "{identity}"')
        self.census.remove(place)


def refuse_fewer_than_one(top: int) -> None:
    """Raise BadInput where nobody would be left of the best."""
    if top < 1:
        raise BadInput(f"the best {top}; at least 1 is needed")
