# ruff: noqa: S311 (made-up data, nothing to protect)
from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kinmatch.synth import Parameters
from kinmatch.synth.families import births, distinct, family, households
from kinmatch.synth.parts import customs

SEEDS = st.integers(0, 10_000)
DAGESTAN = customs()["dagestan"]


def make_family(seed, **circumstances):
    return family(Random(seed), 7, replace(Parameters(), **circumstances))


@given(SEEDS)
@example(469)
def test_family_has_children_of_the_ages_asked_for(seed):
    made = make_family(seed, youngest=3, oldest=10)

    assert made.children != ()
    assert {child.age_on(Parameters().as_of) for child in made.children} <= set(range(3, 11))


@given(SEEDS)
def test_family_spaces_the_births_of_one_mother(seed):
    made = make_family(seed, polygyny=0.5)

    mothers = {child.mother for child in made.children}
    gaps = [
        (later.born - earlier.born).days
        for mother in mothers
        for earlier, later in pairwise(c for c in made.children if c.mother is mother)
    ]
    assert [gap for gap in gaps if gap < 300] == []


@given(SEEDS)
def test_family_gives_no_two_members_one_name(seed):
    made = make_family(seed, remarriage=0.5)

    names = [child.given.cyrillic for child in made.children]
    parents = {parent.given.cyrillic for pair in made.households for parent in pair}
    assert len(names) == len(set(names))
    assert parents & set(names) == set()


@given(SEEDS)
def test_family_numbers_its_children_eldest_first(seed):
    made = make_family(seed, polygyny=1.0)

    assert [child.number for child in made.children] == list(range(len(made.children)))
    assert [child.born for child in made.children] == sorted(c.born for c in made.children)
    assert {child.key for child in made.children} == {(7, n) for n in range(len(made.children))}


def test_households_of_two_wives_share_the_father():
    first, second = households(Random(1), DAGESTAN, polygyny=1.0, remarriage=0.0)

    assert first[0] is second[0]
    assert first[1] is not second[1]


def test_households_of_two_husbands_share_the_mother():
    first, second = households(Random(1), DAGESTAN, polygyny=0.0, remarriage=1.0)

    assert first[0] is not second[0]
    assert first[1] is second[1]


def test_households_are_one_couple_as_a_rule():
    assert len(households(Random(1), DAGESTAN, polygyny=0.0, remarriage=0.0)) == 1


def test_births_end_where_the_span_has_no_room():
    born = births(Random(1), 5, first=date(2018, 1, 1), last=date(2018, 6, 1))

    assert len(born) == 1


def test_distinct_leaves_out_what_the_parents_bear():
    made = make_family(3)
    parents = made.households[0]

    names = distinct(Random(1), made.custom, "male", parents)

    assert parents[0].given not in names
    assert len(names) == len(made.custom.male) - 1


@pytest.mark.parametrize(
    ("day", "age"), [(date(2018, 5, 2), 7), (date(2018, 5, 3), 8), (date(2018, 12, 30), 8)]
)
def test_child_ages_on_its_birthday(day, age):
    child = replace(make_family(1).children[0], born=date(2010, 5, 3))

    assert child.age_on(day) == age


def test_child_bears_the_fathers_family_name():
    child = make_family(1).children[0]

    assert child.surname is child.father.surname


def large_family():
    return next(
        made
        for made in (make_family(seed, polygyny=0.0, remarriage=0.0) for seed in range(1000))
        if [child.sex for child in made.children[:3]] == ["female", "male", "male"]
    )


def test_kunya_is_after_the_eldest_brother():
    made = large_family()

    assert made.kunya_of(made.children[0]) is made.children[1].given
    assert made.kunya_of(made.children[1]) is made.children[2].given


def test_kunya_of_an_only_child_is_after_the_grandfather():
    made = next(
        made for made in (make_family(seed) for seed in range(100)) if len(made.children) == 1
    )
    child = made.children[0]

    assert made.kunya_of(child) is child.father.father
