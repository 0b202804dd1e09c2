"""Fit the curve from what a weight says to what came true, on pairs whose truth is known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kinmatch.engines import Weights, score
from kinmatch.engines.population import prepare
from kinmatch.families.collective import match
from kinmatch.model import Calibration, weight_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from kinmatch.comparisons.level import Flags
    from kinmatch.engines.arrays import Bits
    from kinmatch.model import Model
    from kinmatch.records import Person

    Caseload = tuple[Sequence[Person], Sequence[Person], Collection[tuple[str, str]]]

LOWEST = -12.0  # bits; below it a chance is one in four thousand, and nobody looks
MOST_BITS = 12.0  # said or true; a sample says nothing of chances nearer to certainty
FEWEST = 60  # pairs behind each point
HALF = 0.5  # a true and a wrong pair that every point starts from, half of each


def isotonic(weights: Bits, true: Flags, *, fewest: int = FEWEST) -> Calibration:
    """Return the curve that never falls and fits best (pool adjacent violators, Ayer et al. 1955).

    Args:
        weights: bits of each pair.
        true: whether each is one person.
        fewest: pairs that stand behind each point; one point is the mean of its pairs.
    """
    kept = (weights > LOWEST) & (weights < MOST_BITS)
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


def calibrated(model: Model, caseloads: Iterable[Caseload], *, across: bool = False) -> Model:
    """Return the model with its curves fitted on caseloads whose truth is known.

    Each caseload is the found, the sought, and the pairs of their ids that are one person.
    """
    plain = replace(model, calibration=Calibration(), calibration_families=Calibration())
    alone: list[tuple[Bits, Flags]] = []
    together: list[tuple[Bits, Flags]] = []
    for found, sought, truth in caseloads:
        population = prepare(found, sought, model=plain)
        true = frozenset(truth)
        scored = score(population, Weights(lowest=LOWEST), engine="arrays").pairs
        is_true = [(found[one.found].id, sought[one.sought].id) in true for one in scored]
        alone.append((np.array([one.weight for one in scored]), np.array(is_true, np.bool_)))
        matched = match(population, across=across)
        chance = np.clip(matched.chance, 1e-9, 1 - 1e-9)
        i, j = matched.pairing.i, matched.pairing.j
        is_true = [(found[a].id, sought[b].id) in true for a, b in zip(i, j, strict=True)]
        together.append((np.log2(chance / (1 - chance)), np.array(is_true, np.bool_)))
    return replace(model, calibration=_fit(alone), calibration_families=_fit(together)).renewed()


def _fit(parts: Sequence[tuple[Bits, Flags]]) -> Calibration:
    return isotonic(
        np.concatenate([weights for weights, _ in parts]),
        np.concatenate([true for _, true in parts]),
    )


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
