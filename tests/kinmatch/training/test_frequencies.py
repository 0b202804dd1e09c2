from __future__ import annotations

from dataclasses import replace

import pytest

from kinmatch.engines import prepare
from kinmatch.model import default_model
from kinmatch.training import frequencies_of


@pytest.fixture
def population(person):
    crowd = [person(f"C{number}", names="Умар Вымышленов") for number in range(6)]
    few = [person(f"F{number}", names="Тимур Образцов") for number in range(4)]
    return prepare([*crowd, *few], [person("S", names="عمر")])


def test_names_of_a_few_are_left_out(population):
    told = frequencies_of(population)

    assert set(told["given"]) == {"умар", "عمر"}
    assert set(told["family"]) == {"вымышленов"}


def test_spellings_of_one_name_have_one_share_smoothed_by_what_was_known(population):
    told = frequencies_of(population)["given"]

    rarity = population.widening.rarities["given"]
    assert told["умар"] == told["عمر"] == rarity.share("умар")
    assert told["умар"] < 7 / 11  # what was known beforehand counts as 500 persons


def test_a_model_told_so_takes_a_name_for_common_on_another_list(person, population):
    family = {"вымышленов": 0.4}
    model = replace(default_model(), frequencies={"family": family})

    other = prepare([person("F", names="Дауд Вымышленов")], [], model=model)

    before = prepare([person("F", names="Дауд Вымышленов")], [])
    assert other.widening.rarities["family"].rank("вымышленов") == 3
    assert before.widening.rarities["family"].rank("вымышленов") < 3
