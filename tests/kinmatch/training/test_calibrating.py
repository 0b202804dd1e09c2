from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.evaluate import evaluate, read_truth
from kinmatch.link import link
from kinmatch.model import Calibration, default_model, probability
from kinmatch.records import read
from kinmatch.synth import synth
from kinmatch.training import calibrated, isotonic


def drawn(count, slope, shift, seed=1):
    """Weights, and pairs that are true as often as slope · weight + shift bits say."""
    chance = np.random.default_rng(seed)
    weights = chance.uniform(-8, 8, count)
    true = chance.random(count) < [probability(slope * one + shift) for one in weights]
    return weights, true


@pytest.mark.parametrize(("slope", "shift"), [(1.0, 0.0), (0.5, -2.0), (1.0, 3.0)])
def test_the_curve_finds_what_came_true(slope, shift):
    curve = isotonic(*drawn(40_000, slope, shift), fewest=1000)

    for said in (-4.0, -1.0, 0.0, 2.0, 4.0):
        assert probability(curve(said)) == pytest.approx(
            probability(slope * said + shift), abs=0.06
        )


@given(st.lists(st.tuples(st.floats(-11, 11), st.booleans()), max_size=400), st.integers(1, 50))
def test_a_curve_never_falls(pairs, fewest):
    weights = np.array([weight for weight, _ in pairs])
    curve = isotonic(weights, np.array([true for _, true in pairs], bool), fewest=fewest)

    told = [curve(bits) for bits in np.linspace(-15, 15, 61)]
    assert told == sorted(told)


@given(st.floats(-20, 20))
def test_the_lowest_weight_that_reaches_a_chance_is_found(bits):
    curve = Calibration(((-5.0, -8.0), (0.0, -2.0), (4.0, -2.0), (9.0, 5.0)))

    lowest = curve.lowest(bits)

    assert curve(lowest - 1e-6) < bits + 1e-9
    assert curve(lowest + 5.0) >= bits - 1e-9


def test_without_points_bits_are_what_they_say():
    assert Calibration()(3.5) == Calibration().lowest(3.5) == 3.5


def test_points_that_fall_are_refused():
    with pytest.raises(ValueError, match="must rise"):
        Calibration(((0.0, 1.0), (1.0, 0.5)))


def test_a_calibrated_model_says_what_comes_true_on_another_caseload(tmp_path):
    sides = []
    for seed in (51, 52):
        synth(250, seed).write(tmp_path)
        found, sought = (read(tmp_path / f"{side}.csv").persons for side in ("found", "sought"))
        sides.append((found, sought, read_truth(tmp_path / "truth.csv")))

    model = calibrated(default_model(), sides[:1])

    found, sought, truth = sides[1]
    linkage = link(found, sought, model=model, engine="arrays", threshold=0.1, families=True)
    told = {(one.found_id, one.sought_id): one.probability for one in linkage.candidates}
    assert evaluate(told, truth).calibration_error < 0.08
