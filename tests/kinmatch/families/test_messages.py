"""What is left for a pair, against counting every way to pair people."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.families.messages import pass_messages


def counted(weights, found, sought):
    """The chance of each pair, by writing down every set of pairs that share nobody."""
    odds = [2.0**weight for weight in weights]
    everything, with_pair = 0.0, [0.0] * len(odds)
    for size in range(len(odds) + 1):
        for chosen in combinations(range(len(odds)), size):
            people = [("f", found[one]) for one in chosen] + [("s", sought[one]) for one in chosen]
            if len(set(people)) < len(people):
                continue
            product = float(np.prod([odds[one] for one in chosen]))
            everything += product
            for one in chosen:
                with_pair[one] += product
    return [part / everything for part in with_pair]


def passed(weights, found, sought):
    return pass_messages(np.array(weights, float), np.array(found), np.array(sought))


TREES = [
    ([0], [0]),
    ([0, 0, 1], [0, 1, 1]),
    ([0, 0, 0, 1], [0, 1, 2, 2]),
    ([0, 1, 2, 2], [0, 0, 0, 1]),
]


@pytest.mark.parametrize(("found", "sought"), TREES)
@given(st.data())
def test_messages_count_exactly_where_there_is_no_circle(found, sought, data):
    weights = data.draw(st.lists(st.floats(-8, 8), min_size=len(found), max_size=len(found)))

    left = passed(weights, found, sought)

    assert left.chance.tolist() == pytest.approx(counted(weights, found, sought), abs=1e-5)


def test_messages_come_close_where_there_is_a_circle():
    weights, found, sought = [3.0, -1.0, 0.5, 2.0], [0, 0, 1, 1], [0, 1, 0, 1]

    left = passed(weights, found, sought)

    assert left.chance.tolist() == pytest.approx(counted(weights, found, sought), abs=0.06)


def test_nobody_is_two_persons():
    left = passed([4.0] * 4, [0, 0, 0, 0], [0, 1, 2, 3])

    assert left.chance.sum() < 1
    assert left.chance.tolist() == pytest.approx([16 / 65] * 4, abs=1e-6)


def test_a_claim_of_the_same_family_leaves_free_and_one_of_another_does_not():
    left = passed([6.0, 6.0, 6.0], [0, 0, 0], [0, 1, 2])

    free = left.free_of_others(np.array([0, 0, 1]), np.array([0, 0, 0]), np.array([0, 1, 2]))

    assert free[2] < free[0] == free[1] < 1


def test_the_strongest_weights_stay_numbers():
    left = passed([5000.0, -5000.0], [0, 0], [0, 1])

    assert np.isfinite(left.chance).all()
    assert left.chance[0] > 0.999
    assert left.chance[1] < 1e-9


def test_nobody_gives_nothing():
    assert passed([], np.empty(0, int), np.empty(0, int)).chance.tolist() == []
