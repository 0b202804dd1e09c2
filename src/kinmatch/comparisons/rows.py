"""The columns every comparison reads: sets of keys, split by rarity and widened to what is near.

For a name column `x`: `x` holds its keys; `x_rare` the rare ones and `x_uncommon` those that are
not common; each with `_same` holds these and every other spelling of the same name, with `_near`
also the names that are merely alike. Two rows have one name if the keys of one meet the `_same`
of the other: a key is in its own script, so spellings of one name are seldom one key. Where names
are counted, `siblings_apart` holds one key for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from kinmatch.comparisons.rarity import apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from kinmatch.comparisons.keys import Keys
    from kinmatch.comparisons.rarity import Rarity
    from kinmatch.records import Person

NAME_COLUMNS = ("given", "father", "mother", "siblings", "family")
COUNTED = ("given", "family", "place")  # columns whose names are counted apart


class Close(Protocol):
    """What knows which keys spell one name, and which are alike."""

    def same(self, key: str) -> frozenset[str]:
        """Return a key and the other spellings of the name."""
        ...

    def near(self, key: str) -> frozenset[str]:
        """Return a key and all that are alike."""
        ...

    def known(self) -> AbstractSet[str]:
        """Return every key it has been told of."""
        ...


@dataclass(frozen=True, slots=True)
class Widening:
    """What a row needs to know of everyone else: which names are rare, and which are close."""

    rarities: Mapping[str, Rarity]  # of each name column, and of "place"
    close: Close

    def changed_since(self, before: Widening) -> set[str]:
        """Return the keys that had another rarity or other neighbours before."""
        rarities = [(self.rarities[column], before.rarities[column]) for column in COUNTED]
        seen = self.close.known() | {key for now, _ in rarities for key in now.counts}
        return {
            key
            for key in seen
            if self.close.near(key) != before.close.near(key)
            or any(now.rank(key) != then.rank(key) for now, then in rarities)
        }

    def same(self, keys: Iterable[str]) -> frozenset[str]:
        """Return the keys and the other spellings of their names."""
        return frozenset(chain.from_iterable(map(self.close.same, keys)))

    def near(self, keys: Iterable[str]) -> frozenset[str]:
        """Return the keys and all that are alike."""
        return frozenset(chain.from_iterable(map(self.close.near, keys)))


def row_of(person: Person, keys: Keys, widening: Widening) -> dict[str, Any]:
    """Prepare one record: the id, the columns of every comparison, and nothing else."""
    born = person.born
    row: dict[str, Any] = {
        "id": person.id,
        "sex": None if person.sex is None else person.sex.value,
        "born_from": born.first.toordinal() if born else None,
        "born_to": born.last.toordinal() if born else None,
        "siblings_apart": apart(keys.siblings, widening.close.same),
        "father_stem": keys.father_stem,
        "father_stem_same": widening.same(keys.father_stem),
        "place": keys.place,
        "place_uncommon": widening.rarities["place"].uncommon(keys.place),
    }
    for column in NAME_COLUMNS:
        names: frozenset[str] = getattr(keys, column)
        rarity = widening.rarities[column]
        rare = rarity.rare(names)
        uncommon = rarity.uncommon(names)
        row[column] = names
        row[f"{column}_same"] = widening.same(names)
        row[f"{column}_near"] = widening.near(names)
        row[f"{column}_rare"] = rare
        row[f"{column}_rare_same"] = widening.same(rare)
        row[f"{column}_rare_near"] = widening.near(rare)
        row[f"{column}_uncommon"] = uncommon
        row[f"{column}_uncommon_same"] = widening.same(uncommon)
    return row
