"""One list against itself: records that may be of one person, and clusters of them to look at.

Nothing is merged. A cluster is a proposal: records that a chain of pairs connects, each pair as
likely as asked for. A chain can join records that no one pair does, so a cluster of more than a few
wants a closer look than a pair.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from kinmatch.batch import Job
from kinmatch.engines import prepare
from kinmatch.errors import BadInput
from kinmatch.link import refuse_no_chance
from kinmatch.model import Model, default_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from kinmatch.engines.closeness import Progress
    from kinmatch.records import Person

AGAIN = 0.1  # how many of the persons are taken to stand in the list again, unless it is said
CLUSTERED = 0.95  # probability of a pair that joins its records: "very likely"


def dedupe(
    persons: Sequence[Person],
    *,
    model: Model | None = None,
    again: float = AGAIN,
    threshold: float | None = None,
    progress: Progress | None = None,
) -> Job:
    """Prepare a list for being compared with itself; ask the job for its tables of pairs.

    `again` is how likely a person stands in the list once more (0..1). A pair is compared when the
    one whose id comes first looks into a block of the other (`blocking.chosen`). So what is found
    does not depend on the order of the list; pairs are told in it.

    Raises:
        BadInput: ids repeat, or a share or threshold is not between 0 and 1.
    """
    if not 0 < again < 1:
        raise BadInput(f"a share of {again}; expected a number between 0 and 1")
    refuse_no_chance(threshold)
    adapted = replace(model or default_model(), coverage=again).renewed()
    places = np.array(sorted(range(len(persons)), key=lambda at: persons[at].id), np.int64)
    by_id = [persons[at] for at in places]
    population = prepare(by_id, by_id, model=adapted, progress=progress)
    return Job(population, adapted.threshold if threshold is None else threshold, places)


def clusters(tables: Sequence[pa.Table], *, least: float = CLUSTERED) -> Iterator[list[str]]:
    """Yield the ids of records that pairs of this probability or more connect, two or more each.

    In each the ids are sorted, and the clusters by their first.
    """
    pairs = [
        pair
        for table in tables
        for *pair, chance in zip(
            *(table.column(name).to_pylist() for name in ("id", "other_id", "probability")),
            strict=True,
        )
        if chance >= least
    ]
    ids = sorted({one for pair in pairs for one in pair})
    place = {one: number for number, one in enumerate(ids)}
    i, j = ([place[pair[side]] for pair in pairs] for side in (0, 1))
    graph = coo_matrix((np.ones(len(pairs)), (i, j)), shape=(len(ids), len(ids)))
    _, labels = connected_components(graph, directed=False)
    together: dict[int, list[str]] = {}
    for one, label in zip(ids, labels, strict=True):
        together.setdefault(int(label), []).append(one)
    yield from together.values()
