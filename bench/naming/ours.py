"""The one place where the benchmark calls the library it measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinmatch.names import Index, alignment, parse, score_names
from naming import ablation, measures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from naming.sets import Pairs, Retrieval

FOUND = 50  # hits asked for; what is not among them ranks after them, all of it alike


def warm_up() -> None:
    """Call everything once, so that loading and compiling are not timed."""
    index = Index(["Ruslan Magomedov", "Тимур Кадиров"])
    for exact in (False, True):
        found_by(index, "رسلان محمدوف", exact=exact)
    score_names("Ruslan Magomedov", "رسلان محمدوف")


def found_by(
    index: Index, query: str, *, top: int = FOUND, exact: bool = False
) -> dict[int, float]:
    """Return the places an index finds, with their scores, best first."""
    return {hit.index: hit.score for hit in index.search(query, top=top, exact=exact)}


def ranks(test: Retrieval) -> list[float]:
    """Return the rank of the right name of each query."""
    index = Index(test.cands)
    return [
        rank(found_by(index, query.name), query.right, len(test.cands)) for query in test.queries
    ]


def rank(found: dict[int, float], right: tuple[int, ...], total: int) -> float:
    """Return the rank of the right name among what was found."""
    return measures.rank(measures.standing_of_found(found, right, total))


def scores(test: Pairs) -> list[float]:
    """Return the score of each pair."""
    return [score_names(pair.left, pair.right) for pair in test.pairs]


def prepared_score() -> tuple[Callable[[str], object], Callable[[object, object], float]]:
    """Return what prepares a name, and what scores two prepared names."""
    return parse, alignment.score


def ablations() -> Iterator[tuple[str, Callable[[], AbstractContextManager[object]]]]:
    """Yield each part of the library that can be taken out, and what takes it out for a while."""
    for switch in ablation.SWITCHES:
        yield switch, lambda switch=switch: ablation.without(switch)
