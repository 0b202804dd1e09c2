from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.evaluate import evaluate, read_truth
from kinmatch.link import link
from kinmatch.model import Calibration, Way, default_model, probability
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


def test_strong_pairs_are_counted_as_every_other():
    weights = np.concatenate([np.full(1000, 5.0), np.full(1000, 25.0)])
    true = np.concatenate([np.arange(1000) < 700, np.arange(1000) < 990])

    curve = isotonic(weights, true, fewest=100)

    assert probability(curve(5.0)) == pytest.approx(0.7, abs=0.001)
    assert probability(curve(25.0)) == pytest.approx(0.99, abs=0.001)


def test_no_pair_is_surer_than_those_that_were_counted():
    weights = np.linspace(10.0, 20.0, 1000)

    curve = isotonic(weights, np.ones(1000, np.bool_))

    assert probability(curve(15.0)) == pytest.approx(1000.5 / 1001)
    assert curve(40.0) == curve(20.0) == curve(15.0)


def test_no_pairs_teach_no_curve():
    assert isotonic(np.array([]), np.array([], np.bool_)) == Calibration()


def test_caseloads_of_about_one_length_are_fitted_together(person):
    def caseload(count):
        sides = [
            [person(f"{side}{n}", names="Тимур", born=str(2000 + n)) for n in range(count)]
            for side in "FS"
        ]
        return (*sides, {(f"F{n}", f"S{n}") for n in range(count)})

    model = calibrated(default_model(), [caseload(n) for n in (3, 5, 0, 20)])

    for way in Way:
        assert [people for people, _ in model.calibration[way].curves] == [4, 20]


def test_the_shipped_chances_come_true_in_short_lists(tmp_path):
    told, truth = {}, set()
    for seed in range(31_000, 31_030):
        synth(4, seed).write(tmp_path)
        found, sought = (read(tmp_path / f"{side}.csv").persons for side in ("found", "sought"))
        truth |= {(f"{seed} {a}", f"{seed} {b}") for a, b in read_truth(tmp_path / "truth.csv")}
        for one in link(found, sought, engine="arrays", threshold=0.01).candidates:
            told[f"{seed} {one.found_id}", f"{seed} {one.sought_id}"] = one.probability

    measured = evaluate(told, truth)

    assert measured.candidates > 200
    assert measured.calibration_error < 0.08


@pytest.mark.no_cover
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
