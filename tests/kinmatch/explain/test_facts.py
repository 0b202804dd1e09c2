from __future__ import annotations

from dataclasses import replace

import pytest

from kinmatch.comparisons import COMPARISONS, UNKNOWN
from kinmatch.dates import from_edtf
from kinmatch.engines import prepare
from kinmatch.explain import FACTS
from kinmatch.explain.facts import BY_NAME

COMPARISON = {comparison.name: comparison for comparison in COMPARISONS}
FULL = {
    "names": "Руслан Тестов",
    "father": "Тимур",
    "mother": "Хадижат",
    "siblings": ("Умар", "Заира"),
    "grandparents": "Ахмед",
    "born": "2011",
    "sex": "male",
    "places": "Мосул",
    "languages": "чеченский",
    "marks": "шрам на левой руке",
}


@pytest.fixture
def rows(person):
    """A record that says everything, and one that says nothing."""
    parted = {"separated": from_edtf("2017-06"), "separated_at": ("Мосул",)}
    full = [replace(person(one, **FULL), **parted) for one in ("F1", "S1")]
    population = prepare(full[:1], [full[1], person("S2")])
    return population.found_row(0).row, population.sought_rows[1].row


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_a_fact_is_known_where_a_record_tells_it(rows, fact):
    full, empty = rows

    assert fact.known(full)
    assert not fact.known(empty)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_what_one_record_says_agrees_with_it_in_another(rows, fact):
    full, empty = rows

    level = COMPARISON[fact.name].level(full, {**empty, **fact.of(full)})

    assert level not in (UNKNOWN, "different")


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_another_answer_differs(rows, fact):
    full, empty = rows

    assert COMPARISON[fact.name].level(full, {**empty, **fact.other_than(full)}) == "different"


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_an_answer_nobody_gives_agrees_on_both_sides_and_is_not_rare(rows, fact):
    _, empty = rows
    told = {**empty, **fact.unheard}

    level = COMPARISON[fact.name].level(told, told)

    assert level not in (UNKNOWN, "different")
    assert "rare" not in level
    assert "singular" not in level


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_levels_alike_are_levels_of_the_comparison(fact):
    assert set(fact.alike) <= set(COMPARISON[fact.name].level_ids)


def test_every_comparison_that_can_be_asked_about_is_a_fact():
    assert COMPARISON.keys() - BY_NAME.keys() == {"age", "kinship"}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_a_fact_fills_every_column_of_its_comparison_that_no_other_fact_fills(fact):
    others = {column for one in FACTS if one is not fact for column in one.columns}

    assert set(COMPARISON[fact.name].columns) - others <= set(fact.columns)
    assert set(fact.columns).isdisjoint(others)
    assert set(fact.columns) == set(fact.unheard)


def test_every_column_that_is_compared_follows_from_a_fact():
    filled = {column for fact in FACTS for column in fact.columns}

    assert {column for one in COMPARISONS for column in one.columns} - filled == {
        "told_from",  # an age that was told; who is asked for it is asked for the birth
        "told_to",
        "mother_bears_from",  # dates of kin
        "mother_bears_to",
        "begotten_until",
        "weeks_barred",
        "kin_asked",
    }
