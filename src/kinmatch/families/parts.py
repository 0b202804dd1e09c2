"""Long lists: the found groups matched some at a time, so that memory does not grow with the lists.

Unless nobody stands in either list twice, what is said of a found group depends on its own pairs
and on the circumstances alone. So beyond `MANY` found persons the circumstances are learned from
some groups drawn by what they are called, the same in any order of the list, and held for all.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from kinmatch.engines.arrays import Arrays
from kinmatch.families.collective import Collective, Matched, match

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kinmatch.engines.closeness import Progress
    from kinmatch.engines.columns import Positions
    from kinmatch.engines.population import Population
    from kinmatch.families.groups import Groups
    from kinmatch.model import Circumstances
    from kinmatch.records import Person

MANY = 20_000  # found persons up to whom everyone is matched, and learned from, at once
PART = 2_000  # found persons matched at once beyond it, and those learned from; about
SEED = 0


def in_parts(  # noqa: PLR0913 - what can be chosen about a match, each with its default
    population: Population,
    *,
    across: bool = False,
    within: bool = False,
    learning: bool = True,
    only: Collection[int] | None = None,
    after: int = 0,
    progress: Progress | None = None,
) -> Iterator[Matched]:
    """Match as `match` does, and yield what is said of the found groups part by part.

    The first parts, as many as `after` says, are known already and left out.

    All comes at once with up to `MANY` found persons, with `only`, and with `across`: if nobody
    stands in either list twice, everyone is in everyone's way. `Matched.one_to_one` is the best
    assignment of one part.
    """
    if across or only is not None or len(population.found) <= MANY:
        if not after:
            yield match(
                population,
                across=across,
                within=within,
                learning=learning,
                only=only,
                progress=progress,
            )
        return
    collective = Collective.of(population, across=False)
    collective.within = within
    if learning:
        collective.circumstances = _learned_from_some(collective, population, progress)
    done, whole = 0, len(population.found)
    for number, rows in enumerate(parts(collective.found, np.arange(len(collective.found)))):
        if number >= after:
            some = replace(collective, arrays=Arrays(population, rows.tolist()), learning=False)
            yield some.match(some.start())
        done += len(rows)
        if progress:
            progress("families", done, whole)


def parts(groups: Groups, order: Positions) -> Iterator[Positions]:
    """Yield the members of the groups in this order, whole groups, about `PART` at a time."""
    part = (np.cumsum(groups.sizes[order]) - 1) // PART
    ends = np.flatnonzero(np.diff(part)) + 1
    for some in np.split(order, ends):
        yield np.flatnonzero(np.isin(groups.of, some))


def in_drawn_order(groups: Groups, persons: Sequence[Person]) -> Positions:
    """Return the groups in an order drawn by what they are called, wherever they stand."""
    _, first = np.unique(groups.of, return_index=True)
    drawn = [
        blake2b("\0".join((str(SEED), *persons[place].company)).encode(), digest_size=8).digest()
        for place in first.tolist()
    ]
    return np.array(sorted(range(len(drawn)), key=lambda group: drawn[group]), np.int64)


def _learned_from_some(
    collective: Collective, population: Population, progress: Progress | None = None
) -> Circumstances:
    """Return the circumstances that some groups drawn by chance teach."""
    drawn = in_drawn_order(collective.found, population.found)
    rows = next(parts(collective.found, drawn))
    some = replace(
        collective,
        arrays=Arrays(population, rows.tolist()),
        learning=True,
        share=len(rows) / len(population.found),
    )
    learning = progress and (lambda _, done, whole: progress("learning", done, whole))
    some.match(some.start(), progress=learning)
    return some.circumstances
