"""What a person asked about offers to the index: their keys, what is near them, how rare it all is.

The one asked about is counted among the others while they are asked about, as `link` counts both
sides: a name nobody in the index bears is borne once, in however many spellings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kinmatch import names
from kinmatch.comparisons.gazetteer import above, around, below
from kinmatch.comparisons.keys import keys_of
from kinmatch.comparisons.kinship import weeks_barred
from kinmatch.comparisons.rarity import apart, given_observations, observations
from kinmatch.comparisons.rows import facts_of
from kinmatch.engines.population import name_keys
from kinmatch.index.asking import OF_DAY, Question
from kinmatch.index.census import KINDS, PLACES
from kinmatch.index.columns import ABOVE, AROUND, BARRED, BELOW, COMMON, Table
from kinmatch.index.held import BIRTHS, DATES, DAYS, NAMES, SEARCHED, WORDS, days_of
from kinmatch.index.nearness import ITSELF, NEAR, SAME, Near

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from kinmatch.comparisons.rarity import Same
    from kinmatch.index.census import Census
    from kinmatch.records import Person

NOTHING: NDArray[np.int64] = np.empty(0, np.int64)


def question_of(census: Census, person: Person, among: Sequence[Person]) -> Question:
    """Return what a person offers to every column; `among` are others of the same group."""
    keys, facts = keys_of(person, names.parse), facts_of(person)
    everyone = [keys, *(keys_of(other, names.parse) for other in among)]
    together = [("", one) for one in everyone]
    same = census.nearness.same_with(name_keys(everyone))
    offered: dict[str, frozenset[str]] = {
        **{column: getattr(keys, column) for column in (*NAMES, *WORDS)},
        **{column: facts[column] for column in (*DATES, BARRED)},
        BIRTHS: weeks_barred((person.born,) if person.born else ()),  # what would bar the person
    }
    near = {
        column: {key: near_in(census, column, key) for key in sorted(of)}
        for column, of in offered.items()
    }
    of_kind = {
        kind: {column: of for column, of in near.items() if KINDS.get(column) == kind}
        for kind in ("given", "family", "place")
    }
    # A family name may stand where the other has a given name.
    as_given = {**of_kind["given"], **of_kind["family"]}
    ranks = {
        "given": Ranks.among(census, "given", as_given, given_observations(together), same),
        "family": Ranks.among(
            census, "family", of_kind["family"], observations(together, "family"), same
        ),
        "place": Ranks.among(
            census, "place", of_kind["place"], observations(together, "places"), itself_alone
        ),
    }
    return Question(
        held=census.held,
        tables={column: table_of(column, of, ranks, same) for column, of in near.items()},
        days=dict(zip(DAYS, days_of(facts), strict=True)),
        of_day={column: facts[column] for column in OF_DAY},
        held_apart=census.held_apart,
    )


def tells_enough(person: Person) -> bool:
    """Return whether anybody can be looked up by what is told: a name, a place, a day of birth."""
    keys = keys_of(person, names.parse)
    by_keys = any(getattr(keys, column) for column in SEARCHED)
    return by_keys or bool(facts_of(person)["born_slips"])


def near_in(census: Census, column: str, key: str) -> Near:
    """Return the keys of the index near one of a column; of places also those a letter apart."""
    if column in NAMES:
        return census.nearness.of(key)
    number = census.words.get(key)
    near = [] if number is None else [(number, ITSELF)]
    if column == "place":
        near += [(other, NEAR) for other in sorted(census.places_near(key) - {number})]
    if column in PLACES:
        for how, kin in ((AROUND, around), (ABOVE, above), (BELOW, below)):
            known = sorted(census.words[one] for one in kin(key) if one in census.words)
            near += [(other, how) for other in known]
    return Near(*np.array(near, np.int64).reshape(-1, 2).T)


@dataclass(frozen=True, slots=True)
class Ranks:
    """How rare names of one kind are: those asked about by key, those near them by number."""

    numbers: NDArray[np.int64]  # in order
    ranks: NDArray[np.int64]
    of_keys: Mapping[str, int]

    def of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the ranks of some numbers."""
        found: NDArray[np.int64] = self.ranks[np.searchsorted(self.numbers, numbers)]
        return found

    @classmethod
    def among(
        cls,
        census: Census,
        kind: str,
        near: Mapping[str, Mapping[str, Near]],
        observed: Iterable[frozenset[str]],
        same: Same,
    ) -> Ranks:
        """Return them for some columns, what was `observed` of the asker counted too."""
        asked = {key: found for of in near.values() for key, found in of.items()}
        numbers = np.unique(np.concatenate([NOTHING, *(one.numbers for one in asked.values())]))
        seen = [apart(keys, same) for keys in observed]
        borne = [key for keys in seen for key in keys]
        more = np.zeros(len(numbers))
        for key in borne if len(numbers) else ():
            spelled = near_in(census, next(iter(near)), key).within(SAME)
            places = np.minimum(np.searchsorted(numbers, spelled), len(numbers) - 1)
            more[places[numbers[places] == spelled]] += 1
        counts = census.counts[kind]
        lists = None if kind == "place" else census.nearness.lists.lists
        ranks = counts.ranks(lists, numbers, more, len(seen))
        of_keys = {}
        for key, found in asked.items():
            at = np.searchsorted(numbers, found.numbers[found.how == ITSELF])
            if len(at):
                of_keys[key] = int(ranks[at[0]])
            else:
                spellings = same(key)
                beside = sum(one in spellings for one in borne)
                of_keys[key] = counts.rank(spellings, found.within(SAME), beside, len(seen))
        return cls(numbers, ranks, of_keys)


def itself_alone(key: str) -> frozenset[str]:
    """Return a key that has no other spelling, as those of places."""
    return frozenset((key,))


def table_of(
    column: str, near: Mapping[str, Near], of_kind: Mapping[str, Ranks], same: Same
) -> Table:
    """Return the keys offered in a column and those near them, with their ranks."""
    numbers = np.concatenate([NOTHING, *(one.numbers for one in near.values())])
    sizes = [len(one.numbers) for one in near.values()]
    seeds = np.repeat(np.arange(len(near)), sizes)
    seed_ranks, all_ranks = np.full(len(near), COMMON), np.full(len(numbers), COMMON)
    if column in KINDS and near:
        ranks = of_kind[KINDS[column]]
        seed_ranks = np.array([ranks.of_keys[key] for key in near])
        all_ranks = ranks.of(numbers)
    given_ranks = of_kind["given"].of(numbers) if column == "family" else all_ranks
    kept = apart(frozenset(near), same) if column == "siblings" else near.keys()
    how = np.concatenate([NOTHING, *(one.how for one in near.values())])
    order = np.argsort(numbers, kind="stable")
    return Table(
        seeds=seeds[order],
        numbers=numbers[order],
        how=how[order],
        seed_ranks=seed_ranks[seeds[order]],
        ranks=all_ranks[order],
        given_ranks=given_ranks[order],
        keys=len(near),
        apart=np.array([key in kept for key in near], np.bool_),
    )
