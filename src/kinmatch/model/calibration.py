"""From what a score says to what came true: curves that never fall, as a few points.

Weights add up as if comparisons were independent. They are not quite, so a chance of 0.9 may come
true in 85 of 100. A calibration maps one to the other by straight lines between points, in bits, so
that order is kept and equal chances stay equal.

How far a weight can be believed depends on how many are sought. Whoever is wrongly taken for a
child is a stranger or a brother: there are the more strangers, the more are sought, and a weight
allows for that; but however many are sought, there are only so many brothers, who share all that
families share. So in a short list the wrong ones are mostly brothers, and there is a curve for
each of a few lengths.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, pairwise
from math import log2


class Way(StrEnum):
    """How pairs are matched. One weight is not worth the same in each."""

    PAIRS = "pairs"  # one by one
    FAMILIES = "families"  # groups as wholes
    ONE_TO_ONE = "one_to_one"  # groups as wholes, nobody standing in either list twice


@dataclass(frozen=True, slots=True)
class Calibration:
    """Points (bits said, bits that came true), rising in both; none says what it is told."""

    points: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        for (said, true), (next_said, next_true) in pairwise(self.points):
            if next_said <= said or next_true < true:
                raise ValueError("the points of a calibration must rise")

    def __call__(self, bits: float) -> float:
        """Return the calibrated weight of a weight.

        Above the points it is that of the last: that a stronger pair comes true no less often is
        all that is known of it. Below them the distance from the first is kept.
        """
        if not self.points:
            return bits
        place = bisect_right(self.points, (bits, float("inf")))
        if place == 0:
            return bits + self.points[0][1] - self.points[0][0]
        if place == len(self.points):
            return self.points[-1][1]
        (left, low), (right, high) = self.points[place - 1 : place + 1]
        return low + (high - low) * (bits - left) / (right - left)

    def lowest(self, bits: float) -> float:
        """Return a weight below which no calibrated weight reaches this many bits."""
        if not self.points:
            return bits
        if bits <= self.points[0][1]:
            return bits - self.points[0][1] + self.points[0][0]
        for (left, low), (right, high) in pairwise(self.points):
            if low < bits <= high:
                return left + (right - left) * (bits - low) / (high - low)
        return self.points[-1][0]


@dataclass(frozen=True, slots=True)
class BySize:
    """Curves by how many persons are sought, the fewest first; none says what it is told."""

    curves: tuple[tuple[int, Calibration], ...] = ()

    def __post_init__(self) -> None:
        sizes = [people for people, _ in self.curves]
        if any(people < 1 for people in sizes) or sizes != sorted(set(sizes)):
            raise ValueError("the sizes of a calibration must rise from 1 or more")

    def among(self, people: int) -> Calibration:
        """Return the curve for so many persons sought.

        Between two sizes it passes from one curve to the other by doublings; beyond them it is the
        nearest.
        """
        place = bisect_right([size for size, _ in self.curves], people)
        if place in {0, len(self.curves)}:
            return self.curves[min(place, len(self.curves) - 1)][1] if self.curves else NONE
        (fewer, left), (more, right) = self.curves[place - 1 : place + 1]
        share = log2(people / fewer) / log2(more / fewer)
        said = sorted({point[0] for curve in (left, right) for point in curve.points})
        true = [(1.0 - share) * left(bits) + share * right(bits) for bits in said]
        rising = accumulate(true, max)  # but for rounding they rise already
        return Calibration(tuple(zip(said, rising, strict=True)))


NONE = Calibration()
