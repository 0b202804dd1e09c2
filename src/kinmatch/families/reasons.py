"""A chance of the collective stage in bits: the pair's own facts, then relative by relative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kinmatch.engines.arrays import names_of
from kinmatch.model import weight_of

if TYPE_CHECKING:
    from kinmatch.engines.columns import Positions
    from kinmatch.families.collective import Matched

NOBODY = 0.0  # bits of a member's best likeness below which nobody of the family resembles it
NEARLY = 1e-12  # a chance is never taken for certain


@dataclass(frozen=True, slots=True)
class Relative:
    """What one other member of the found group says about the two families being one."""

    found: int  # position of the member
    sought: int | None  # of the sought member it resembles most, if it resembles any
    bits: float


@dataclass(frozen=True, slots=True)
class Account:
    """The weight of one pair, taken apart. `weight` is prior + levels + relatives + rest."""

    found: int
    sought: int
    weight: float  # bits, from the chance
    levels: tuple[str, ...]
    relatives: tuple[Relative, ...]
    in_one_to_one: bool


class Accounts:
    """Takes the weights of matched pairs apart."""

    def __init__(self, matched: Matched) -> None:
        self.matched = matched
        self.family = matched.pairing.family
        order = np.argsort(self.family, kind="stable")
        self.order: Positions = order.astype(np.int64)
        self.starts = np.searchsorted(
            self.family[order], np.arange(len(matched.pairing.found_group) + 1)
        )

    def of(self, pair: int) -> Account:
        """Return the account of one pair, by its place among the pairs compared."""
        matched = self.matched
        chance = min(max(float(matched.chance[pair]), NEARLY), 1.0 - NEARLY)
        return Account(
            found=int(matched.pairing.i[pair]),
            sought=int(matched.pairing.j[pair]),
            weight=weight_of(chance),
            levels=names_of(matched.codes[pair]),
            relatives=self._relatives(pair),
            in_one_to_one=bool(matched.one_to_one[pair]),
        )

    def _relatives(self, pair: int) -> tuple[Relative, ...]:
        matched, family = self.matched, self.family[pair]
        pairs = self.order[self.starts[family] : self.starts[family + 1]]
        i, j = matched.pairing.i, matched.pairing.j
        others = pairs[(i[pairs] != i[pair]) & (j[pairs] != j[pair])]
        told = []
        for member in np.unique(i[others]):
            likes = others[i[others] == member]
            best = likes[np.argmax(matched.own[likes])]
            bits = float(matched.evidence.alone[matched.evidence.row[best]])
            met = matched.own[best] > NOBODY and bits > 0
            told.append(Relative(int(member), int(j[best]) if met else None, bits))
        return tuple(sorted(told, key=lambda one: -abs(one.bits)))
