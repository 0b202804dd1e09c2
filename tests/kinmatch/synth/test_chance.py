# ruff: noqa: S311 (made-up data, nothing to protect)
from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kinmatch.synth.chance import Noting, Weighted


@given(st.lists(st.floats(0, 10), min_size=1).filter(any), st.integers())
def test_weighted_draws_nothing_of_no_weight(weights, seed):
    drawn = Weighted(range(len(weights)), weights).draw(Random(seed))

    assert weights[drawn] > 0 or len(weights) == 1


def test_weighted_draws_by_weight():
    choices, chance = Weighted("ab", (3, 1)), Random(1)

    counts = Counter(choices.draw(chance) for _ in range(4000))

    assert 0.7 < counts["a"] / 4000 < 0.8


def test_noting_remembers_what_happened_until_it_is_asked():
    noting = Noting(Random(1))

    assert noting.happens(1.0, "split")
    assert not noting.happens(0.0, "nameless")
    assert noting.happens(1.0)
    noting.note("twice")
    assert noting.noted() == {"split", "twice"}
    assert noting.noted() == frozenset()
