"""Collective blocking: the families worth comparing, and every pair of their members.

Two families are worth comparing if any two of their members are. Then all their members are
compared, also those whose names share no block: a badly written brother is met through his sister.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from kinmatch.engines.arrays import Bits
    from kinmatch.engines.columns import Positions
    from kinmatch.families.groups import Groups

MOST_FAMILIES = 60  # sought families kept for a found one, the strongest first
LARGEST = 4_000  # pairs of members; two groups with more are camps, not families, and stay as met


@dataclass(frozen=True, slots=True)
class Pairing:
    """The pairs to be compared, in order, and for each the family pair it belongs to."""

    i: Positions
    j: Positions
    family: Positions  # numbers the family pairs from 0
    found_group: Positions  # of each family pair
    sought_group: Positions


def pairing(  # noqa: PLR0913 - pairs as three arrays, and the groups of two sides
    i: Positions, j: Positions, weights: Bits, found: Groups, sought: Groups, *, lowest: float
) -> Pairing:
    """Return every pair of members of the families worth comparing, the given pairs among them.

    Args:
        i: found positions of the pairs met by blocking.
        j: sought positions.
        weights: bits of these pairs.
        found: the groups of the found side.
        sought: the groups of the sought side.
        lowest: bits of the best pair of two families that make them worth comparing.
    """
    wide = np.int64(len(sought))
    family = found.of[i] * wide + sought.of[j]
    best = _strongest(family, weights, wide, lowest)
    sizes = found.sizes[best // wide] * sought.sizes[best % wide]
    grown = best[sizes <= LARGEST]
    more_i, more_j = _members(grown // wide, grown % wide, found, sought)
    across = np.int64(len(sought.of))
    pairs = np.unique(np.concatenate([i * across + j, more_i * across + more_j]))
    i, j = pairs // across, pairs % across
    families, place = np.unique(found.of[i] * wide + sought.of[j], return_inverse=True)
    return Pairing(i, j, place.astype(np.int64), families // wide, families % wide)


def _strongest(family: Positions, weights: Bits, wide: np.int64, lowest: float) -> Positions:
    """Return the family pairs worth comparing, of each found family the strongest."""
    enough = weights > lowest
    families, place = np.unique(family[enough], return_inverse=True)
    best = np.full(len(families), -np.inf)
    np.maximum.at(best, place, weights[enough])
    order = np.lexsort((families, -best, families // wide))
    found_family = families[order] // wide
    first = np.searchsorted(found_family, found_family)
    kept: Positions = np.sort(families[order][np.arange(len(order)) - first < MOST_FAMILIES])
    return kept


def _members(
    found_group: Positions, sought_group: Positions, found: Groups, sought: Groups
) -> tuple[Positions, Positions]:
    """Return every pair of members of each family pair."""
    i, j = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for one, other in zip(found_group, sought_group, strict=True):
        left, right = found.members_of(one), sought.members_of(other)
        i.append(np.repeat(left, len(right)))
        j.append(np.tile(right, len(left)))
    return np.concatenate(i), np.concatenate(j)
