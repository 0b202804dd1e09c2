"""Learn a model from two lists without labels: how often true pairs and strangers show each level.

u is counted in pairs drawn at random. m is learned by expectation and maximisation (Dempster,
Laird, Rubin 1977; Winkler 1988 for linkage): score, say how likely each pair is one person when
nobody can be two (who is sought twice counts half each time), count levels anew, and again. Where
the lists hold groups, what the families say takes part.

A level that nobody shows is not impossible: every count starts from a few pairs spread as strangers
are (u), and no chance is below `FLOOR`; so the logarithms never meet a zero. A run whose pairs all
vanish is tried again from a gentler start.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from kinmatch.comparisons import COMPARISONS
from kinmatch.engines.arrays import CHUNK, NO_LEVEL, Batch, Bits, Codes, Weighing
from kinmatch.engines.population import prepare
from kinmatch.errors import BadInput
from kinmatch.families.collective import (
    KEPT,
    WORTH,
    Collective,
    as_in_families,
    pair_prior,
)
from kinmatch.families.messages import pass_messages
from kinmatch.model import Chances, Model, default_model

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kinmatch.engines.closeness import Progress
    from kinmatch.engines.population import Population
    from kinmatch.model import Circumstances
    from kinmatch.records import Person

PairIds = tuple[str, str]  # (found id, sought id)
FLOOR = 1e-6  # of a chance
AS_STRANGERS = 1.0  # true pairs that every level's m starts from, spread as u is
SPREAD = 0.5  # and evenly
PAIRS = 2_000_000  # drawn to count strangers
ALONE = 8  # rounds in which pairs are believed one by one
TOGETHER = 3  # and then families as wholes
TRIES = 3
UNMATCHED = 0.2  # persons who are nobody on the other side, to begin with
SPOKEN = 1_000  # pairs of strangers a comparison must be spoken of in, to be learned
FEWEST = 5.0  # true pairs that must be expected for m to mean anything
BY_RARITY = ("same_singular", "same_rare", "same_uncommon", "same_common")
LEVELS = [len(comparison.level_ids) for comparison in COMPARISONS]


@dataclass(frozen=True, slots=True)
class Learned:
    """A model as learned, and what it was learned from."""

    model: Model
    expected: float  # true pairs
    compared: int  # pairs the m were learned from
    drawn: int  # pairs of strangers
    rounds: int
    population: Population  # the two lists, prepared; linking them need not do it again


def train(  # noqa: PLR0913 - what can be chosen about learning, each with its default
    found: Sequence[Person],
    sought: Sequence[Person],
    *,
    model: Model | None = None,
    families: bool = True,
    repeated: bool = False,
    truth: Collection[PairIds] | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> Learned:
    """Learn m, u and the circumstances of two lists, starting from a model.

    The model learned has no curves: `calibrated` fits them where true pairs are known.

    `repeated` says that one person may stand in either list many times over, so that nobody is
    taken off the list for being found. A comparison that the lists hardly speak of keeps the
    numbers it had. With `truth`, pairs of
    ids that are known to be one person, m is counted in these and not guessed.

    Raises:
        BadInput: a side is empty, the lists hold too few pairs to learn from, or the truth names
            somebody who is not in them.
    """
    begun = model or default_model()
    if not found or not sought:
        raise BadInput("there is nobody on one side to learn from")
    population = prepare(found, sought, model=begun, progress=progress)
    learning = Learning.begin(population, seed=seed)
    learning.repeated = repeated
    for attempt in range(TRIES):
        learned = learning.run(families=families, gently=attempt, progress=progress)
        if learned.expected >= FEWEST:
            return learning.told(learned, truth) if truth else learned
    raise BadInput(
        f"the lists hold about {learned.expected:.1f} true pairs; learning needs {FEWEST:g} or more"
    )


@dataclass(slots=True)
class Learning:
    """One population whose model is being learned."""

    population: Population
    collective: Collective
    strangers: list[Bits]  # u by comparison
    spoken: list[float]  # by comparison, pairs of strangers in which both sides say something
    drawn: int
    repeated: bool = False
    rate: float = 0.0  # bits of two persons drawn at random being one, where persons are repeated

    @classmethod
    def begin(cls, population: Population, *, seed: int) -> Learning:
        """Prepare a population and count strangers."""
        collective = Collective.of(population, across=True)
        u, spoken, drawn = strangers(collective, seed)
        return cls(population, collective, u, spoken, drawn)

    def told(self, learned: Learned, truth: Collection[PairIds]) -> Learned:
        """Return the model with m counted in pairs known to be one person."""
        places = [
            {person.id: place for place, person in enumerate(side)}
            for side in (self.population.found, self.population.sought)
        ]
        try:
            i = np.array([places[0][found] for found, _ in truth], np.int64)
            j = np.array([places[1][sought] for _, sought in truth], np.int64)
        except KeyError as error:
            raise BadInput(f'the truth names "{error.args[0]}", who is in neither list') from error
        m = self._counted(self.collective.arrays.codes(i, j), np.ones(len(i)))
        before = learned.model
        kin = [
            np.array([before.levels[one.name][level].kin or 0.0 for level in one.level_ids])
            for one in COMPARISONS
        ]
        model = replace(
            self._with(m, before.circumstances, kin),
            coverage=_coverage(len(set(i.tolist())), len(self.population.found)),
        )
        model = model.renewed()
        population = replace(self.population, model=model)
        return replace(learned, model=model, population=population, expected=float(len(i)))

    def run(self, *, families: bool, gently: int, progress: Progress | None) -> Learned:
        """Learn from the start; the more gently, the more a pair is believed at first."""
        m = [_mixed(self.population.model, place, u) for place, u in enumerate(self.strangers)]
        given = replace(
            self.population.model.circumstances,
            found_unmatched=UNMATCHED / (1 + gently),
            sought_unmatched=UNMATCHED / (1 + gently),
        )
        model = self._with(m, given)
        self.rate = 0.0
        expected, compared, rounds = 0.0, 0, ALONE + (TOGETHER if families else 0)
        start = self._start(model)
        for done in range(ALONE):
            chance, given = self._alone(start, model, given)
            model = self._with(self._counted(start.codes, chance), given)
            expected, compared = float(chance.sum()), len(chance)
            if progress:
                progress("learning", done + 1, rounds)
        if families and self.collective.found.any and self.collective.sought.any:
            for done in range(TOGETHER):
                self._take(model)
                matched = self.collective.match(self.collective.start())
                given = self.collective.circumstances
                m = self._counted(matched.codes, matched.chance)
                others = (1.0 - matched.chance) * matched.same_family
                model = self._with(m, given, self._counted(matched.codes, others))
                expected, compared = float(matched.chance.sum()), len(matched.chance)
                if progress:
                    progress("learning", ALONE + done + 1, rounds)
        model = replace(model, coverage=_coverage(expected, len(self.population.found)))
        model = model.renewed()
        population = replace(self.population, model=model)
        return Learned(model, expected, compared, self.drawn, rounds, population)

    def _take(self, model: Model) -> None:
        self.collective.weigh = Weighing(model)
        self.collective.weigh_kin = Weighing(model, among_kin=True)
        self.collective.circumstances = model.circumstances

    def _start(self, model: Model) -> Batch:
        self._take(model)
        # Where nobody is in another's way, many faint pairs would add up to true ones.
        return self.collective.start(lowest=WORTH if self.repeated else KEPT)

    def _alone(
        self, start: Batch, model: Model, given: Circumstances
    ) -> tuple[Bits, Circumstances]:
        """Return how likely each pair is, believed one by one, and the shares that follow."""
        if self.repeated:
            return self._repeated(start, model), given
        weights = Weighing(model).total(start.codes) + pair_prior(
            given, len(self.population.sought)
        )
        chance = pass_messages(weights, start.i, start.j).chance
        matched = min(float(chance.sum()), 0.95 * min(self._sizes()))
        unmatched = [1.0 - matched / size for size in self._sizes()]
        return chance, replace(
            given, found_unmatched=unmatched[0], sought_unmatched=unmatched[1]
        ).bounded()

    def _repeated(self, start: Batch, model: Model) -> Bits:
        """Return how likely each pair is where nobody is in another's way."""
        found, sought = self._sizes()
        rate = self.rate or float(-np.log2(max(found, sought)))
        weights = Weighing(model).total(start.codes) + rate
        chance: Bits = 1.0 / (1.0 + np.exp2(-np.clip(weights, -60.0, 60.0)))
        expected = max(float(chance.sum()), FEWEST)
        self.rate = float(np.log2(expected / max(found * sought - expected, 1.0)))
        return chance

    def _sizes(self) -> tuple[int, int]:
        return len(self.population.found), len(self.population.sought)

    def _counted(self, codes: Codes, chance: Bits) -> list[Bits]:
        """Return m by comparison, from how likely each pair is."""
        codes = as_in_families(codes)
        counted = []
        for place, u in enumerate(self.strangers):
            known = codes[:, place] != NO_LEVEL
            seen = np.bincount(codes[known, place], weights=chance[known], minlength=LEVELS[place])
            counted.append(_shares(seen + AS_STRANGERS * u + SPREAD / LEVELS[place]))
        return counted

    def _with(
        self, m: Sequence[Bits], given: Circumstances, kin: Sequence[Bits] | None = None
    ) -> Model:
        levels = {
            comparison.name: {
                level: Chances(
                    m=float(m[place][code]),
                    u=float(self.strangers[place][code]),
                    kin=_kin(kin, place, code),
                )
                for code, level in enumerate(comparison.level_ids)
            }
            for place, comparison in enumerate(COMPARISONS)
        }
        for of_comparison in levels.values():
            in_order(of_comparison)
        for place, comparison in enumerate(COMPARISONS):
            if self.spoken[place] < SPOKEN:
                levels[comparison.name] = dict(self.population.model.levels[comparison.name])
        return replace(
            self.population.model,
            levels=_with_siblings(levels, self.population.model),
            circumstances=given,
            calibration={},  # curves fitted to other levels say nothing of these
        )


def in_order(levels: dict[str, Chances]) -> None:
    """See to it that a rarer name never weighs less than a more common one.

    What few pairs show is learned badly; that strangers share a rare name less often is certain.
    """
    ladder = [level for level in reversed(BY_RARITY) if level in levels]
    for commoner, rarer in pairwise(ladder):
        if levels[rarer].bits < levels[commoner].bits:
            m = levels[rarer].u * levels[commoner].m / levels[commoner].u
            levels[rarer] = replace(levels[rarer], m=min(m, 0.999))


def _kin(kin: Sequence[Bits] | None, place: int, code: int) -> float | None:
    """Return how often kin show a level, if that was learned and can matter."""
    if kin is None or COMPARISONS[place].shared or not kin[place][code]:
        return None
    return float(kin[place][code])


def strangers(collective: Collective, seed: int) -> tuple[list[Bits], list[float], int]:
    """Return how often each level is seen in pairs drawn at random.

    And of each comparison, in how many of them both sides say something; and how many were drawn.
    """
    chance = np.random.default_rng(seed)
    found, sought = len(collective.found.of), len(collective.sought.of)
    drawn = min(PAIRS, found * sought)
    seen = [np.zeros(levels) for levels in LEVELS]
    left = drawn
    while left:
        some = min(left, CHUNK)
        i, j = chance.integers(found, size=some), chance.integers(sought, size=some)
        codes = as_in_families(collective.arrays.codes(i, j))
        for place, counts in enumerate(seen):
            known = codes[:, place] != NO_LEVEL
            seen[place] = counts + np.bincount(codes[known, place], minlength=len(counts))
        left -= some
    u = [_shares(counts + SPREAD / len(counts)) for counts in seen]
    return u, [float(counts.sum()) for counts in seen], drawn


def _mixed(model: Model, place: int, u: Bits) -> Bits:
    """Return the m a model has, for levels it knows nothing of as strangers have them."""
    comparison = COMPARISONS[place]
    known = [model.levels[comparison.name][level].m for level in comparison.level_ids]
    return _shares(np.array(known) + FLOOR * u)


def _shares(counts: Bits) -> Bits:
    shares: Bits = np.maximum(counts / counts.sum(), FLOOR)
    in_all: Bits = shares / shares.sum()
    return in_all


def _coverage(expected: float, found: int) -> float:
    return min(max(expected / max(found, 1), 0.01), 0.95)


def _with_siblings(
    levels: Mapping[str, Mapping[str, Chances]], before: Model
) -> dict[str, Mapping[str, Chances]]:
    """Keep the level that tells brothers apart: pairs of strangers do not teach it."""
    given = dict(levels["given"])
    told = before.levels["given"]
    if "sibling" in told:
        given["sibling"] = told["sibling"]
    return {**levels, "given": given}
