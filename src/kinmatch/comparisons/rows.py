"""The columns every comparison reads: sets of keys, split by rarity and widened to what is near.

For a name column `x`: `x` holds its keys; `x_singular` those hardly anyone bears, `x_rare` these
and the rare ones, `x_uncommon` all that are not common; each with `_same` holds these and every
other spelling of the same name, with `_close` also the names that are much alike, with `_near`
those that are a little. Two rows have one name if the keys of one meet the `_same`
of the other: a key is in its own script, so spellings of one name are seldom one key. Where names
are counted, `siblings_apart` holds one key for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from kinmatch.comparisons.birth import parts, slips
from kinmatch.comparisons.kinship import kin_columns
from kinmatch.comparisons.place import above_of, around_of, slips_of
from kinmatch.comparisons.rarity import RARE, SINGULAR, UNCOMMON, apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from kinmatch.comparisons.keys import Keys
    from kinmatch.comparisons.rarity import Rarity
    from kinmatch.records import Person

NAME_COLUMNS = ("given", "father", "mother", "siblings", "grandparents", "family")
KEY_COLUMNS = (*NAME_COLUMNS, "father_stem")  # sets of name keys as told
WORD_COLUMNS = {  # sets of other words as told, and within what they are numbered
    "place": "place",
    "parted": "place",
    "languages": "languages",
    "marks": "marks",
    "born_slips": "slips",
    "born_parts": "parts",
    "born_week": "weeks",
    "weeks_barred": "weeks",
    "kin_told": "kin",
    "kin_asked": "kin",
}
FORMS: Mapping[str, tuple[int | None, str | None]] = {
    # ending of a column of names -> the commonest class left in it, and what it is widened to
    "": (None, None),
    "_same": (None, "same"),
    "_close": (None, "close"),
    "_near": (None, "near"),
    "_rare": (RARE, None),
    "_rare_same": (RARE, "same"),
    "_rare_close": (RARE, "close"),
    "_singular": (SINGULAR, None),
    "_singular_same": (SINGULAR, "same"),
    "_uncommon": (UNCOMMON, None),
    "_uncommon_same": (UNCOMMON, "same"),
}
COUNTED = ("given", "family", "place")  # columns whose names are counted apart


class Close(Protocol):
    """What knows which keys spell one name, and which are alike."""

    def same(self, key: str) -> frozenset[str]:
        """Return a key and the other spellings of the name."""
        ...

    def close(self, key: str) -> frozenset[str]:
        """Return a key and all that are much alike."""
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
    alike: Close

    def changed_since(self, before: Widening) -> set[str]:
        """Return the keys that had another rarity or other neighbours before."""
        rarities = [(self.rarities[column], before.rarities[column]) for column in COUNTED]
        seen = self.alike.known() | {key for now, _ in rarities for key in now.counts}
        return {
            key
            for key in seen
            if self.alike.near(key) != before.alike.near(key)
            or any(now.rank(key) != then.rank(key) for now, then in rarities)
        }

    def same(self, keys: Iterable[str]) -> frozenset[str]:
        """Return the keys and the other spellings of their names."""
        return frozenset(chain.from_iterable(map(self.alike.same, keys)))

    def close(self, keys: Iterable[str]) -> frozenset[str]:
        """Return the keys and all that are much alike."""
        return frozenset(chain.from_iterable(map(self.alike.close, keys)))

    def near(self, keys: Iterable[str]) -> frozenset[str]:
        """Return the keys and all that are alike."""
        return frozenset(chain.from_iterable(map(self.alike.near, keys)))


def row_of(person: Person, keys: Keys, widening: Widening) -> dict[str, Any]:
    """Prepare one record: the id, the columns of every comparison, and nothing else."""
    row: dict[str, Any] = {
        "id": person.id,
        **facts_of(person),
        "siblings_apart": apart(keys.siblings, widening.alike.same),
        "father_stem": keys.father_stem,
        "father_stem_same": widening.same(keys.father_stem),
        "place": keys.place,
        **place_columns_of(keys.place, widening.rarities["place"]),
        "parted": keys.parted,
        "parted_uncommon": widening.rarities["place"].at_most(UNCOMMON, keys.parted),
        "parted_around": around_of(keys.parted),
        "parted_above": above_of(keys.parted),
        "languages": keys.languages,
        "marks": keys.marks,
    }
    for column in NAME_COLUMNS:
        row |= name_columns_of(column, getattr(keys, column), widening)
    return row


def place_columns_of(places: frozenset[str], rarity: Rarity) -> dict[str, frozenset[str]]:
    """Return the columns of places; one that many name is near to none."""
    uncommon = rarity.at_most(UNCOMMON, places)
    return {
        "place_uncommon": uncommon,
        "place_rare": rarity.at_most(RARE, places),
        "place_slips": slips_of(uncommon),
        "place_around": around_of(uncommon),
        "place_above": above_of(uncommon),
    }


def facts_of(person: Person) -> dict[str, Any]:
    """Return the columns that follow from one record alone, whatever anyone else is called."""
    born, told, parted = person.born, person.told, person.separated
    return {
        "sex": None if person.sex is None else person.sex.value,
        "born_from": born.first.toordinal() if born else None,
        "born_to": born.last.toordinal() if born else None,
        "born_slips": slips(born.first, born.last) if born else frozenset(),
        "born_parts": parts(born.first, born.last) if born else frozenset(),
        "told_from": told.first.toordinal() if told else None,
        "told_to": told.last.toordinal() if told else None,
        "separated_from": parted.first.toordinal() if parted else None,
        "separated_to": parted.last.toordinal() if parted else None,
        **kin_columns(person),
    }


def name_columns_of(
    column: str, names: frozenset[str], widening: Widening
) -> dict[str, frozenset[str]]:
    """Return the columns of one kind of name."""
    rarity = widening.rarities[column]
    columns = {}
    for ending, (rank, kind) in FORMS.items():
        kept = names if rank is None else rarity.at_most(rank, names)
        columns[column + ending] = kept if kind is None else getattr(widening, kind)(kept)
    return columns
