"""What is measured of a ranking and of a score. Plain Python, the same for ours and for peers.

Ties count as half. Where `better` wrong candidates score above the right one and `equal` wrong
ones score the same, its rank is `1 + better + equal / 2`: the middle of the places it could have
been given. A right name tied with one wrong name is thus at rank 1.5, and not within recall@1.
Of several right candidates the best placed counts, and the others are no competitors of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Standing = tuple[int, int]  # wrong candidates that score better than the right one, and the same


def rank(standing: Standing) -> float:
    """Return the place of the right candidate, from 1; ties count as half."""
    better, equal = standing
    return 1 + better + equal / 2


def standing(scores: Sequence[float], right: Iterable[int]) -> Standing:
    """Return how many wrong candidates beat and equal the best of the right ones."""
    places = set(right)
    best = max(scores[place] for place in places)
    wrong = [score for place, score in enumerate(scores) if place not in places]
    return sum(score > best for score in wrong), sum(score == best for score in wrong)


def standing_of_found(found: Mapping[int, float], right: Iterable[int], total: int) -> Standing:
    """Return the standing of the right candidate among `total`, of which only some were found.

    What was not found ranks after all that was, and all of it alike.
    """
    places = set(right)
    wrong = [score for place, score in found.items() if place not in places]
    held = [found[place] for place in places if place in found]
    if not held:
        return len(wrong), total - len(places) - len(wrong)
    best = max(held)
    return sum(score > best for score in wrong), sum(score == best for score in wrong)


def recall(ranks: Sequence[float], within: int) -> float:
    """Return the share of queries whose right candidate is at rank `within` or better."""
    return sum(place <= within for place in ranks) / len(ranks)


def reciprocal(ranks: Sequence[float]) -> float:
    """Return the mean reciprocal rank."""
    return sum(1 / place for place in ranks) / len(ranks)


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a pair of one person scores above a pair of two; ties are half.

    The area under the ROC curve, as the Mann-Whitney statistic.
    """
    below = sorted(negative)
    wins = sum(bisect_left(below, score) + bisect_right(below, score) for score in positive)
    return wins / 2 / (len(positive) * len(negative))


def retrieval(ranks: Sequence[float]) -> dict[str, float]:
    """Return every measure of a ranking."""
    return {
        "recall@1": recall(ranks, 1),
        "recall@10": recall(ranks, 10),
        "mrr": reciprocal(ranks),
    }


def separation(scores: Sequence[float], labels: Sequence[int]) -> dict[str, float]:
    """Return every measure of a score of pairs."""
    positive = [score for score, label in zip(scores, labels, strict=True) if label]
    negative = [score for score, label in zip(scores, labels, strict=True) if not label]
    return {"auc": auc(positive, negative)}


def separation_by_kind(
    scores: Sequence[float], labels: Sequence[int], kinds: Sequence[str]
) -> dict[str, tuple[int, float]]:
    """Return for each kind of pair how many there are, and the AUC.

    A kind of wrong pair is measured against every right pair, and a kind of right pair against
    every wrong one; the only kind of its label says nothing of its own and is left out.
    """
    rows = list(zip(scores, labels, kinds, strict=True))
    sides = {label: [score for score, held, _ in rows if held == label] for label in (0, 1)}
    found: dict[str, tuple[int, float]] = {}
    for kind, label in dict.fromkeys((kind, label) for _, label, kind in rows):
        own = [score for score, held, named in rows if (named, held) == (kind, label)]
        if len(own) < len(sides[label]):
            pair = (own, sides[0]) if label else (sides[1], own)
            found[kind] = (len(own), auc(*pair))
    return found
