"""From bits to a probability."""

from __future__ import annotations

from functools import cache
from math import exp

from kinmatch.names.tables import mapping


@cache
def line() -> tuple[float, float]:
    """Return the slope and the even point of the logistic line, learned on *train* persons."""
    found = mapping("sounds/calibration", "parameter", "value")
    return float(found["slope"]), float(found["even"])


def probability(bits: float) -> float:
    """Return the probability that two names are one person's, 0..1.

    It holds where half of the pairs are true and the others are near misses, names with one word
    exchanged and strangers in equal parts; another prior is another number of bits.
    """
    slope, even = line()
    return 1 / (1 + exp(-max(min(slope * (bits - even), 700.0), -700.0)))
