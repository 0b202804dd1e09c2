"""The name matching of nomenklatura, on prepared names. Runs in the peers' environment.

`logic-v2`: the name core of its current algorithm, as `name_match` calls it for one name of a
person on either side: a literal match first, then symbols and fuzzy parts. `name-based`: the two
features of the older algorithm, each called as it is on prepared entities.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from followthemoney import model
from nomenklatura.matching.logic_v2.model import LogicV2
from nomenklatura.matching.logic_v2.names.match import match_name_symbolic
from nomenklatura.matching.name_based.names import jaro_name_parts, soundex_name_parts
from nomenklatura.matching.types import ScoringConfig
from rigour.names import CompareConfig, NameTypeTag, analyze_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from followthemoney import EntityProxy
    from rigour.names import Name


class LogicV2Names:
    """The name core of logic-v2."""

    def __init__(self, cands: Sequence[str]) -> None:
        config = LogicV2.default_config()
        self.fuzzy = CompareConfig(budget_tolerance=config.get_float("nm_fuzzy_cutoff_factor"))
        self.weights = (
            config.get_float("nm_extra_query_name"),
            config.get_float("nm_extra_result_name"),
            config.get_float("nm_family_name_weight"),
        )
        self.cands = [self.prepare(cand, asked=False) for cand in cands]

    @staticmethod
    def prepare(name: str, *, asked: bool) -> Name | None:
        """Read a name; initials are read as such in a query, as nomenklatura does."""
        return next(iter(analyze_names(NameTypeTag.PER, [name], infer_initials=asked)), None)

    def score(self, query: Name | None, result: Name | None) -> float:
        """Compare two prepared names, as `name_match` does."""
        if query is None or result is None:
            return 0.0
        if query.comparable == result.comparable:
            return 1.0
        return match_name_symbolic(query, result, self.fuzzy, *self.weights)[0].score

    def rows(self, queries: Sequence[str]) -> Iterator[np.ndarray]:
        """Yield the scores of each query against every candidate."""
        for query in queries:
            asked = self.prepare(query, asked=True)
            yield np.array([self.score(asked, cand) for cand in self.cands])

    def pair(self, query: str, place: int) -> float:
        """Return the score of one query against one candidate."""
        return self.score(self.prepare(query, asked=True), self.cands[place])


class NameBased:
    """Half the Jaro-Winkler of the parts, half their Soundex."""

    def __init__(self, cands: Sequence[str]) -> None:
        self.config = ScoringConfig.defaults()
        self.cands = [self.prepare(cand) for cand in cands]

    @staticmethod
    def prepare(name: str) -> EntityProxy:
        """Make a person of a name."""
        return person(name)

    def score(self, query: EntityProxy, result: EntityProxy) -> float:
        """Compare two persons as `NameMatcher` weighs its features."""
        alike = jaro_name_parts(query, result, self.config).score
        return (alike + soundex_name_parts(query, result, self.config).score) / 2

    def rows(self, queries: Sequence[str]) -> Iterator[np.ndarray]:
        """Yield the scores of each query against every candidate."""
        for query in queries:
            asked = self.prepare(query)
            yield np.array([self.score(asked, cand) for cand in self.cands])

    def pair(self, query: str, place: int) -> float:
        """Return the score of one query against one candidate."""
        return self.score(self.prepare(query), self.cands[place])


def person(name: str) -> EntityProxy:
    """Return an entity that is a person of that name."""
    entity = model.make_entity("Person")
    entity.id = name
    entity.add("name", name)
    return entity


def warm_up() -> None:
    """Load the taggers, which takes seconds once and is not part of preparing names."""
    analyze_names(NameTypeTag.PER, ["Jane Doe"])


SCREENERS: dict[str, Callable[[Sequence[str]], LogicV2Names | NameBased]] = {
    "logic-v2": LogicV2Names,
    "name-based": NameBased,
}
