"""What a list of scored pairs is worth against the truth."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

Pair = tuple[str, str, float]  # found id, sought id, probability (or any score)
EVEN, BINS, FEW = 0.5, 10, 5


def one_to_one(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs that stay when the strongest are taken first and nobody twice."""
    taken: tuple[set[str], set[str]] = (set(), set())
    kept = []
    for found, sought, chance in sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])):
        if found not in taken[0] and sought not in taken[1]:
            kept.append((found, sought, chance))
            taken[0].add(found)
            taken[1].add(sought)
    return kept


def f1(right: int, shown: int, true: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * right / (shown + true) if shown + true else 0.0


def persons(
    pairs: Sequence[Pair], truth: Collection[tuple[str, str]], *, several: bool = False
) -> dict[str, float]:
    """Return how good pairs are: at even chance, and at the best threshold.

    They are one to one, unless a person may be sought by `several`.
    """
    true = set(truth)
    kept = sorted(pairs, key=lambda pair: -pair[2]) if several else one_to_one(pairs)
    hits = [(found, sought) in true for found, sought, _ in kept]
    shown = sum(chance >= EVEN for _, _, chance in kept)
    right = sum(hits[:shown])
    best, so_far = 0.0, 0
    for number, hit in enumerate(hits, 1):
        so_far += hit
        best = max(best, f1(so_far, number, len(true)))
    return {
        "F1": f1(right, shown, len(true)),
        "best F1": best,
        "precision": right / shown if shown else 1.0,
        "recall": right / len(true) if true else 1.0,
        "calibration error": calibration_error(pairs, true),
    }


def calibration_error(pairs: Sequence[Pair], true: Collection[tuple[str, str]]) -> float:
    """Return the mean gap between said and come true, of pairs with a chance of 0.1 or more."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for found, sought, chance in pairs:
        bins[min(int(chance * BINS), BINS - 1)].append((chance, (found, sought) in true))
    bins.pop(0, None)
    everyone = sum(map(len, bins.values()))
    gaps = (abs(sum(chance - hit for chance, hit in one)) for one in bins.values())
    return sum(gaps) / everyone if everyone else 0.0


def clusters(pairs: Iterable[Pair], of: Mapping[str, str]) -> dict[str, float]:
    """Return how good groups of records are that are joined by pairs of even chance or more.

    Precision and recall are of pairs of records that stand in one group, in all of them.

    Args:
        pairs: scored pairs of records of one list.
        of: the true person of each record.
    """
    parent = {record: record for record in of}

    def root(record: str) -> str:
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    for one, other, chance in pairs:
        if chance >= EVEN:
            parent[root(one)] = root(other)
    joined = Counter(map(root, of))
    true = Counter(of.values())
    both = Counter((root(record), person) for record, person in of.items())
    right, shown, all_true = (
        sum(n * (n - 1) // 2 for n in c.values()) for c in (both, joined, true)
    )
    return {
        "clustered F1": f1(right, shown, all_true),
        "precision": right / shown if shown else 1.0,
        "recall": right / all_true if all_true else 1.0,
    }


def families(
    pairs: Iterable[Pair], group_of: Mapping[str, str], truth: Iterable[tuple[str, str]]
) -> dict[str, float]:
    """Return how often the right family comes first, and among the first five.

    A family is as likely as its members are together. Of equal ones chance decides, not the order.

    Args:
        pairs: scored pairs.
        group_of: the group of each sought person.
        truth: found person and right group; one found person may have several.
    """
    right: dict[str, set[str]] = defaultdict(set)
    for found, group in truth:
        right[found].add(group)
    scores: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for found, sought, chance in pairs:
        scores[found][group_of[sought]] += chance
    draw = random.Random(0)  # noqa: S311 (ties only)
    ranks = []
    for found, groups in right.items():
        ranked = sorted(scores[found], key=lambda one: (-scores[found][one], draw.random()))
        ranks.append(next((n for n, one in enumerate(ranked, 1) if one in groups), FEW + 1))
    return {
        "family first": sum(rank == 1 for rank in ranks) / len(ranks),
        "in first five": sum(rank <= FEW for rank in ranks) / len(ranks),
    }
