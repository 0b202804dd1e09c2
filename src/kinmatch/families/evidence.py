"""What the other members say about two families being one.

For a pair (i, j) of a found family h and a sought family k, every other found member i′ speaks:

    L(−i, −j) = Σ_{i′≠i} log2( a + (1 − a)/m · Σ_{j′≠j} BF_{i′j′} )

a being the share of members who are absent on the other side, m the size of the sought family,
and BF the odds of two members' own facts (given name, birth, sex …). A member that nobody of the
other family resembles costs at most log2(a) bits, for families are incomplete; one that resembles
somebody closely counts for what it is worth, up to `MOST` bits. Facts that a family shares (its
name, the parents) are counted once for the two families, by the pair that agrees best on each:
four children who bear one surname are one agreement, not four.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kinmatch.families.groups import numbered

if TYPE_CHECKING:
    from kinmatch.engines.arrays import Bits
    from kinmatch.engines.columns import Positions
    from kinmatch.families.pairing import Pairing

MOST = 20.0  # bits of one member's own facts


@dataclass(frozen=True, slots=True)
class Evidence:
    """Bits of each pair for the two families being one, from all but the pair itself."""

    others: Bits  # L(−i, −j)
    row: Positions  # a number for each (family pair, found member), of each pair
    alone: Bits  # of each such member, what it says with nobody left out


def gather(pairing: Pairing, own: Bits, free: Bits, sizes: Positions, *, absent: float) -> Evidence:
    """Return the evidence of the other members.

    Args:
        pairing: the pairs and the family pair each belongs to.
        own: bits of each pair's own facts, what the family shares left out.
        free: how free both are for one another (0..1), from the messages.
        sizes: members of the sought family of each family pair.
        absent: the share of found members who are not in the sought family.
    """
    claims = np.exp2(np.clip(own, -MOST, MOST)) * free
    row, first = numbered(pairing.family, pairing.i)
    family_of_row = pairing.family[first]
    share = (1.0 - absent) / np.maximum(sizes[family_of_row], 1)
    claimed = np.bincount(row, claims)
    alone = np.log2(absent + share * claimed)
    without = np.log2(absent + share[row] * np.maximum(claimed[row] - claims, 0.0))
    # Everyone's words, less those of i; and for the others, j left out of what they resemble.
    lost = without - alone[row]
    column, _ = numbered(pairing.family, pairing.j)
    everyone = np.bincount(family_of_row, alone, minlength=len(sizes))
    others = everyone[pairing.family] - alone[row] + np.bincount(column, lost)[column] - lost
    return Evidence(others, row, alone)


def shared(pairing: Pairing, bits: Bits) -> Bits:
    """Return for each family pair the bits of what the families share.

    Args:
        pairing: the pairs and the family pair each belongs to.
        bits: of each pair by shared comparison, NaN where it is not known; shape (pairs, n).

    Of each comparison the best pair counts, for one child's surname miswritten does not make it
    another family; where nobody knows, nothing.
    """
    total = np.zeros(len(pairing.found_group))
    for known in bits.T:
        best = np.full(len(total), -np.inf)
        told = ~np.isnan(known)
        np.maximum.at(best, pairing.family[told], known[told])
        total += np.where(np.isfinite(best), best, 0.0)
    return total
