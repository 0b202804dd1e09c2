from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.errors import BadModel
from kinmatch.model import BySize, Calibration, Model, Way, default_model, written

LOW = Calibration(((-5.0, -8.0), (0.0, -2.0), (4.0, -2.0), (9.0, 5.0)))
SHIPPED = default_model()
HIGH = Calibration(((-2.0, -2.0), (6.0, 6.0)))


@given(st.floats(-20, 5))
def test_the_lowest_weight_that_reaches_a_chance_is_found(bits):
    lowest = LOW.lowest(bits)

    assert LOW(lowest - 1e-6) < bits + 1e-9
    assert LOW(lowest + 5.0) >= bits - 1e-9


@given(st.floats(5.001, 40), st.floats(-20, 60))
def test_no_weight_reaches_more_than_the_last_point(bits, weight):
    assert LOW(weight) <= 5.0 < bits
    assert LOW.lowest(bits) == 9.0


def test_below_the_points_the_distance_is_kept():
    assert LOW(-7.0) == -10.0


def test_without_points_bits_are_what_they_say():
    assert Calibration()(3.5) == Calibration().lowest(3.5) == 3.5
    assert BySize().among(7)(3.5) == 3.5


def test_points_that_fall_are_refused():
    with pytest.raises(ValueError, match="must rise"):
        Calibration(((0.0, 1.0), (1.0, 0.5)))


@pytest.mark.parametrize("sizes", [(8, 2), (2, 2), (0, 2)])
def test_sizes_that_do_not_rise_are_refused(sizes):
    with pytest.raises(ValueError, match="sizes of a calibration must rise"):
        BySize(tuple((size, LOW) for size in sizes))


@given(st.floats(-20, 20))
def test_between_two_sizes_a_curve_passes_over_by_doublings(bits):
    curves = BySize(((2, LOW), (32, HIGH)))

    assert curves.among(1) == LOW
    assert curves.among(2)(bits) == pytest.approx(LOW(bits))
    assert curves.among(32) == curves.among(1000) == HIGH
    assert curves.among(4)(bits) == pytest.approx(0.75 * LOW(bits) + 0.25 * HIGH(bits))


@given(st.integers(1, 10**7), st.sampled_from(list(Way)), st.floats(-40, 60), st.floats(0, 30))
def test_a_stronger_pair_is_never_less_likely(people, way, weight, more):
    curve = SHIPPED.curve(way, people)

    assert curve(weight + more) >= curve(weight)


def test_a_way_without_curves_says_what_the_bits_say():
    model = replace(SHIPPED, calibration={Way.PAIRS: SHIPPED.calibration[Way.PAIRS]})

    assert model.curve(Way.ONE_TO_ONE, 9)(3.5) == 3.5
    assert model.curve(Way.PAIRS, 9)(3.5) != 3.5


def test_a_file_keeps_the_curves():
    assert Model.parse(written(SHIPPED), source="written").calibration == SHIPPED.calibration


@pytest.mark.parametrize(
    ("curves", "says"),
    [
        ("[calibration]\ntwins = {}", "twins"),
        ("[calibration.pairs]\nmany = []", "many"),
        ("[calibration.pairs]\n9 = [[1, 2], [0, 3]]", "must rise"),
    ],
)
def test_a_calibration_that_is_none_is_refused(curves, says):
    text = written(SHIPPED).partition("[calibration.pairs]")[0]
    levels = "[levels" + written(SHIPPED).partition("[levels")[2]

    with pytest.raises(BadModel, match=says):
        Model.parse(f"{text}\n{curves}\n{levels}", source="made")
