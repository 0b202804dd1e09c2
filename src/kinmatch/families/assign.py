"""One to one: of all ways to pair everyone at most once, the one with the most weight.

Candidates fall into components that share nobody; each is solved by itself, to the optimum, as an
assignment problem (scipy's shortest augmenting paths, Crouse 2016).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from kinmatch.comparisons.level import Flags
    from kinmatch.engines.arrays import Bits
    from kinmatch.engines.columns import Positions


def one_to_one(weights: Bits, found: Positions, sought: Positions, *, lowest: float) -> Flags:
    """Return which pairs are in the assignment of the most weight.

    Args:
        weights: bits of each pair.
        found: the person on one side of each pair.
        sought: the person on the other side.
        lowest: bits a pair must have to be assigned at all; its gain is what lies above.
    """
    chosen = np.zeros(len(weights), np.bool_)
    able = np.flatnonzero(weights > lowest)
    if not len(able):
        return chosen
    i, j, gains = found[able], sought[able], weights[able] - lowest
    shape = (int(i.max()) + 1, int(j.max()) + 1)
    component = _components(i, j, shape)
    order = np.argsort(component, kind="stable")
    bounds = np.flatnonzero(np.diff(component[order])) + 1
    for together in np.split(order, bounds):
        chosen[able[_best(gains, i, j, together)]] = True
    return chosen


def _components(i: Positions, j: Positions, shape: tuple[int, int]) -> Positions:
    graph = coo_matrix((np.ones(len(i)), (i, shape[0] + j)), shape=(sum(shape), sum(shape)))
    _, labels = connected_components(graph, directed=False)
    of_each: Positions = labels[i]
    return of_each


def _best(gains: Bits, i: Positions, j: Positions, together: Positions) -> Positions:
    """Return the places of the pairs of one component that are assigned."""
    if len(together) == 1:
        return together
    _, row = np.unique(i[together], return_inverse=True)
    _, column = np.unique(j[together], return_inverse=True)
    table = np.zeros((row.max() + 1, column.max() + 1))
    place = np.full(table.shape, -1, np.int64)
    table[row, column] = gains[together]
    place[row, column] = together
    rows, columns = linear_sum_assignment(table, maximize=True)
    assigned: Positions = place[rows, columns]
    return assigned[assigned >= 0]
