from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.errors import BadInput
from kinmatch.synth import Parameters
from kinmatch.synth.parameters import NOISE, ONE_OF, SHARE

NAMES = {each.name for each in fields(Parameters)}


def test_every_parameter_says_what_it_means_and_whence():
    silent = [
        each.name
        for each in fields(Parameters)
        if not all(each.metadata[part] for part in ("group", "kind", "means", "source"))
    ]

    assert silent == []


def test_sums_are_of_parameters_that_are_there():
    assert {name for names in ONE_OF for name in names} <= NAMES


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"split": 1.2}, "split: expected a share from 0 to 1, got 1.2"),
        ({"misheard": -0.1}, "misheard: expected a share from 0 to 1, got -0.1"),
        ({"youngest": -1}, "youngest: expected a number from 0, got -1"),
        ({"registered_days": 0}, "registered_days: expected a number from 1, got 0"),
        ({"age_error": -1.0}, "age_error: expected a number from 0, got -1"),
        ({"youngest": 9, "oldest": 8}, "youngest: expected no more than oldest"),
        ({"children": ()}, "children: expected weights from 0, one of them more"),
        ({"children": (0, 0)}, "children: expected weights from 0, one of them more"),
        ({"children": (2, -1)}, "children: expected weights from 0, one of them more"),
        (
            {"not_found": 0.6, "nobody_seeks": 0.5},
            r"not_found \+ nobody_seeks: expected shares that sum to 1 at most",
        ),
    ],
)
def test_parameters_refuse_what_cannot_be(wrong, says):
    with pytest.raises(BadInput, match=f"^{says}$"):
        replace(Parameters(), **wrong)


def test_noisier_scales_what_clerks_and_relatives_do_wrong():
    twice = Parameters().noisier(2)

    assert twice.misheard == 2 * Parameters().misheard
    assert twice.typing_error == 2 * Parameters().typing_error
    assert twice.split == Parameters().split
    assert twice.recognised == Parameters().recognised


def test_no_noise_is_none():
    clear = Parameters().noisier(0)

    noisy = [
        each.name
        for each in fields(Parameters)
        if each.metadata["group"] in NOISE and each.metadata["kind"] == SHARE
    ]
    assert {getattr(clear, name) for name in noisy} == {0.0}


@given(st.floats(0, 1000))
def test_noisier_is_always_possible(factor):
    parameters = Parameters().noisier(factor)

    for names in ONE_OF:
        assert sum(getattr(parameters, name) for name in names) <= 1 + 1e-9


def test_noisier_refuses_less_than_none():
    with pytest.raises(BadInput, match="noise: expected a number from 0, got -1"):
        Parameters().noisier(-1)
