from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.comparisons import COMPARISONS
from kinmatch.engines import Weights, arrays, prepare, score
from kinmatch.engines.arrays import Arrays, Weighing, names_of
from kinmatch.engines.reference import scored
from kinmatch.model import default_model

SETS = st.lists(st.frozensets(st.integers(0, 6), max_size=4), min_size=1, max_size=4)


def runs(sets):
    starts = np.cumsum([0, *map(len, sets)])
    return starts, np.array([key for one in sets for key in sorted(one)], np.int32)


@given(SETS, SETS, st.integers(1, 3))
def test_the_compiled_loop_and_the_plain_one_count_what_sets_have_in_common(left, right, least):
    i, j = (one.ravel() for one in np.meshgrid(np.arange(len(left)), np.arange(len(right))))
    expected = [len(left[a] & right[b]) >= least for a, b in zip(i, j, strict=True)]

    for loop in (arrays._common, arrays._common.py_func):
        flags = np.zeros(len(i), np.bool_)
        loop(runs(left), runs(right), (i, j), np.full(len(i), least), flags)
        assert flags.tolist() == expected


@pytest.mark.parametrize("chunk", [2, arrays.CHUNK])
def test_any_pair_can_be_asked_about(found, sought, monkeypatch, chunk):
    monkeypatch.setattr(arrays, "CHUNK", chunk)
    population = prepare(found, sought)
    i, j = np.array([2, 0, 1]), np.array([0, 2, 1])

    codes = Arrays(population).codes(i, j)

    for one in range(3):
        plain = scored(population, int(i[one]), int(j[one]))
        assert names_of(codes[one]) == plain.levels


def test_weights_are_looked_up_by_level(found, sought):
    model = default_model()
    codes = Arrays(prepare(found, sought)).codes(np.array([0]), np.array([0]))

    each = Weighing(model).of_each(codes)[0]

    expected = [
        model.bits(comparison.name, level)
        for comparison, level in zip(COMPARISONS, names_of(codes[0]), strict=True)
    ]
    assert each.tolist() == pytest.approx(expected)
    assert Weighing(model).total(codes)[0] == pytest.approx(sum(expected))


def test_brothers_are_weighed_by_numbers_of_their_own(found, sought):
    codes = Arrays(prepare(found, sought)).codes(np.array([0]), np.array([0]))
    model = default_model()

    kin = Weighing(model, among_kin=True).of_each(codes)[0]

    names = [comparison.name for comparison in COMPARISONS]
    level = names_of(codes[0])[names.index("sex")]
    assert kin[names.index("sex")] == pytest.approx(model.levels["sex"][level].kin_bits)


def test_rows_are_taken_some_at_a_time_with_the_same_result(found, sought, monkeypatch):
    population = prepare(found, sought)
    whole = score(population, Weights(lowest=-200), engine="arrays")

    monkeypatch.setattr(arrays, "ROWS", 1)
    steps = []
    parts = score(
        population, Weights(lowest=-200), engine="arrays", progress=lambda *step: steps.append(step)
    )

    assert parts == whole
    assert steps == [("pairs", done, len(found)) for done in range(1, len(found) + 1)]
