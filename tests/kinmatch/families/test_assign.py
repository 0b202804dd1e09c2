from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.families.assign import one_to_one

PAIRS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.floats(-5, 10)),
    max_size=8,
    unique_by=lambda pair: pair[:2],
)


def chosen(pairs, lowest=0.0):
    i, j, weights = (np.array([pair[place] for pair in pairs]) for place in range(3))
    return one_to_one(weights.astype(float), i.astype(int), j.astype(int), lowest=lowest)


def best(pairs, lowest):
    """The most weight any set of pairs that share nobody has above the lowest."""
    gains = [0.0]
    for size in range(1, len(pairs) + 1):
        gains += [
            sum(pair[2] - lowest for pair in some)
            for some in combinations(pairs, size)
            if len({pair[0] for pair in some}) == len({pair[1] for pair in some}) == size
        ]
    return max(gains)


@given(PAIRS, st.floats(-2, 2))
def test_no_other_assignment_has_more_weight(pairs, lowest):
    kept = [pair for pair, flag in zip(pairs, chosen(pairs, lowest), strict=True) if flag]

    assert len({pair[0] for pair in kept}) == len({pair[1] for pair in kept}) == len(kept)
    assert sum(pair[2] - lowest for pair in kept) == pytest.approx(best(pairs, lowest))


def test_the_greedy_choice_is_not_taken_where_it_costs_more():
    pairs = [(0, 0, 5.0), (0, 1, 4.0), (1, 0, 4.0)]

    assert chosen(pairs).tolist() == [False, True, True]


def test_nobody_is_assigned_below_the_lowest():
    assert chosen([(0, 0, 1.0), (1, 1, -1.0)]).tolist() == [True, False]
    assert chosen([]).tolist() == []
