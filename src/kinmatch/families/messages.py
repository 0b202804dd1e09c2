"""Who is left to be whom: marginal chances of pairs when nobody can be two persons.

Every pair has an odds of being one person, against both being nobody's; a set of pairs that share
no person weighs the product of their odds (a monomer–dimer model). The chance that a pair is in
the set is found by passing messages: what is left for this pair once all others who would have
either of the two had their say. It is exact on trees and converges on every graph (Bayati,
Gamarnik, Katz, Nair, Tetali 2007, "Simple
deterministic approximation algorithms for counting matchings").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kinmatch.families.groups import numbered

if TYPE_CHECKING:
    from kinmatch.engines.arrays import Bits
    from kinmatch.engines.columns import Positions

STEPS = 60
STILL = 1e-7  # messages that move less than this have settled
MOST_BITS = 40.0  # beyond it the claims of others would be lost to rounding


@dataclass(frozen=True, slots=True)
class Left:
    """What is left for each pair: the chance, and how free either side is for it (0..1)."""

    chance: Bits
    on_found: Bits  # the claim each pair makes on its found person
    on_sought: Bits  # and on its sought person

    def free_of_others(self, family: Positions, found: Positions, sought: Positions) -> Bits:
        """Return how free both persons of each pair are of claims by other family pairs (0..1).

        Two brothers who could both be one child do not speak against their families being one;
        a child who is clearly of a third family does.
        """
        return _free(self.on_found, found, family) * _free(self.on_sought, sought, family)


def pass_messages(
    weights: Bits, found: Positions, sought: Positions, *, apart: Positions | None = None
) -> Left:
    """Return the marginal chance of each pair.

    Args:
        weights: bits of the odds that a pair is one person against both being unmatched.
        found: a number for each pair; of those with the same number at most one can be.
        sought: likewise, on the other side.
        apart: a number for each pair, those with different numbers sharing nobody. Each number
            settles by itself, so that its chances are the same whoever else is there.
    """
    odds = np.exp2(np.clip(weights, -MOST_BITS, MOST_BITS))
    parts = np.zeros(len(odds), np.int64) if apart is None else apart
    found_free, sought_free = np.ones(len(odds)), np.ones(len(odds))
    unsettled = np.ones(len(odds), np.bool_)
    for _ in range(STEPS):
        new_found = np.where(unsettled, _free(odds * sought_free, found), found_free)
        new_sought = np.where(unsettled, _free(odds * new_found, sought), sought_free)
        moved = np.maximum(np.abs(new_found - found_free), np.abs(new_sought - sought_free))
        found_free, sought_free = new_found, new_sought
        unsettled &= np.bincount(parts, moved >= STILL)[parts] > 0
        if not unsettled.any():
            break
    joint = odds * found_free * sought_free
    return Left(joint / (1.0 + joint), odds * sought_free, odds * found_free)


def _free(claims: Bits, person: Positions, by: Positions | None = None) -> Bits:
    """Return for each pair how free its person is of all claims but its own, or those of `by`."""
    if not len(claims):
        return claims
    own: Bits = claims
    if by is not None:
        place, _ = numbered(person, by)
        own = np.bincount(place, claims)[place].astype(np.float64)
    free: Bits = 1.0 / (1.0 + np.maximum(np.bincount(person, claims)[person] - own, 0.0))
    return free
