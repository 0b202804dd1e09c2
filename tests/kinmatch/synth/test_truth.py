# ruff: noqa: S311 (made-up data, nothing to protect)
from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from kinmatch.synth import Fate, Pair, Parameters, Record, synth
from kinmatch.synth.households import family
from kinmatch.synth.truth import KINDS, cells, columns, in_words, marriages, truth_of


def made(**circumstances):
    return family(Random(3), 4, replace(Parameters(), remarriage=0.0, **circumstances))


@pytest.mark.parametrize(
    ("fate", "words"),
    [
        (Fate(), ""),
        (Fate(father="dead"), "father dead"),
        (
            Fate("missing", "in prison", None, "aunt"),
            "father missing, mother in prison, taken in by aunt",
        ),
    ],
)
def test_fate_is_said_in_words(fate, words):
    assert in_words(fate) == words


@pytest.mark.parametrize(
    ("circumstances", "words"),
    [
        ({"polygyny": 0.0}, "one"),
        ({"polygyny": 1.0, "third_wife": 0.0}, "two wives"),
        ({"polygyny": 1.0, "third_wife": 1.0}, "three wives"),
    ],
)
def test_marriages_are_counted(circumstances, words):
    assert marriages(made(**circumstances)) == words


def test_second_husbands_are_told_from_second_wives():
    shape = replace(Parameters(), polygyny=0.0, remarriage=1.0)

    assert marriages(family(Random(3), 4, shape)) == "two husbands"


def test_family_is_told_of_as_it_is():
    one = replace(made(polygyny=0.0), namesake_of=0, cousin_of=3)

    truth = truth_of(one, found=True, sought=False)

    assert (truth.family, truth.custom, truth.home) == ("4", one.custom.id, one.home.code)
    assert (truth.found, truth.sought, truth.namesake_of, truth.cousin_of) == ("yes", "", "0", "3")
    assert truth.children == str(len(one.children))


def test_cells_stand_in_the_order_of_the_columns():
    record = Record("F1", "3.0", "3", "iraq", "imposed|split")

    assert cells(record) == ["F1", "3.0", "3", "iraq", "imposed|split"]
    assert columns(Pair) == ("found_id", "sought_id", "family")


def test_every_kind_of_noise_is_explained():
    shape = replace(Parameters().noisier(1.5), stranger=0.2, split=0.5, orphaned=0.5, cousins=0.4)

    noted = {
        kind
        for record in synth(1500, 4, parameters=shape).records
        for kind in record.noise.split("|")
    }

    assert noted - {""} == set(KINDS)
