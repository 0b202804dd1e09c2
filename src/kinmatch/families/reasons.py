"""A chance of the collective stage in bits: the pair's own facts, then relative by relative."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from kinmatch.engines.arrays import names_of
from kinmatch.families.assign import one_to_one
from kinmatch.families.groups import Groups
from kinmatch.model import weight_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kinmatch.engines import Population
    from kinmatch.engines.columns import Positions
    from kinmatch.families.collective import Matched

NOBODY = 0.0  # bits of a member's best likeness below which nobody of the family resembles it
FITS = -3.0  # bits of a pair that two members fit; one in nine
NEARLY = 1e-12  # a chance is never taken for certain


@dataclass(frozen=True, slots=True)
class Relative:
    """What one other member of the found group says about the two families being one."""

    found: int  # position of the member
    sought: int | None  # of the sought member it resembles most, if it resembles any
    bits: float


@dataclass(frozen=True, slots=True)
class Aligned:
    """A member of the found group and one of the sought group, as the two groups fit best."""

    found: int | None  # position; None for a member nobody found resembles
    sought: int | None  # likewise of the sought
    weight: float  # bits, from the chance that they are one; minus infinity with one missing


@dataclass(frozen=True, slots=True)
class Account:
    """The weight of one pair, taken apart. `weight` is prior + levels + relatives + rest."""

    found: int
    sought: int
    family: int  # the number of the family pair, as `Accounts.alignment` asks for it
    weight: float  # bits, from the chance
    levels: tuple[str, ...]
    relatives: tuple[Relative, ...]
    in_one_to_one: bool


class Accounts:
    """Takes the weights of matched pairs apart."""

    def __init__(self, matched: Matched, population: Population) -> None:
        self.matched = matched
        self.found = Groups.read(population.found)
        self.sought = Groups.read(population.sought)
        self.family = matched.pairing.family
        order = np.argsort(self.family, kind="stable")
        self.order: Positions = order.astype(np.int64)
        self.starts = np.searchsorted(
            self.family[order], np.arange(len(matched.pairing.found_group) + 1)
        )

    def of(self, pair: int) -> Account:
        """Return the account of one pair, by its place among the pairs compared."""
        matched = self.matched
        return Account(
            found=int(matched.pairing.i[pair]),
            sought=int(matched.pairing.j[pair]),
            family=int(self.family[pair]),
            weight=bits_of(matched.chance[pair]),
            levels=names_of(matched.codes[pair]),
            relatives=self._relatives(pair),
            in_one_to_one=bool(matched.one_to_one[pair]),
        )

    def alignment(self, family: int) -> Iterator[Aligned]:
        """Yield who is who if the two groups of a family pair are one: found, then left over.

        Every member is in it once. Whoever fits nobody better than at `FITS` stands alone.
        """
        matched = self.matched
        pairs = self._pairs_of(family)
        i, j = matched.pairing.i[pairs], matched.pairing.j[pairs]
        weights = np.array([bits_of(chance) for chance in matched.chance[pairs]])
        best = one_to_one(weights, i, j, lowest=FITS)
        met = {int(i[one]): one for one in np.flatnonzero(best)}
        for member in self.found.members_of(int(matched.pairing.found_group[family])):
            one = met.get(int(member))
            if one is None:
                yield Aligned(int(member), None, -inf)
            else:
                yield Aligned(int(member), int(j[one]), float(weights[one]))
        taken = set(j[best].tolist())
        for member in self.sought.members_of(int(matched.pairing.sought_group[family])):
            if int(member) not in taken:
                yield Aligned(None, int(member), -inf)

    def _pairs_of(self, family: int) -> Positions:
        return self.order[self.starts[family] : self.starts[family + 1]]

    def _relatives(self, pair: int) -> tuple[Relative, ...]:
        matched, family = self.matched, self.family[pair]
        pairs = self._pairs_of(int(family))
        i, j = matched.pairing.i, matched.pairing.j
        others = pairs[(i[pairs] != i[pair]) & (j[pairs] != j[pair])]
        told = []
        for member in np.unique(i[others]):
            likes = others[i[others] == member]
            best = likes[np.argmax(matched.own[likes])]
            bits = float(matched.evidence.alone[matched.evidence.row[best]])
            met = matched.own[best] > NOBODY or bits > 0
            told.append(Relative(int(member), int(j[best]) if met else None, bits))
        return tuple(sorted(told, key=lambda one: -abs(one.bits)))


def bits_of(chance: float) -> float:
    """Return a chance in bits, never certain."""
    return weight_of(min(max(float(chance), NEARLY), 1.0 - NEARLY))
