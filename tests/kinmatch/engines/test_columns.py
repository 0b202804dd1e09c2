"""Columns of numbers say what the rows of the plain engine say."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinmatch.comparisons import COMPARISONS
from kinmatch.engines import blocks, columns, prepare
from kinmatch.engines.columns import SCALARS, Runs
from tests.kinmatch.engines.test_agreement import persons

SETS = st.lists(st.frozensets(st.integers(0, 6), max_size=4), max_size=4)
TABLE = st.lists(st.frozensets(st.integers(0, 6), max_size=4), min_size=7, max_size=7)


def runs(sets):
    return Runs.of(map(sorted, sets))


def sets_of(made):
    return [
        set(made.keys[a:b].tolist()) for a, b in zip(made.starts, made.starts[1:], strict=False)
    ]


@pytest.fixture(params=["compiled", "plain"])
def loops(request, monkeypatch):
    if request.param == "plain":
        for name in ("_widen", "_apart"):
            monkeypatch.setattr(columns, name, getattr(columns, name).py_func)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SETS, TABLE)
def test_a_run_is_widened_to_all_its_numbers_stand_for_each_once_and_in_order(loops, sets, table):
    made = runs(sets).widened(runs(table))

    assert sets_of(made) == [set().union(*(table[key] for key in one)) for one in sets]
    assert all((np.diff(made.keys[a:b]) > 0).all() for a, b in pairwise(made.starts))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SETS, TABLE)
def test_numbers_apart_are_those_with_no_other_spelling_before_them(loops, sets, table):
    made = runs(sets).apart(runs(table))

    expected = []
    for one in sets:
        kept = set()
        for key in sorted(one):
            if kept.isdisjoint(table[key]):
                kept.add(key)
        expected.append(kept)
    assert sets_of(made) == expected


@given(SETS, st.data())
def test_some_rows_come_in_the_order_they_are_asked_for(sets, data):
    rows = data.draw(st.lists(st.sampled_from(range(len(sets))))) if sets else []

    made = runs(sets).some(np.array(rows, np.int64))

    assert sets_of(made) == [sets[row] for row in rows]


@given(SETS, SETS)
def test_a_product_is_every_two_numbers_of_a_row(one, other):
    length = min(len(one), len(other))
    one, other = one[:length], other[:length]

    rows, made = blocks.product(runs(one), runs(other))

    assert set(zip(rows.tolist(), made.tolist(), strict=True)) == {
        (row, a << int(blocks.BITS) | b)
        for row in range(length)
        for a in one[row]
        for b in other[row]
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(persons("S"))
def test_every_column_holds_as_many_keys_as_the_rows_do_and_shares_them_alike(sought):
    population = prepare([], sought)
    rows = [prepared.row for prepared in population.sought_rows]

    side = population.sides.sought

    for column in {c for comparison in COMPARISONS for c in comparison.columns} - set(SCALARS):
        made = sets_of(side.runs(column))
        assert list(map(len, made)) == [len(row[column]) for row in rows], column
        for a, one in enumerate(rows):
            for b, other in enumerate(rows):
                assert made[a].isdisjoint(made[b]) == one[column].isdisjoint(other[column]), column
    for column in set(SCALARS) - {"sex"}:
        assert side.values[column].tolist() == [row[column] or 0 for row in rows]
