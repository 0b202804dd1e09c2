"""Match whole families: from pairs scored one by one to chances that take everyone into account."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from kinmatch.comparisons import COMPARISONS
from kinmatch.engines.arrays import (
    NO_LEVEL,
    ROWS,
    Arrays,
    Batch,
    Bits,
    Codes,
    Weighing,
)
from kinmatch.families.assign import one_to_one as assigned_among
from kinmatch.families.evidence import Evidence, gather, shared
from kinmatch.families.groups import Groups, numbered
from kinmatch.families.messages import Left, pass_messages
from kinmatch.families.pairing import Pairing, pairing
from kinmatch.model import Circumstances

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kinmatch.comparisons.level import Flags
    from kinmatch.engines.closeness import Progress
    from kinmatch.engines.columns import Positions
    from kinmatch.engines.population import Population

ROUNDS = 3  # of evidence and messages; later ones move nothing
KEPT = -8.0  # bits of a pair, likewise, below which nobody looks at it again
WORTH = -4.0  # bits of a pair, the prior in it, that make two families worth comparing
CERTAIN = 0.9  # members expected in common from which a family pair teaches the circumstances
BEFORE = 30.0  # persons, groups or matches that what the model says of circumstances counts as
EVEN = 0.0  # bits of a chance of one half
OWN = np.array([not one.shared for one in COMPARISONS])
NAMES = [comparison.name for comparison in COMPARISONS]
GIVEN, SIBLINGS = NAMES.index("given"), NAMES.index("siblings")
SIBLING = COMPARISONS[GIVEN].level_ids.index("sibling")


class Scorer(Protocol):
    """What knows the pairs worth comparing, and on what levels any pair is."""

    def blocked(self, weigh: Weighing, prior: float) -> Iterator[Batch]:
        """Yield the pairs worth comparing with their bits, some found rows at a time, in order."""
        ...

    def codes(self, i: Positions, j: Positions) -> Codes:
        """Return the level of each pair by comparison, as `engines.arrays` numbers them."""
        ...


@dataclass(frozen=True, slots=True)
class Matched:
    """What the collective stage says of every pair it compared, in order of (found, sought)."""

    pairing: Pairing
    codes: Codes
    own: Bits  # bits of the pair's own facts, against strangers
    kin: Bits  # and against other members of one family
    evidence: Evidence
    shared: Bits  # bits of what the two families share, of each pair
    same_family: Bits  # the chance that the two families are one
    by_family: Bits  # if it is one person: the chance that it is in the families' being one
    left: Left
    one_to_one: Flags  # whether the pair is in the best assignment of everyone

    @property
    def chance(self) -> Bits:
        """The chance that each pair is one person."""
        return self.left.chance


@dataclass(slots=True)
class Collective:
    """Everything the collective stage needs of two sides, and what it learns on the way."""

    arrays: Scorer
    found: Groups
    sought: Groups
    weigh: Weighing
    weigh_kin: Weighing
    circumstances: Circumstances
    across: bool  # whether nobody stands in either list twice
    people: int  # who is sought, those not compared here among them
    groups: int  # in how many groups
    learning: bool = True  # whether what is found here is to say what the circumstances are
    within: bool = False  # one list with itself: only pairs of a group and a later one
    share: float = 1.0  # of the found, those whose groups are compared
    before: Circumstances = field(init=False)  # what was believed before anything was learned

    def __post_init__(self) -> None:
        self.before = self.circumstances

    @classmethod
    def of(
        cls,
        population: Population,
        *,
        across: bool,
        circumstances: Circumstances | None = None,
        only: Collection[int] | None = None,
    ) -> Collective:
        """Prepare a population. `across` says that nobody stands in one list twice.

        With `only`, positions of found persons, their groups alone are compared.
        """
        found, sought = Groups.read(population.found), Groups.read(population.sought)
        rows = None if only is None else found.with_their_groups(only).tolist()
        return cls(
            arrays=Arrays(population, rows),
            found=found,
            sought=sought,
            weigh=Weighing(population.model),
            weigh_kin=Weighing(population.model, among_kin=True),
            circumstances=circumstances or population.model.circumstances,
            across=across,
            people=population.people,
            groups=population.groups,
        )

    def start(self, *, lowest: float = KEPT, progress: Progress | None = None) -> Batch:
        """Score the pairs that share a block one by one, and keep those above `lowest` bits."""
        people = len(self.found.of)
        prior = pair_prior(self.circumstances, self.people)
        kept: list[Batch] = []
        for batch in self.arrays.blocked(self.weigh, prior):
            wanted = batch.weights > lowest
            if self.within:
                wanted &= self.found.of[batch.i] < self.sought.of[batch.j]
            kept.append(batch.some(wanted))
            if progress:
                progress("pairs", min(len(kept) * ROWS, people), people)
        return Batch.joined(kept)

    def match(self, start: Batch, *, progress: Progress | None = None) -> Matched:
        """Match families, from what pairs say by themselves."""
        pairs = pairing(start.i, start.j, start.weights, self.found, self.sought, lowest=WORTH)
        codes = self.arrays.codes(pairs.i, pairs.j)
        common = self.shared_bits(pairs, codes)
        matched = self._begin(pairs, codes, common)
        for done in range(ROUNDS):
            matched = self._round(matched, common)
            if self.learning:
                self.circumstances = learned(matched, self)
            if progress:
                progress("families", done + 1, ROUNDS)
        weights = np.log2(np.maximum(matched.chance, 1e-12))
        odds = weights - np.log2(np.maximum(1.0 - matched.chance, 1e-12))
        chosen = assigned_among(odds, pairs.i, pairs.j, lowest=-10.0)
        return replace(matched, one_to_one=chosen)

    def shared_bits(self, pairs: Pairing, codes: Codes) -> Bits:
        """Return the bits of each pair by shared comparison, NaN where it is not known.

        Lists of siblings are shared, yet those who stand in the groups speak for themselves: they
        are counted only where one side has no group.
        """
        both = (self.found.sizes[self.found.of[pairs.i]] > 1) & (
            self.sought.sizes[self.sought.of[pairs.j]] > 1
        )
        unknown = codes == NO_LEVEL
        unknown[:, SIBLINGS] |= both
        shared_bits: Bits = np.where(unknown, np.nan, self.weigh.of_each(codes))[:, ~OWN]
        return shared_bits

    def _begin(self, pairs: Pairing, codes: Codes, common: Bits) -> Matched:
        facts = as_in_families(codes)
        facts[:, ~OWN] = NO_LEVEL
        own, kin = self.weigh.total(facts), self.weigh_kin.total(facts)
        sizes = self.sought.sizes[pairs.sought_group]
        absent = self.circumstances.found_absent
        nothing_known = np.ones(len(own))
        return Matched(
            pairing=pairs,
            codes=codes,
            own=own,
            kin=kin,
            evidence=gather(pairs, own, nothing_known, sizes, absent=absent),
            shared=shared(pairs, common)[pairs.family],
            same_family=np.zeros(len(own)),
            by_family=np.zeros(len(own)),
            left=Left(np.zeros(len(own)), np.zeros(len(own)), np.zeros(len(own))),
            one_to_one=np.zeros(len(own), np.bool_),
        )

    def _round(self, matched: Matched, common: Bits) -> Matched:
        pairs, given = matched.pairing, self.circumstances
        sizes = self.sought.sizes[pairs.sought_group]
        free = np.ones(len(matched.own))
        if self.across:
            free = matched.left.free_of_others(pairs.family, pairs.i, pairs.j)
        evidence = gather(pairs, matched.own, free, sizes, absent=given.found_absent)
        odds = evidence.others + matched.shared + np.log2(given.together / max(self.groups, 1))
        matched = replace(matched, evidence=evidence, same_family=_chance(odds))
        summed = np.nansum(common, axis=1)
        return self._all_at_once(matched, summed) if self.across else self._apart(matched, summed)

    def _all_at_once(self, matched: Matched, common: Bits) -> Matched:
        """Pass messages between everyone: whoever is clearly one person is no other."""
        pairs, same = matched.pairing, matched.same_family
        within, outside = self.chances(pairs, common)
        within, outside = same * within, (1.0 - same) * outside
        # Another member of the same family, or a stranger: what the pair is weighed against.
        against = same * np.exp2(-matched.kin) + (1.0 - same) * np.exp2(-matched.own)
        weights = np.log2(within + outside) - np.log2(against)
        left = pass_messages(weights, pairs.i, pairs.j)
        return replace(matched, by_family=within / (within + outside), left=left)

    def _apart(self, matched: Matched, common: Bits) -> Matched:
        """Pass messages within each pair of families only; a child may be sought by several.

        If the families are one, the pair's own facts speak for that too; then who of them is who.
        If not, the pair stands alone among strangers.
        """
        pairs, same = matched.pairing, matched.same_family
        within, outside = self.chances(pairs, common)
        found, _ = numbered(pairs.i, self.sought.of[pairs.j])
        sought, _ = numbered(pairs.j, self.found.of[pairs.i])
        left = pass_messages(np.log2(within) + matched.kin, found, sought, apart=pairs.family)
        ahead = np.minimum(within * self.circumstances.left_over, 1.0)  # that i is j, if one family
        row = ahead * np.exp2(matched.own) + (1.0 - ahead) * np.exp2(matched.own - matched.kin)
        same = _chance(np.log2(same) - np.log2(np.maximum(1.0 - same, 1e-30)) + np.log2(row))
        alone = outside * self.circumstances.left_over * np.exp2(matched.own)
        in_family, stranger = same * left.chance, (1.0 - same) * alone / (1.0 + alone)
        chance = np.clip(in_family + stranger, 0.0, 1.0)
        return replace(
            matched,
            by_family=in_family / np.maximum(in_family + stranger, 1e-30),
            left=replace(left, chance=chance),
        )

    def chances(self, pairs: Pairing, common: Bits) -> tuple[Bits, Bits]:
        """Return the prior odds of each pair if the families are one, and if they are not.

        The odds are against both being nobody's.

        Within a family it is the law of mass action: those in common, by those left over on either
        side. Outside, the few strangers in groups and children apart from theirs.
        """
        given = self.circumstances
        alone = given.left_over
        largest = np.maximum(
            self.found.sizes[self.found.of[pairs.i]], self.sought.sizes[self.sought.of[pairs.j]]
        )
        within = (1.0 - given.found_absent) / largest
        shared_odds = np.exp2(np.clip(common, -MOST_SHARED, MOST_SHARED))
        outside = given.outside / max(self.people, 1) * shared_odds
        return within / alone, outside / alone


MOST_SHARED = 30.0  # bits


def pair_prior(given: Circumstances, sought: int) -> float:
    """Return the bits of a pair before anything is compared, against both being nobody's."""
    alone = given.found_unmatched * given.sought_unmatched
    return float(np.log2((1.0 - given.found_unmatched) / max(sought, 1) / alone))


def as_in_families(codes: Codes) -> Codes:
    """Return the levels with a sibling's name taken for any other name.

    That a name is a brother's is said by the brother himself, who is there to be matched.
    """
    codes = codes.copy()
    last = len(COMPARISONS[GIVEN].level_ids) - 1
    codes[codes[:, GIVEN] == SIBLING, GIVEN] = last
    return codes


def learned(matched: Matched, collective: Collective) -> Circumstances:
    """Return the circumstances that what is now believed makes likely (one step of EM).

    What was believed before counts as `BEFORE` more of each: the mode of a share whose prior is a
    beta distribution (Dempster, Laird, Rubin 1977, on maximum a posteriori by EM). So one family
    found whole does not teach that nobody is ever absent.
    """
    pairs, chance, before = matched.pairing, matched.chance, collective.before
    in_family = chance * matched.by_family
    common = np.bincount(pairs.family, in_family, minlength=len(pairs.found_group))
    certain = common > CERTAIN
    if not certain.any():
        return collective.circumstances
    met = float(common[certain].sum())
    found = float(collective.found.sizes[pairs.found_group[certain]].sum())
    sought = float(collective.sought.sizes[pairs.sought_group[certain]].sum())
    together = len(np.unique(pairs.found_group[common > 1 - CERTAIN]))
    groups = len(collective.found) * collective.share
    left = [
        _left_over(chance, person, len(side.of) * collective.share)
        for person, side in ((pairs.i, collective.found), (pairs.j, collective.sought))
    ]
    return Circumstances(
        found_unmatched=_share(*left[0], before.found_unmatched),
        sought_unmatched=_share(*left[1], before.sought_unmatched),
        found_absent=_share(found - met, found, before.found_absent),
        sought_absent=_share(sought - met, sought, before.sought_absent),
        outside=_share(float((chance - in_family).sum()), float(chance.sum()), before.outside),
        together=_share(together, groups, before.together),
    ).bounded()


def _share(some: float, of: float, before: float) -> float:
    """Return how many of so many there are, and of `BEFORE` others as many as was believed."""
    return (some + BEFORE * before) / (of + BEFORE)


def _left_over(chance: Bits, person: Positions, people: float) -> tuple[float, float]:
    """Return how many of so many persons are nobody on the other side, and how many they are."""
    matched = np.minimum(np.bincount(person, chance), 1.0)
    return people - float(matched.sum()), people


def match(  # noqa: PLR0913 - what can be chosen about a match, each with its default
    population: Population,
    *,
    across: bool = False,
    within: bool = False,
    learning: bool = True,
    only: Collection[int] | None = None,
    progress: Progress | None = None,
) -> Matched:
    """Match the families of a population, and everyone in them.

    `across` says that nobody stands in either list twice: then one family can be only one other.
    `within` says that both lists are one: nobody is compared with their own group.
    `learning` says that the circumstances are learned here; else they are those of the model.
    `only`, positions of found persons, says whose groups are compared; with neither `across` nor
    `learning` their chances are those they have when everybody is.
    """
    collective = Collective.of(population, across=across, only=only)
    collective.within, collective.learning = within, learning
    start = collective.start(progress=progress)
    return collective.match(start, progress=progress)


def _chance(odds: Bits) -> Bits:
    """Return the chance that odds in bits stand for."""
    chance: Bits = 1.0 / (1.0 + np.exp2(-np.clip(odds, -100.0, 100.0)))
    return chance
