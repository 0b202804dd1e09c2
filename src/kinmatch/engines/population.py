"""Found and sought persons prepared for comparison: keys, rarity, rows, blocks, index."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import is_
from typing import TYPE_CHECKING, Any

from kinmatch import names
from kinmatch.blocking import found_blocks, index_of, sought_blocks
from kinmatch.comparisons.keys import Keys, keys_of
from kinmatch.comparisons.rarity import (
    GIVEN_COLUMNS,
    Rarity,
    given_observations,
    known_shares,
    observations,
)
from kinmatch.comparisons.rows import Widening, row_of
from kinmatch.engines.closeness import Closeness, Progress
from kinmatch.errors import BadInput
from kinmatch.model import Model, default_model

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kinmatch.records import Person


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record's columns, and the blocks it stands in."""

    row: dict[str, Any]
    blocks: frozenset[str]


@dataclass(slots=True)
class Population:
    """Everyone who is compared. The sought side is prepared at once, a found person when asked.

    The score of a pair depends on everyone: how rare a name is, how many are sought. So a person
    is linked within a population, alone or with all, and scores the same.
    """

    model: Model
    found: tuple[Person, ...]
    sought: tuple[Person, ...]
    sought_rows: list[Prepared]
    index: Mapping[str, list[int]]  # block -> positions of sought rows
    keys: dict[Person, Keys] = field(repr=False)
    widening: Widening = field(repr=False)
    closeness: Closeness = field(repr=False)
    _found_rows: dict[int, Prepared] = field(default_factory=dict, repr=False)

    def found_row(self, position: int) -> Prepared:
        """Return a found person's row and the blocks it looks into."""
        if position not in self._found_rows:
            person = self.found[position]
            row = row_of(person, self.keys[person], self.widening)
            blocks = found_blocks(row) & self.index.keys()
            self._found_rows[position] = Prepared(row, blocks)
        return self._found_rows[position]

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
    before = known.keys if known else {}
    everyone = (*found, *sought)
    keys = {person: before.get(person) or keys_of(person, names.parse) for person in everyone}
    closeness = known.closeness if known else Closeness(model.same, model.close, model.near)
    closeness = closeness.including(_all_keys(keys.values()), progress)
    rarities = _rarities(_grouped(found, sought, keys), model, closeness)
    widening = Widening(rarities, closeness)
    rows = _sought_rows(sought, keys, widening, known)
    unchanged = known is not None and _same_objects(rows, known.sought_rows)
    return Population(
        model=model,
        found=tuple(found),
        sought=tuple(sought),
        sought_rows=rows,
        index=known.index if known and unchanged else index_of([row.blocks for row in rows]),
        keys=keys,
        widening=widening,
        closeness=closeness,
    )


def _sought_rows(
    sought: Sequence[Person],
    keys: Mapping[Person, Keys],
    widening: Widening,
    known: Population | None,
) -> list[Prepared]:
    """Prepare the sought rows; those that nothing has changed for are taken over."""
    kept: dict[Person, Prepared] = {}
    if known:
        changed = widening.changed_since(known.widening)
        kept = {
            person: row
            for person, row in zip(known.sought, known.sought_rows, strict=True)
            if known.keys[person].all.isdisjoint(changed)
        }
    return [kept.get(person) or _sought_row(person, keys[person], widening) for person in sought]


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


def _all_keys(everyone: Iterable[Keys]) -> set[str]:
    columns = (*GIVEN_COLUMNS, "family", "father_stem")
    listed = known_shares("given", names.parse).keys() | known_shares("family", names.parse).keys()
    return listed.union(*(getattr(keys, column) for keys in everyone for column in columns))


def _grouped(
    found: Sequence[Person], sought: Sequence[Person], keys: Mapping[Person, Keys]
) -> list[tuple[str, Keys]]:
    """Return everyone's keys, each with a group, or an id where there is none."""
    return [
        (f"{side}:{person.group or person.id}", keys[person])
        for side, persons in (("found", found), ("sought", sought))
        for person in persons
    ]


def _known(kind: str, model: Model) -> dict[str, float]:
    """Return the shares of names known beforehand; what the model was told wins."""
    return {**known_shares(kind, names.parse), **model.frequencies.get(kind, {})}


def _rarities(
    everyone: Sequence[tuple[str, Keys]], model: Model, closeness: Closeness
) -> dict[str, Rarity]:
    """Return how rare the names of each column are; all given names are counted together."""
    given = Rarity(model.classes, closeness.same, _known("given", model))
    given.count(given_observations(everyone))
    family = Rarity(model.classes, closeness.same, _known("family", model))
    family.count(observations(everyone, "family"))
    place = Rarity(model.classes, lambda key: frozenset((key,)), {})
    place.count(observations(everyone, "place"))
    return dict.fromkeys(GIVEN_COLUMNS, given) | {"family": family, "place": place}
