"""From the prior to the last word, bar by bar: what the screen and the report draw.

Bars stand in order: the prior; what speaks for, the strongest first; what speaks against; what is
not known; the relatives; what the families as wholes bring beside; and the calibration. Each
begins where the one before it ends, so nothing is left out and nothing is counted twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kinmatch.explain.sentences import Language, say_line, subject

if TYPE_CHECKING:
    from kinmatch.explain.candidate import Candidate, Reason


class Kind(StrEnum):
    """What a bar stands for, in the order bars are drawn."""

    PRIOR = "prior"
    FOR = "for"
    AGAINST = "against"
    UNKNOWN = "unknown"
    RELATIVES = "relatives"
    REST = "rest"
    CALIBRATION = "calibration"  # from the weight to what such weights came to on known pairs


@dataclass(frozen=True, slots=True)
class Bar:
    """One step: where the sum was, and where this takes it. `start` and `end` are in bits."""

    kind: Kind
    start: float
    end: float
    reason: Reason | None = None  # of all but the prior and the calibration

    @property
    def bits(self) -> float:
        """How far the bar reaches; below 0 it leads down."""
        return self.end - self.start

    def label(self, language: Language = "en") -> str:
        """Return what the bar is called: a comparison's heading, or what stands around them."""
        if self.reason:
            return subject(self.reason.comparison, language)
        return say_line(self.kind, language)


def waterfall(candidate: Candidate) -> list[Bar]:
    """Return the bars of a candidate; the last but one ends at its weight, the last at its chance.

    The bars of the reasons end at `candidate.weight` exactly: a weight is rounded to a billionth
    of a bit, and the last of them takes what is left.
    """
    bars = [Bar(Kind.PRIOR, 0.0, candidate.prior)]
    order = list(Kind)
    reasons = sorted(candidate.reasons, key=lambda one: (order.index(kind(one)), -abs(one.bits)))
    for reason in reasons:
        start = bars[-1].end
        end = candidate.weight if reason is reasons[-1] else start + reason.bits
        bars.append(Bar(kind(reason), start, end, reason))
    return [*bars, Bar(Kind.CALIBRATION, bars[-1].end, candidate.calibrated)]


def kind(reason: Reason) -> Kind:
    """Return what a reason is drawn as."""
    own = {"relatives": Kind.RELATIVES, "families": Kind.REST}
    if reason.comparison in own:
        return own[reason.comparison]
    if not reason.bits:
        return Kind.UNKNOWN
    return Kind.FOR if reason.bits > 0 else Kind.AGAINST
