"""A few persons prepared as they are among everyone in the index; nobody else is prepared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinmatch import names
from kinmatch.comparisons.keys import keys_of
from kinmatch.comparisons.rarity import GIVEN_COLUMNS, Rarity
from kinmatch.comparisons.rows import Widening
from kinmatch.engines import Population
from kinmatch.engines.closeness import Closeness
from kinmatch.engines.population import Rows, Sides, name_keys
from kinmatch.index.nearness import ITSELF

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from kinmatch.comparisons.rarity import Same
    from kinmatch.index.census import Census
    from kinmatch.model import Model
    from kinmatch.records import Person


def among(  # noqa: PLR0913 - the few, and those they are among
    census: Census,
    model: Model,
    found: Sequence[Person],
    sought: Sequence[Person],
    *,
    people: int,
    groups: int,
) -> Population:
    """Prepare a few persons; `people` are sought in all, in so many `groups`."""
    left, right = ([(one, keys_of(one, names.parse)) for one in side] for side in (found, sought))
    told = [keys for side in (left, right) for _, keys in side]
    keys, places = name_keys(told), set[str]().union(*(one.places for one in told))
    closeness = closeness_of(census, model, keys)
    same = census.nearness.same
    given, family = (rarity_of(census, kind, keys, same) for kind in ("given", "family"))
    place = rarity_of(census, "place", places, lambda key: frozenset((key,)))
    rarities = dict.fromkeys(GIVEN_COLUMNS, given) | {"family": family, "place": place}
    widening = Widening(rarities, closeness)
    return Population(
        model=model,
        found=tuple(found),
        sought=tuple(sought),
        rows=Rows(left, right, widening, None),
        sides=Sides(left, right, widening),
        widening=widening,
        closeness=closeness,
        people=people,
        groups=groups,
    )


def closeness_of(census: Census, model: Model, keys: AbstractSet[str]) -> Closeness:
    """Return which of some names are alike, as the index found it."""
    nearness, table = census.nearness, dict[str, dict[str, float]]()
    for key in keys:
        near = nearness.of(key)
        others = zip(near.numbers.tolist(), near.how.tolist(), strict=True)
        alike = {
            nearness.keys[other]: nearness.ends[how - 1] for other, how in others if how != ITSELF
        }
        table[key] = {other: close for other, close in alike.items() if other in keys}
    return Closeness(model.same, model.close, model.near, table)


def rarity_of(census: Census, kind: str, keys: AbstractSet[str], same: Same) -> Rarity:
    """Return how rare some names of one kind are among everyone in the index."""
    counts = census.counts[kind]
    number = census.words if kind == "place" else census.nearness.number
    rarity = Rarity(counts.classes, same, counts.known)
    for key in set[str]().union(*map(same, keys)) & number.keys():
        rarity.counts[key] = int(counts.seen.array[number[key]])
    rarity.persons = counts.persons
    return rarity
