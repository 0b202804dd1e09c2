"""Recall on public names nobody here wrote, beside Double Metaphone on romanised text."""

import json
from statistics import mean

import pytest
from doublemetaphone import doublemetaphone

from kinmatch.names import romanise
from kinmatch.names.ranking import Index

QUERIES = 100
CANDIDATES = 3000
SETS = [
    ("lat-ara_5000", 0.85),
    ("ara-lat_5000", 0.85),
    ("lat-cyr_5000", 0.9),
    ("ara-cyr_5000", 0.85),
    ("cyr-ara_5000", 0.85),
    ("wd-ara-lat_5000", 0.88),
    ("wd-lat-ara_5000", 0.88),
    ("kin-cyr-ara", 0.85),
    ("tok-lat-ara", 0.7),
    ("tok-ara-lat", 0.75),
    ("tok-lat-cyr", 0.75),
    ("tok-ara-cyr", 0.7),
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
    """Return how often a right name is first; a tie with one other still counts."""
    found = []
    for right, scored in zip(queries, scores, strict=True):
        best = max((scored.get(place, 0.0) for place in right), default=0.0)
        wrong = [score for place, score in scored.items() if place not in right]
        ahead = sum(score > best for score in wrong) + sum(score == best for score in wrong) / 2
        found.append(best > 0 and ahead < 1)
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
    peer = [{p: shared(mine, theirs) for p, theirs in enumerate(coded)} for mine in asked]

    assert recall_at_1(right, ours) >= least
    assert recall_at_1(right, ours) > recall_at_1(right, peer) + 0.1
