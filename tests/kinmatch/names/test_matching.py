"""The loop that compares two names part by part."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.names.arrays import MOST_PARTS, ROLES, Arrays, workspace
from kinmatch.names.matching import (
    INITIAL_FROM,
    LONE_INITIAL,
    MEET,
    MEET_TWO_LEFT,
    MEET_TWO_RIGHT,
    UNLIKE_INITIAL,
    Weights,
    cell,
    compare_arrays,
    floor,
    left_over,
    lone_initial,
    meetings,
    softened,
)
from kinmatch.names.parts import Role

WEIGHTS = Weights()
G, F, FAM, N, K = Role.GIVEN, Role.FATHER, Role.FAMILY, Role.NISBA, Role.KUNYA
LETTER, UNSURE = Role.INITIAL, Role.UNSURE
AGREE, AGAINST = 3.0, -30.0
COUNT = st.integers(1, 4)


def name(*roles, joins=(), or_roles=()):
    """Return a name of one form for each part; forms are numbered like the parts."""
    n = len(roles)
    others = [*or_roles, *[None] * (n - len(or_roles))]
    return Arrays(
        begins=np.arange(n + 1),
        forms=np.arange(n),
        costs=np.zeros(n),
        roles=np.array([ROLES.index(role) for role in roles], np.int64),
        or_roles=np.array([ROLES.index(role) if role else -1 for role in others], np.int64),
        or_costs=np.ones(n),
        rarities=np.zeros(n),
        letters=np.arange(n),
        joins=np.array([*joins, *[-1] * (n - len(joins))], np.int64),
    )


def bits(rows, columns, agreeing):
    """Return what forms say: for the pairs named, and against all others."""
    found = np.full((rows, columns), AGAINST)
    for place in agreeing:
        found[place] = AGREE
    return found


def compared(left, right, told):
    """Return the bits, and which parts met."""
    space = workspace()
    total, met, alone = compare_arrays(left, right, told, WEIGHTS.array, space)
    found = meetings(left, space, met, alone)
    assert total == pytest.approx(sum(step.bits for step in found) + rest(left, right, found))
    return total, [step[:3] for step in found]


def rest(left, right, found):
    """Return what the parts of two names weigh that met nothing; rarities are 0 here."""
    ours = {i + k for i, _, step, _ in found for k in range(1 + (step == MEET_TWO_LEFT))}
    theirs = {j + k for _, j, step, _ in found for k in range(1 + (step == MEET_TWO_RIGHT))}
    sides = (left, right, ours, WEIGHTS.left_absent), (right, left, theirs, WEIGHTS.right_absent)
    return -sum(
        lone_initial(name, place, other) if name.roles[place] == ROLES.index(LETTER) else absent
        for name, other, seen, absent in sides
        for place in range(min(len(name.roles), MOST_PARTS))
        if place not in seen
    )


def test_parts_that_agree_meet_in_any_order():
    left, right = name(G, FAM), name(FAM, G)

    total, met = compared(left, right, bits(2, 2, [(0, 1), (1, 0)]))

    assert met == [(0, 1, MEET), (1, 0, MEET)]
    assert total == pytest.approx(2 * AGREE - WEIGHTS.order)


def test_absence_costs_less_than_contradiction():
    whole, short, other = name(G, FAM), name(G), name(G, FAM)

    absent, _ = compared(whole, short, bits(2, 1, [(0, 0)]))
    against, _ = compared(whole, other, bits(2, 2, [(0, 0)]))

    assert absent == pytest.approx(AGREE - WEIGHTS.left_absent)
    assert against == pytest.approx(AGREE - WEIGHTS.contradiction)
    assert against < absent


def test_absence_is_told_by_side():
    total, _ = compared(name(G), name(G, FAM), bits(1, 2, [(0, 0)]))

    assert total == pytest.approx(AGREE - WEIGHTS.right_absent)


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        (G, G, WEIGHTS.given_contradiction),
        (FAM, FAM, WEIGHTS.contradiction),
        (FAM, N, WEIGHTS.unlike_kinds),
        (FAM, F, WEIGHTS.unlike_kinds),
        (F, FAM, WEIGHTS.unlike_kinds),
        (K, G, WEIGHTS.unlike_kinds),
    ],
)
def test_parts_of_unlike_kinds_contradict_little(one, other, least):
    found = floor(ROLES.index(one), ROLES.index(other), WEIGHTS.unlike_kinds, WEIGHTS.array)

    assert found == -least


def test_father_and_family_do_not_meet_crosswise_to_contradict_less():
    total, _ = compared(name(G, F, FAM), name(G, F, FAM), bits(3, 3, [(0, 0)]))

    assert total == pytest.approx(AGREE - 2 * WEIGHTS.contradiction)


def test_lone_father_beside_a_lone_family_name_contradicts_little():
    total, _ = compared(name(G, F), name(G, FAM), bits(2, 2, [(0, 0)]))

    assert total == pytest.approx(AGREE - WEIGHTS.unlike_kinds)


def test_given_name_that_meets_a_father_is_set_back():
    total, _ = compared(name(G), name(F), bits(1, 1, [(0, 0)]))

    assert total == pytest.approx(AGREE - WEIGHTS.crossed)


def test_second_role_of_a_part_may_make_two_agree():
    told = bits(1, 1, [(0, 0)])

    either, _ = compared(name(FAM, or_roles=[G]), name(G), told)
    back, _ = compared(name(G), name(FAM, or_roles=[G]), told)

    assert either == back == pytest.approx(AGREE - 1.0)


def test_initial_agrees_for_little_and_its_absence_costs_little():
    letters = bits(2, 2, [(1, 1)])
    letters[0, 0] = INITIAL_FROM + 1
    agreed, _ = compared(name(LETTER, FAM), name(G, FAM), letters)
    alone, _ = compared(name(LETTER, FAM), name(FAM), bits(2, 1, [(1, 0)]))
    missing, _ = compared(name(FAM), name(LETTER, FAM), bits(1, 2, [(0, 1)]))

    assert agreed == pytest.approx(WEIGHTS.initial + AGREE)
    assert alone == missing == pytest.approx(AGREE - LONE_INITIAL)


@pytest.mark.parametrize(
    ("of_left", "of_right", "weighs"),
    [
        (G, G, WEIGHTS.initial),
        (None, F, WEIGHTS.initial),
        (G, F, -2 * LONE_INITIAL),
    ],
)
def test_initials_agree_where_they_begin_the_same_name(of_left, of_right, weighs):
    letters = np.full((1, 1), INITIAL_FROM + 1)
    left, right = name(LETTER, or_roles=[of_left]), name(LETTER, or_roles=[of_right])

    total, _ = compared(left, right, letters)

    assert total == pytest.approx(weighs)


def test_initial_contradicts_a_name_it_does_not_begin():
    told = np.full((1, 1), INITIAL_FROM - 1)

    unlike, _ = compared(name(LETTER, or_roles=[G]), name(G), told)
    another, _ = compared(name(LETTER, or_roles=[G]), name(FAM), told)

    assert unlike == pytest.approx(-UNLIKE_INITIAL - WEIGHTS.right_absent)
    assert another == pytest.approx(-LONE_INITIAL - WEIGHTS.right_absent)


def test_one_word_may_meet_two():
    left, right = name(G, FAM, joins=[2]), name(FAM)
    told = bits(3, 1, [(2, 0)])

    left_total, left_met = compared(left, right, told)
    right_total, right_met = compared(right, left, told.T)

    assert left_met == [(0, 0, MEET_TWO_LEFT)]
    assert right_met == [(0, 0, MEET_TWO_RIGHT)]
    assert left_total == right_total == pytest.approx(AGREE - WEIGHTS.joined)


def test_reading_a_part_otherwise_costs_what_it_costs():
    left = name(G)._replace(
        begins=np.array([0, 2]), forms=np.array([0, 1]), costs=np.array([0.0, 1.0])
    )

    total, _ = compared(left, name(G), bits(2, 1, [(1, 0)]))

    assert total == pytest.approx(AGREE - 1.0)


def test_bits_beyond_enough_count_in_part():
    found = [softened(said, WEIGHTS.array) for said in (-1.0, WEIGHTS.enough, WEIGHTS.enough + 2)]

    assert found == [-1.0, WEIGHTS.enough, WEIGHTS.enough + 2 * WEIGHTS.beyond]


def test_no_more_than_so_many_parts_are_looked_at():
    many = name(*[UNSURE] * (MOST_PARTS + 2))
    told = bits(MOST_PARTS + 2, MOST_PARTS + 2, [(k, k) for k in range(MOST_PARTS + 2)])

    total, met = compared(many, many, told)

    assert len(met) == MOST_PARTS
    assert total == pytest.approx(MOST_PARTS * AGREE)


@given(COUNT, COUNT, st.data())
def test_alignment_is_the_best_of_all_meetings(n, m, data):
    values = st.lists(st.floats(-8, 3), min_size=n * m, max_size=n * m)
    told = np.array(data.draw(values)).reshape(n, m)

    total, met = compared(name(*[UNSURE] * n), name(*[UNSURE] * m), told)

    assert total == pytest.approx(weighed(met, told))
    assert total >= weighed([(k, k, MEET) for k in range(min(n, m))], told) - 1e-9
    assert total >= weighed([], told) - 1e-9


def weighed(met, told):
    """Return what an alignment of parts of unsure role weighs, counted by hand."""
    n, m = told.shape
    total, seen = 0.0, []
    for i, j, _ in met:
        said = max(told[i, j], -WEIGHTS.contradiction)
        total += said - WEIGHTS.order * sum(other > j for other in seen)
        seen.append(j)
    alone, others = n - len(met), m - len(met)
    both = min(alone, others)
    total -= both * (max(WEIGHTS.contradiction, WEIGHTS.given_contradiction) + 0.01)
    return total - (alone - both) * WEIGHTS.left_absent - (others - both) * WEIGHTS.right_absent


def test_compiled_loops_say_what_plain_python_says():
    weights = WEIGHTS.array
    left, right = name(G, LETTER), name(G, LETTER, FAM, or_roles=[None, F])

    assert [cell(a, b, 2.0, 1.8, weights) for a in range(9) for b in range(9)] == [
        cell.py_func(a, b, 2.0, 1.8, weights) for a in range(9) for b in range(9)
    ]
    assert left_over(left, right, 1, 2, weights) == left_over.py_func(left, right, 1, 2, weights)
    assert softened(9.0, weights) == softened.py_func(9.0, weights)
