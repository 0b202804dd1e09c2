"""From what a score says to what came true: a curve that never falls, as a few points.

Weights add up as if comparisons were independent. They are not quite, so a chance of 0.9 may come
true in 85 of 100. A calibration maps one to the other by straight lines between points, in bits, so
that order is kept and equal chances stay equal.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Calibration:
    """Points (bits said, bits that came true), rising in both; none says what it is told."""

    points: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        for (said, true), (next_said, next_true) in pairwise(self.points):
            if next_said <= said or next_true < true:
                raise ValueError("the points of a calibration must rise")

    def __call__(self, bits: float) -> float:
        """Return the calibrated weight of a weight. Beyond the points the distance is kept."""
        if not self.points:
            return bits
        place = bisect_right(self.points, (bits, float("inf")))
        if place == 0:
            return bits + self.points[0][1] - self.points[0][0]
        if place == len(self.points):
            return bits + self.points[-1][1] - self.points[-1][0]
        (left, low), (right, high) = self.points[place - 1 : place + 1]
        return low + (high - low) * (bits - left) / (right - left)

    def lowest(self, bits: float) -> float:
        """Return a weight below which no calibrated weight reaches this many bits."""
        if not self.points:
            return bits
        said = [point[0] for point in self.points]
        if bits <= self.points[0][1]:
            return bits - self.points[0][1] + said[0]
        for (left, low), (right, high) in pairwise(self.points):
            if low < bits <= high:
                return left + (right - left) * (bits - low) / (high - low)
        return bits - self.points[-1][1] + said[-1]
