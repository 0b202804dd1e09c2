"""The plain engine: dictionaries and sets, no SQL. What it says is what the model means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinmatch.blocking import candidates
from kinmatch.comparisons import COMPARISONS, UNKNOWN
from kinmatch.engines.scored import Scored, Scoring
from kinmatch.model import weight_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kinmatch.comparisons import Row
    from kinmatch.engines.closeness import Progress
    from kinmatch.engines.population import Population
    from kinmatch.engines.scored import Weights

NAMES = tuple(comparison.name for comparison in COMPARISONS)


def score(population: Population, wanted: Weights, progress: Progress) -> Scoring:
    """Compare every pair that shares a block, level by level."""
    positions = range(len(population.found)) if wanted.only is None else sorted(wanted.only)
    scoring = Scoring([], 0)
    weigh = Weighing(population)
    for done, position in enumerate(positions, 1):
        blocks = population.found_row(position).blocks
        for other in candidates(blocks, population.index):
            pair = weigh(position, other)
            scoring.compared += 1
            if pair.weight >= wanted.lowest:
                scoring.pairs.append(pair)
        progress("pairs", done, len(positions))
    return scoring


def scored(population: Population, found: int, sought: int) -> Scored:
    """Score one pair by position, whether it shares a block or not."""
    return Weighing(population)(found, sought)


class Weighing:
    """Scores the pairs of a population one by one, with the weights of every level at hand."""

    def __init__(self, population: Population) -> None:
        self.population = population
        self.prior = weight_of(population.model.prior(len(population.sought)))
        self.bits = {
            (comparison.name, level): population.model.bits(comparison.name, level)
            for comparison in COMPARISONS
            for level in (*comparison.level_ids, UNKNOWN)
        }

    def __call__(self, found: int, sought: int) -> Scored:
        """Compare two rows and add up the weights."""
        levels = levels_of(
            self.population.found_row(found).row, self.population.sought_rows[sought].row
        )
        return Scored(found, sought, self.weight(levels), levels)

    def weight(self, levels: Iterable[str]) -> float:
        """Return what the levels of a pair weigh in bits, the prior in it."""
        return self.prior + sum(map(self.bits.__getitem__, zip(NAMES, levels, strict=True)))


def levels_of(found: Row, sought: Row) -> tuple[str, ...]:
    """Return the level of each comparison, in the order of COMPARISONS."""
    return tuple(comparison.level(found, sought) for comparison in COMPARISONS)
