"""What opinions add up to, and who may learn them when."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kinward.tracing.models import POSSIBLE, SETTLED, Opinion, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

AGREEING_REVIEWERS: Final = 2
LIKELY: Final = 0.8
VERY_LIKELY: Final = 0.95
# The jobs that look for candidates: everyone's, and those of one family.
MATCH: Final = "tracing.match"
MATCH_FAMILY: Final = "tracing.match_family"


class Band(StrEnum):
    """A probability in words; absolute, never relative to the best candidate."""

    VERY_LIKELY = "very_likely"
    LIKELY = "likely"
    POSSIBLE = "possible"
    NOT_CREDIBLE = "not_credible"


def band(probability: float) -> Band:
    """Return the probability in words."""
    if probability >= VERY_LIKELY:
        return Band.VERY_LIKELY
    if probability >= LIKELY:
        return Band.LIKELY
    return Band.POSSIBLE if probability >= POSSIBLE else Band.NOT_CREDIBLE


def verdict(opinions: Iterable[Opinion]) -> Verdict:
    """Settle a candidate once two reviewers, unseen by each other, agree.

    Two who disagree make a dispute, which a third opinion settles. Not being able to tell counts
    for neither side: somebody else has to look.
    """
    votes = Counter(opinions)
    same, not_same = votes[Opinion.SAME], votes[Opinion.NOT_SAME]
    if same >= AGREEING_REVIEWERS and same > not_same:
        return Verdict.CONFIRMED
    if not_same >= AGREEING_REVIEWERS and not_same > same:
        return Verdict.REJECTED
    return Verdict.DISPUTED if same and not_same else Verdict.OPEN


def may_see_opinions(current: Verdict, *, gave_own: bool) -> bool:
    """Tell whether a reviewer may see what others think: after their own opinion, or at the end."""
    return gave_own or current in SETTLED
