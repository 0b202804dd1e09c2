"""Recall on public names nobody here wrote, beside Double Metaphone on romanised text."""

import json
import math
from statistics import mean

import pytest
from doublemetaphone import doublemetaphone

from kinmatch.names import Index, romanise

QUERIES = 100
CANDIDATES = 3000
SETS = [
    ("lat-ara_5000", 0.94),
    ("ara-lat_5000", 0.94),
    ("lat-cyr_5000", 0.97),
    ("ara-cyr_5000", 0.92),
    ("cyr-ara_5000", 0.95),
    ("wd-ara-lat_5000", 0.96),
    ("wd-lat-ara_5000", 0.96),
    ("kin-cyr-ara", 0.88),
    ("tok-lat-ara", 0.88),
    ("tok-ara-lat", 0.88),
    ("tok-lat-cyr", 0.93),
    ("tok-ara-cyr", 0.9),
]

pytestmark = pytest.mark.external


def codes(name):
    """Return the Double Metaphone codes of the words of a romanised name."""
    words = romanise(name).replace("-", " ").split()
    return {code for word in words for code in doublemetaphone(word) if code}


def shared(ours, theirs):
    """Return the Dice share of codes two names have in common."""
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours or theirs else 0.0


def recall_at_1(queries, scores):
    """Return how often a right name is first among those found; a tie with one other counts."""
    found = []
    for right, scored in zip(queries, scores, strict=True):
        best = max((scored[place] for place in right & scored.keys()), default=-math.inf)
        wrong = [score for place, score in scored.items() if place not in right]
        ahead = sum(score > best for score in wrong) + sum(score == best for score in wrong) / 2
        found.append(best > -math.inf and ahead < 1)
    return mean(found)


@pytest.fixture
def retrieval(vectors):
    def load(name):
        """Return queries, their right places, and fewer candidates, the right ones kept."""
        held = json.loads((vectors / "names" / "sets" / f"R_DEV-{name}.json").read_text("utf-8"))
        queries = held["queries"][:QUERIES]
        wanted = [query[1] for query in queries]
        right = [set(w if isinstance(w, list) else [w]) for w in wanted]
        kept = sorted(set(range(CANDIDATES)).intersection(range(len(held["cands"]))).union(*right))
        moved = {place: new for new, place in enumerate(kept)}
        moved_right = [{moved[place] for place in places} for places in right]
        return (
            [query[0] for query in queries],
            moved_right,
            [held["cands"][place] for place in kept],
        )

    return load


@pytest.mark.parametrize(("name", "least"), SETS)
def test_search_recalls_far_more_than_double_metaphone(retrieval, name, least):
    queries, right, candidates = retrieval(name)
    index = Index(candidates)
    coded = [codes(candidate) for candidate in candidates]

    ours = [{h.index: round(h.score, 9) for h in index.search(q, top=50)} for q in queries]
    asked = map(codes, queries)
    peer = [
        {p: dice for p, theirs in enumerate(coded) if (dice := shared(mine, theirs))}
        for mine in asked
    ]

    assert recall_at_1(right, ours) >= least
    assert recall_at_1(right, ours) > recall_at_1(right, peer) + 0.2
