from __future__ import annotations

from dataclasses import replace

import pytest

from kinmatch.errors import BadInput
from kinmatch.evaluate import read_truth
from kinmatch.model import Chances, Model, default_model, written
from kinmatch.records import read
from kinmatch.synth import synth
from kinmatch.training import in_order, train
from kinmatch.training.learning import FLOOR


@pytest.fixture(scope="module")
def caseload(tmp_path_factory):
    folder = tmp_path_factory.mktemp("caseload")
    synth(150, 41).write(folder)
    sides = [read(folder / f"{side}.csv").persons for side in ("found", "sought")]
    return (*sides, read_truth(folder / "truth.csv"))


@pytest.fixture(scope="module")
def learned(caseload):
    return train(*caseload[:2])


def test_learning_expects_about_as_many_pairs_as_there_are(learned, caseload):
    matchable = len({found for found, _ in caseload[2]})

    assert learned.expected == pytest.approx(matchable, rel=0.25)


def test_no_chance_is_zero_and_levels_of_a_comparison_sum_to_one(learned):
    for comparison, levels in learned.model.levels.items():
        told = [chances for level, chances in levels.items() if level != "sibling"]
        assert all(min(one.m, one.u) >= FLOOR / 2 for one in told)
        assert sum(one.u for one in told) == pytest.approx(1, abs=0.01), comparison


def test_agreement_speaks_for_and_disagreement_against(learned):
    for comparison in ("given", "father", "mother"):
        levels = learned.model.levels[comparison]
        assert levels["same_common"].bits > 3
        assert levels["different"].bits < -1


def test_brothers_are_told_apart_by_other_numbers_than_strangers(learned):
    birth = learned.model.levels["birth"]

    assert birth["two_years_apart"].kin > birth["two_years_apart"].u
    assert learned.model.levels["father"]["different"].kin is None


def test_what_the_lists_do_not_speak_of_stays(learned):
    before = default_model()

    assert learned.model.levels["marks"] == before.levels["marks"]
    assert learned.model.levels["languages"] == before.levels["languages"]


def test_known_pairs_are_counted(caseload):
    learned = train(*caseload[:2], truth=caseload[2], families=False)

    assert learned.expected == len(caseload[2])
    assert learned.model.levels["sex"]["same"].m > 0.95


def test_learning_is_the_same_every_time_and_follows_the_seed(caseload, learned):
    assert train(*caseload[:2]).model.digest == learned.model.digest
    assert train(*caseload[:2], seed=5).model.digest != learned.model.digest


def test_a_learned_model_survives_its_file(learned):
    read_back = Model.parse(written(learned.model, "a comment"), source="here")

    assert read_back.digest == learned.model.digest
    assert read_back.identifier == learned.model.identifier


def test_a_rarer_name_never_weighs_less():
    levels = {
        "same_singular": Chances(0.00001, 0.00001),
        "same_rare": Chances(0.1, 0.001),
        "same_uncommon": Chances(0.5, 0.01),
        "same_common": Chances(0.3, 0.02),
    }

    in_order(levels)

    bits = [chances.bits for chances in levels.values()]
    assert bits[0] == pytest.approx(bits[1])
    assert bits == sorted(bits, reverse=True)


def test_too_few_to_learn_from_are_refused_with_the_count(person):
    found, sought = [person("F", names="Тимур")], [person("S", names="Заира")]

    with pytest.raises(BadInput, match=r"hold about 0\.\d true pairs; learning needs 5"):
        train(found, sought)
    with pytest.raises(BadInput, match="nobody on one side"):
        train([], sought)


def test_truth_about_strangers_is_refused(caseload):
    with pytest.raises(BadInput, match=r'the truth names "F\\?X", who is in neither list'):
        train(*caseload[:2], truth={("FX", "S1")}, families=False)


def test_a_model_without_a_chance_for_a_level_is_where_learning_can_start(caseload):
    begun = default_model()
    flat = {level: replace(one, m=FLOOR) for level, one in begun.levels["birth"].items()}
    begun = replace(begun, levels={**begun.levels, "birth": flat})

    learned = train(*caseload[:2], model=begun)

    assert learned.model.levels["birth"]["different"].bits < 0


def test_repeated_persons_are_not_taken_off_the_list(person):
    names = ["Тимур", "Заира", "Умар", "Мадина", "Ислам", "Хава", "Рамзан", "Амина"]
    found = [
        person(f"F{n}-{copy}", names=f"{name} Тестов", born=f"20{n + 10}-03-0{n + 1}")
        for n, name in enumerate(names)
        for copy in range(4)
    ]
    sought = [
        person(f"S{n}-{copy}", names=f"{name} Тестов", born=f"20{n + 10}-03-0{n + 1}")
        for n, name in enumerate(names)
        for copy in range(4)
    ]

    repeated = train(found, sought, families=False, repeated=True)
    once = train(found, sought, families=False)

    assert once.expected <= len(found)
    assert repeated.expected > 1.5 * len(found)
