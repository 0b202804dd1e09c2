"""Fit the curves from what a weight says to what came true, on pairs whose truth is known."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from math import exp2, log, log2
from typing import TYPE_CHECKING

import numpy as np

from kinmatch.engines import Weights, score
from kinmatch.engines.population import prepare
from kinmatch.families.collective import match
from kinmatch.model import BySize, Calibration, Way, weight_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from kinmatch.comparisons.level import Flags
    from kinmatch.engines.arrays import Bits
    from kinmatch.model import Model
    from kinmatch.records import Person

    Caseload = tuple[Sequence[Person], Sequence[Person], Collection[tuple[str, str]]]
    Told = tuple[Bits, Flags]  # bits of pairs, and whether each is one person

LOWEST = -12.0  # bits; below it a chance is one in four thousand, and nobody looks
FEWEST = 60  # pairs behind each point
HALF = 0.5  # a true and a wrong pair that every point starts from, half of each
TIMES = 4.0  # from the shortest to the longest caseload that are fitted together
NEARLY = 1e-12  # a chance is never taken for certain


def isotonic(weights: Bits, true: Flags, *, fewest: int = FEWEST) -> Calibration:
    """Return the curve that never falls and fits best (pool adjacent violators, Ayer et al. 1955).

    A point is the mean of its pairs. Neighbours of which the stronger came true no more often are
    one point, so that where nearly all is true, or wrong, a point is as wide as it takes. Each has
    half a true and half a wrong pair beside its own (Krichevsky, Trofimov 1981): of a thousand
    that all came true, one in two thousand is taken to be wrong. Above the last point nothing is
    added to that (`Calibration`): however strong, no pair is surer than those that were counted.

    Args:
        weights: bits of each pair.
        true: whether each is one person.
        fewest: pairs that stand behind each point.
    """
    kept = weights > LOWEST
    order = np.argsort(weights[kept], kind="stable")
    said, came = weights[kept][order], true[kept][order].astype(float)
    count = max(len(said) // fewest, 1) if len(said) else 0
    pools: list[list[float]] = []  # [pairs, true, sum of bits]
    for part in np.array_split(np.arange(len(said)), count) if count else ():
        pools.append([float(len(part)), float(came[part].sum()), float(said[part].sum())])
        while len(pools) > 1 and _share(pools[-2]) >= _share(pools[-1]):
            last = pools.pop()
            pools[-1] = [one + other for one, other in zip(pools[-1], last, strict=True)]
    points = [(pool[2] / pool[0], weight_of(_share(pool))) for pool in pools]
    return Calibration(tuple(_rising(points)))


def calibrated(model: Model, caseloads: Iterable[Caseload]) -> Model:
    """Return the model with its curves fitted on caseloads whose truth is known.

    Each caseload is the found, the sought, and the pairs of their ids that are one person. Those of
    about one length, within a power of `TIMES`, are fitted together. Their curve stands for the
    geometric mean of how many are sought.
    """
    plain = replace(model, calibration={})
    somebody = (one for one in caseloads if one[0] and one[1])
    groups: dict[int, list[_Told]] = defaultdict(list)
    for told in (_told(plain, one) for one in somebody):
        groups[max(round(log(told.sought, TIMES)), 1)].append(told)
    curves = {
        way: BySize(tuple(_curve(groups[length], way) for length in sorted(groups))) for way in Way
    }
    return replace(model, calibration=curves).renewed()


@dataclass(frozen=True, slots=True)
class _Told:
    """What was said of the pairs of one caseload, in each way, and what came true."""

    sought: int
    pairs: dict[Way, Told]


def _told(model: Model, caseload: Caseload) -> _Told:
    found, sought, truth = caseload
    population, true = prepare(found, sought, model=model), frozenset(truth)

    def came(i: Iterable[int], j: Iterable[int]) -> Flags:
        pairs = zip(i, j, strict=True)
        return np.array([(found[a].id, sought[b].id) in true for a, b in pairs], np.bool_)

    def whole(*, across: bool) -> Told:
        matched = match(population, across=across)
        chance = np.clip(matched.chance, NEARLY, 1.0 - NEARLY)
        return np.log2(chance / (1.0 - chance)), came(matched.pairing.i, matched.pairing.j)

    alone = score(population, Weights(lowest=LOWEST), engine="arrays").pairs
    bits = np.array([one.weight for one in alone])
    pairs = (bits, came((one.found for one in alone), (one.sought for one in alone)))
    return _Told(
        len(sought),
        {
            Way.PAIRS: pairs,
            Way.FAMILIES: whole(across=False),
            Way.ONE_TO_ONE: whole(across=True),
        },
    )


def _curve(group: Sequence[_Told], way: Way) -> tuple[int, Calibration]:
    """Return how many are sought in caseloads of about one length, and their curve."""
    weights, true = (np.concatenate([one.pairs[way][side] for one in group]) for side in (0, 1))
    size = exp2(sum(log2(one.sought) for one in group) / len(group))
    return round(size), isotonic(weights, true)


def _share(pool: Sequence[float]) -> float:
    return (pool[1] + HALF) / (pool[0] + 2 * HALF)


def _rising(points: Iterable[tuple[float, float]]) -> Iterable[tuple[float, float]]:
    """Yield the points that lie apart, each with as many digits as a file keeps."""
    last = None
    for said, true in points:
        point = (round(said, 4), round(true, 4))
        if last is None or (point[0] > last[0] and point[1] >= last[1]):
            yield point
            last = point
