"""The evidence of the other members, against the formula written out for one pair."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.families.evidence import MOST, gather, shared
from kinmatch.families.pairing import Pairing

ABSENT = 0.2


def families(*shapes):
    """Pairs of every member with every member, for family pairs of n × m members."""
    i, j, family, at_i, at_j = [], [], [], 0, 0
    for number, (n, m) in enumerate(shapes):
        i += [at_i + a for a in range(n) for _ in range(m)]
        j += [at_j + b for _ in range(n) for b in range(m)]
        family += [number] * (n * m)
        at_i, at_j = at_i + n, at_j + m
    numbers = np.arange(len(shapes))
    return Pairing(np.array(i), np.array(j), np.array(family), numbers, numbers)


def written_out(pairing, own, free, size, pair):
    """L(−i, −j) as the formula says it, member by member."""
    total = 0.0
    here = pairing.family == pairing.family[pair]
    for member in set(pairing.i[here]) - {pairing.i[pair]}:
        likes = [
            2.0 ** np.clip(own[one], -MOST, MOST) * free[one]
            for one in np.flatnonzero(here & (pairing.i == member))
            if pairing.j[one] != pairing.j[pair]
        ]
        total += math.log2(ABSENT + (1 - ABSENT) / size * sum(likes))
    return total


@given(st.data())
def test_evidence_is_the_formula_for_every_pair(data):
    shapes = data.draw(
        st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=3)
    )
    pairing = families(*shapes)
    count = len(pairing.i)
    own = np.array(data.draw(st.lists(st.floats(-30, 30), min_size=count, max_size=count)))
    free = np.array(data.draw(st.lists(st.floats(0, 1), min_size=count, max_size=count)))
    sizes = np.array([m for _, m in shapes])

    told = gather(pairing, own, free, sizes, absent=ABSENT)

    expected = [
        written_out(pairing, own, free, sizes[pairing.family[pair]], pair) for pair in range(count)
    ]
    assert told.others.tolist() == pytest.approx(expected, abs=1e-6)


def test_the_only_member_of_a_family_hears_nothing_of_others():
    told = gather(families((1, 3)), np.zeros(3), np.ones(3), np.array([3]), absent=ABSENT)

    assert told.others.tolist() == [0.0, 0.0, 0.0]


def test_a_brother_who_is_clearly_there_speaks_for_the_family():
    pairing = families((2, 2))
    own = np.array([0.0, 0.0, -5.0, 15.0])  # the second found is clearly the second sought

    told = gather(pairing, own, np.ones(4), np.array([2]), absent=ABSENT)

    assert told.others[0] > 10
    assert told.others[1] < 0  # were the first found the second sought, the brother would be gone


def test_a_brother_whom_nobody_resembles_costs_no_more_than_his_absence():
    told = gather(families((2, 2)), np.full(4, -20.0), np.ones(4), np.array([2]), absent=ABSENT)

    assert told.others.tolist() == pytest.approx([math.log2(ABSENT)] * 4, abs=1e-4)


def test_a_brother_claimed_by_another_family_says_little():
    own, sizes = np.array([0.0, 0.0, -5.0, 15.0]), np.array([2])

    free = gather(families((2, 2)), own, np.ones(4), sizes, absent=ABSENT)
    taken = gather(families((2, 2)), own, np.array([1, 1, 1, 1e-6]), sizes, absent=ABSENT)

    assert taken.others[0] < 0 < free.others[0]


def test_what_families_share_counts_once_by_the_best_pair():
    pairing = families((2, 2), (1, 1))
    bits = np.array([[8.0, np.nan], [8.0, -3.0], [-2.0, np.nan], [8.0, np.nan], [np.nan, np.nan]])

    assert shared(pairing, bits).tolist() == [5.0, 0.0]
