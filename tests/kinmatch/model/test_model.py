from __future__ import annotations

import math
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.comparisons import COMPARISONS
from kinmatch.errors import BadModel
from kinmatch.model import Chances, Model, default_model, probability, weight_of

TEXT = files("kinmatch").joinpath("models", "reasoned.toml").read_text("utf-8")
SAME = "same = { m = 0.98, u = 0.5 }"
REASONED = Model.parse(TEXT, source="reasoned.toml")


def test_default_model_names_itself_by_version_and_hash():
    model = default_model()

    assert model.identifier == f"default-4+{model.digest[:12]}"


def test_default_model_names_the_public_data_it_was_taught_by():
    text = files("kinmatch").joinpath("models", "public.toml").read_text("utf-8")

    told = default_model().provenance["public"]

    source = tomllib.loads(text)["source"]
    assert {name: told[name] for name in source} == source


def test_bits_are_the_logarithm_of_m_over_u():
    assert Chances(m=0.8, u=0.1).bits == pytest.approx(3.0)
    assert Chances(m=0.1, u=0.8).bits == pytest.approx(-3.0)


def test_what_is_not_known_weighs_nothing():
    assert default_model().bits("father", "unknown") == 0.0


def test_a_rare_name_weighs_more_than_a_common_one():
    model = default_model()

    for comparison in ("given", "father", "mother", "family"):
        levels = ("same_singular", "same_rare", "same_uncommon", "same_common", "different")
        bits = [model.bits(comparison, level) for level in levels]
        assert bits == sorted(bits, reverse=True)


def test_disagreement_speaks_against():
    model = default_model()

    against = [
        model.bits(comparison.name, comparison.last)
        for comparison in COMPARISONS
        if comparison.name != "kinship"
    ]

    assert all(bits < 0 for bits in against)


def test_prior_spreads_the_coverage_over_those_sought():
    model = default_model()

    assert model.prior(1000) == pytest.approx(model.coverage / 1000)
    assert model.prior(0) == model.prior(1) == model.coverage


def test_digest_ignores_comments_and_order():
    commented = Model.parse("# another comment\n" + TEXT, source="here")

    assert commented.digest == REASONED.digest


def test_digest_follows_the_numbers():
    changed = Model.parse(TEXT.replace("coverage = 0.5", "coverage = 0.4"), source="here")

    assert changed.digest != REASONED.digest


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('version = "4"', 'version = "9"', 'here: version "9"; this kinmatch reads "4"'),
        ('version = "4"', "", 'here: version "None"'),
        ("coverage = 0.5", "", "here: coverage is missing"),
        ("coverage = 0.5", "coverage = 1.5", "here: coverage = 1.5; expected a number between"),
        ("coverage = 0.5", 'coverage = "much"', "here: coverage = much; expected a number"),
        ("coverage = 0.5", "coverage = [1]", r"here: coverage = \[1\]; expected a number"),
        ("[levels.sex]", "[levels.hair]", r"here: levels\.sex\.same is missing"),
        ("[names]", "[called]", "here: names is missing"),
        ("[names]", "[names", "here: not TOML"),
        (
            "same = { m = 0.98, u = 0.5 }",
            "same = { m = 0.98 }",
            r"here: levels\.sex\.same\.u is missing",
        ),
        (
            "same = { m = 0.98, u = 0.5 }",
            "same = { m = 0.98, u = 0 }",
            r"here: levels\.sex\.same\.u = 0; expected",
        ),
        (
            "same = { m = 0.98, u = 0.5 }",
            "same = 1",
            r"here: levels\.sex\.same = 1; expected m and u",
        ),
    ],
)
def test_parse_says_what_is_wrong(old, new, says):
    assert old in TEXT

    with pytest.raises(BadModel, match=says):
        Model.parse(TEXT.replace(old, new), source="here")


@pytest.mark.parametrize("points", ["[[0, 0], [1, -1]]", '[["a", 0]]', "[1]"])
def test_parse_names_the_curve_that_is_wrong(points):
    with pytest.raises(BadModel, match=r"here: calibration\.families: "):
        Model.parse(f"{TEXT}\n[calibration.families]\n5 = {points}\n", source="here")


def test_load_reads_a_file(write):
    model = Model.load(write("model.toml", TEXT))

    assert model == REASONED


def test_load_says_that_there_is_no_file(tmp_path):
    with pytest.raises(BadModel, match=r"gone\.toml: cannot be read"):
        Model.load(tmp_path / "gone.toml")


@given(st.floats(-2000, 2000))
def test_probability_is_safe_at_both_ends(weight):
    chance = probability(weight)

    assert 0.0 <= chance <= 1.0
    assert probability(-weight) == pytest.approx(1.0 - chance, abs=1e-12)


@given(st.floats(0.000001, 0.999999))
def test_weight_of_turns_a_probability_back(chance):
    assert probability(weight_of(chance)) == pytest.approx(chance)
    assert math.isfinite(weight_of(chance))
