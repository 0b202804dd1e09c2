"""Found and sought persons prepared for comparison: keys, rarity, rows, blocks, index."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from operator import is_
from typing import TYPE_CHECKING, Any

from kinmatch import names
from kinmatch.blocking import chosen, found_blocks, index_of, sought_blocks
from kinmatch.comparisons.keys import Keys, keys_of
from kinmatch.comparisons.rarity import (
    GIVEN_COLUMNS,
    Rarity,
    given_observations,
    known_shares,
    observations,
)
from kinmatch.comparisons.rows import Widening, row_of
from kinmatch.engines.blocks import Postings
from kinmatch.engines.closeness import Closeness, Progress
from kinmatch.engines.columns import Lexicon, Numbers, told_of
from kinmatch.engines.columns import Side as Columns
from kinmatch.errors import BadInput
from kinmatch.model import Model, default_model

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kinmatch.records import Person

    Side = Sequence[tuple[Person, Keys]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record's columns, and the blocks it stands in."""

    row: dict[str, Any]
    blocks: frozenset[str]


class Rows:
    """Records as dictionaries of columns, made when asked for: by the plain engine and by SQL.

    What `before` has made is taken over where nothing has changed for it.
    """

    def __init__(self, found: Side, sought: Side, widening: Widening, before: Rows | None) -> None:
        self.sides = found, sought
        self.widening = widening
        self._made: dict[int, Prepared] = {}
        self._kept: dict[Person, Prepared] = {}
        self._index: Mapping[str, list[int]] | None = None
        if before and "sought" in before.__dict__:
            changed = widening.changed_since(before.widening)
            self._kept = {
                person: row
                for (person, keys), row in zip(before.sides[1], before.sought, strict=True)
                if keys.all.isdisjoint(changed)
            }
            if _same_objects(self.sought, before.sought):
                self._index = before.index

    @cached_property
    def sought(self) -> list[Prepared]:
        """The sought rows, and the blocks they stand in."""
        rows = [
            self._kept.get(person) or _sought_row(person, keys, self.widening)
            for person, keys in self.sides[1]
        ]
        self._kept.clear()
        return rows

    @property
    def index(self) -> Mapping[str, list[int]]:
        """The positions of the sought rows in each block."""
        if self._index is None:
            self._index = index_of([row.blocks for row in self.sought])
        return self._index

    def found(self, position: int) -> Prepared:
        """Return a found person's row and the blocks it looks into."""
        if position not in self._made:
            person, keys = self.sides[0][position]
            row = row_of(person, keys, self.widening)
            self._made[position] = Prepared(row, chosen(found_blocks(row), self.index))
        return self._made[position]


class Sides:
    """Both sides as columns of numbers, made when asked for: by the engine over arrays."""

    def __init__(self, found: Side, sought: Side, widening: Widening) -> None:
        self._persons, self._widening = (found, sought), widening

    @cached_property
    def _columns(self) -> tuple[Columns, Columns]:
        numbers = Numbers(sorted(self._widening.alike.known()))
        told = [told_of(numbers, side) for side in self._persons]
        lexicon = Lexicon.of(numbers, self._widening)
        found, sought = (Columns(lexicon, *one) for one in told)
        return found, sought

    @property
    def found(self) -> Columns:
        """The found side."""
        return self._columns[0]

    @property
    def sought(self) -> Columns:
        """The sought side."""
        return self._columns[1]

    @cached_property
    def postings(self) -> Postings:
        """The sought side by block."""
        return Postings(self.sought)


@dataclass(slots=True)
class Population:
    """Everyone who is compared.

    The score of a pair depends on everyone: how rare a name is, how many are sought. So a person
    is linked within a population, alone or with all, and scores the same.
    """

    model: Model
    found: tuple[Person, ...]
    sought: tuple[Person, ...]
    rows: Rows = field(repr=False)
    sides: Sides = field(repr=False)
    widening: Widening = field(repr=False)
    closeness: Closeness = field(repr=False)
    people: int  # who is sought, those not compared here among them
    groups: int  # in how many groups

    def found_row(self, position: int) -> Prepared:
        """Return a found person's row and the blocks it looks into."""
        return self.rows.found(position)

    @property
    def sought_rows(self) -> list[Prepared]:
        """The sought rows, and the blocks they stand in."""
        return self.rows.sought

    @property
    def index(self) -> Mapping[str, list[int]]:
        """The positions of the sought rows in each block."""
        return self.rows.index

    def positions(self, found_ids: Iterable[str]) -> list[int]:
        """Return the positions of found persons. Raises BadInput for an id nobody has."""
        return _positions(self.found, found_ids, "found")

    def sought_positions(self, sought_ids: Iterable[str]) -> list[int]:
        """Return the positions of sought persons. Raises BadInput for an id nobody has."""
        return _positions(self.sought, sought_ids, "sought")


def prepare(
    found: Sequence[Person],
    sought: Sequence[Person],
    *,
    model: Model | None = None,
    known: Population | None = None,
    progress: Progress | None = None,
) -> Population:
    """Prepare two sides for linking.

    `known` is an earlier population: what it already knows about names and sought persons is
    taken over where it still holds, so that adding one person to thousands takes a moment. The
    result is the same with and without it.

    Raises:
        BadInput: two persons of one side share an id.
    """
    model = model or default_model()
    if known is not None and known.model.preparation != model.preparation:
        known = None
    refuse_repeated(found, "found")
    refuse_repeated(sought, "sought")
    left = _with_keys(found, known)
    right = left if sought is found else _with_keys(sought, known)
    everyone = [keys for side in (left, right) for _, keys in side]
    closeness = known.closeness if known else Closeness(model.same, model.close, model.near)
    closeness = closeness.including(listed_names(model) | name_keys(everyone), progress)
    # Who is on both sides because one list is compared with itself is counted once.
    rarities = _rarities(_grouped(left, () if right is left else right), model, closeness)
    widening = Widening(rarities, closeness)
    return Population(
        model=model,
        found=tuple(found),
        sought=tuple(sought),
        rows=Rows(left, right, widening, known.rows if known else None),
        sides=Sides(left, right, widening),
        widening=widening,
        closeness=closeness,
        people=len(sought),
        groups=len({person.company for person in sought}),
    )


def _with_keys(persons: Sequence[Person], known: Population | None) -> Side:
    """Pair each person with its keys; a set of keys that many have is kept once."""
    before = dict(chain(*known.rows.sides)) if known else {}
    once: dict[frozenset[str], frozenset[str]] = {}
    return [
        (person, before.get(person) or keys_of(person, names.parse).sharing(once))
        for person in persons
    ]


def _sought_row(person: Person, keys: Keys, widening: Widening) -> Prepared:
    row = row_of(person, keys, widening)
    return Prepared(row, sought_blocks(row))


def _same_objects(these: Sequence[object], those: Sequence[object]) -> bool:
    return len(these) == len(those) and all(map(is_, these, those))


def _positions(persons: Sequence[Person], ids: Iterable[str], side: str) -> list[int]:
    places = {person.id: position for position, person in enumerate(persons)}
    try:
        return sorted(places[one] for one in set(ids))
    except KeyError as error:
        raise BadInput(f'no {side} person has the id "{error.args[0]}"') from error


def refuse_repeated(persons: Sequence[Person], side: str) -> None:
    """Raise BadInput if two persons of one side share an id."""
    seen: set[str] = set()
    for person in persons:
        if person.id in seen:
            raise BadInput(f'two {side} persons have the id "{person.id}"')
        seen.add(person.id)


def name_keys(everyone: Iterable[Keys]) -> set[str]:
    """Return the keys of all names."""
    columns = (*GIVEN_COLUMNS, "family", "father_stem")
    return set[str]().union(*(getattr(keys, column) for keys in everyone for column in columns))


def _grouped(found: Side, sought: Side) -> list[tuple[str, Keys]]:
    """Return everyone's keys, each with what tells its group, or the person alone, from others."""
    return [
        (":".join((name, *person.company)), keys)
        for name, side in (("found", found), ("sought", sought))
        for person, keys in side
    ]


def listed_names(model: Model) -> set[str]:
    """Return the keys of the names whose shares are known before anybody is counted.

    They count as spellings of a name, whoever bears them.
    """
    return {key for kind in ("given", "family") for key in known_beforehand(kind, model)}


def known_beforehand(kind: str, model: Model) -> dict[str, float]:
    """Return the shares of names known before anybody is counted; what the model was told wins.

    `kind` is "given" or "family".
    """
    return {**known_shares(kind, names.parse), **model.frequencies.get(kind, {})}


def _rarities(
    everyone: Sequence[tuple[str, Keys]], model: Model, closeness: Closeness
) -> dict[str, Rarity]:
    """Return how rare the names of each column are; all given names are counted together."""
    given = Rarity(model.classes, closeness.same, known_beforehand("given", model))
    given.count(given_observations(everyone))
    family = Rarity(model.classes, closeness.same, known_beforehand("family", model))
    family.count(observations(everyone, "family"))
    place = Rarity(model.classes, lambda key: frozenset((key,)), {})
    place.count(observations(everyone, "places"))
    return dict.fromkeys(GIVEN_COLUMNS, given) | {"family": family, "place": place}
