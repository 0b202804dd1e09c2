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
from kinmatch.synth.families import distinct
from kinmatch.synth.households import (
    births,
    carers,
    family,
    fate,
    fathered,
    households,
    mothers,
    origins,
    parents_birth,
)
from kinmatch.synth.parts import customs

SEEDS = st.integers(0, 10_000)
DAGESTAN = customs()["dagestan"]


def make_households(**circumstances):
    return households(Random(1), DAGESTAN, replace(Parameters(), **circumstances))


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
    made = make_family(seed, polygyny=0.5, remarriage=0.0, twins=0.0)

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
    made = make_family(seed, polygyny=1.0, remarriage=0.0)

    assert [child.number for child in made.children] == list(range(len(made.children)))
    assert [child.born for child in made.children] == sorted(c.born for c in made.children)
    assert {child.key for child in made.children} == {(7, n) for n in range(len(made.children))}


def test_households_of_two_wives_share_the_father():
    first, second = make_households(polygyny=1.0, remarriage=0.0, third_wife=0.0)

    assert first[0] is second[0]
    assert first[1] is not second[1]


def test_households_of_two_husbands_share_the_mother():
    first, second = make_households(polygyny=0.0, remarriage=1.0)

    assert first[0] is not second[0]
    assert first[1] is second[1]


def test_households_are_one_couple_as_a_rule():
    assert len(make_households(polygyny=0.0, remarriage=0.0)) == 1


def test_births_end_where_the_span_has_no_room():
    born = births(Random(1), 5, first=date(2018, 1, 1), last=date(2018, 6, 1))

    assert len(born) == 1


def test_distinct_leaves_out_what_is_taken_and_repeats_nothing():
    made = make_family(3)
    taken = made.households[0][0].given

    names = distinct(Random(1), made.custom, "male", [taken], 30)

    first = [name.cyrillic[0] for name in names]
    assert taken.cyrillic[0] not in first
    assert len(set(first)) == len(first) == 30


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


YEAR = 365.25


@given(SEEDS)
def test_parents_are_of_an_age_to_have_their_children(seed):
    made = make_family(seed, polygyny=0.4, remarriage=0.4)

    for child in made.children:
        assert 16.9 < (child.born - child.mother.born).days / YEAR < 48
        assert 18.9 < (child.born - child.father.born).days / YEAR < 66


@given(SEEDS)
def test_dead_fathers_lived_to_beget_their_children(seed):
    made = make_family(seed, father_dead=1.0, polygyny=0.3)

    for child in made.children:
        died = made.fate(child).father_died
        assert (child.born - died).days <= 200
        assert died <= Parameters().as_of


@given(SEEDS)
def test_births_of_one_mother_are_a_pregnancy_apart_or_twins(seed):
    made = make_family(seed, twins=0.3, remarriage=0.5, polygyny=0.3)

    gaps = {
        (later.born - earlier.born).days
        for mother in {child.mother for child in made.children}
        for earlier, later in pairwise(c for c in made.children if c.mother is mother)
    }
    assert {gap for gap in gaps if 0 < gap < 300} == set()


def test_twins_are_born_on_one_day():
    made = births(Random(1), 3, first=date(2010, 1, 1), last=date(2018, 1, 1), twins=1.0)

    assert len(set(made)) == 1


def test_third_wives_are_of_the_same_father():
    pairs = make_households(polygyny=1.0, remarriage=0.0, third_wife=1.0)

    assert len(pairs) == 3
    assert len({father for father, _ in pairs}) == 1


@given(SEEDS)
def test_namesakes_share_the_names_of_a_child_and_its_father_only(seed):
    other = make_family(seed)
    shape = replace(Parameters(), namesakes=1.0, cousins=0.0)

    made = family(Random(seed + 1), 8, shape, near=other)

    eldest, first = made.children[0], other.children[0]
    assert (eldest.given, eldest.sex) == (first.given, first.sex)
    assert eldest.father.given is first.father.given
    assert made.namesake_of == other.number
    assert len({child.given.cyrillic[0] for child in made.children}) == len(made.children)
    assert eldest.key != first.key


def test_cousins_have_brothers_for_fathers():
    other = make_family(5)

    made = family(Random(6), 8, replace(Parameters(), namesakes=0.0, cousins=1.0), near=other)

    father, uncle = made.households[0][0], other.children[0].father
    assert (father.surname, father.father, made.home) == (uncle.surname, uncle.father, other.home)
    assert made.cousin_of == other.number


def test_families_are_like_no_other_as_a_rule():
    shape = replace(Parameters(), namesakes=0.0, cousins=0.0)

    made = family(Random(6), 8, shape, near=make_family(5))

    assert (made.namesake_of, made.cousin_of) == (None, None)


def test_fathered_leaves_a_second_husband_alone():
    pairs = make_households(polygyny=0.0, remarriage=1.0)

    first, second = fathered(pairs, given=pairs[1][0].given)

    assert first[0].given is pairs[1][0].given
    assert second[0] is pairs[1][0]


def test_converts_are_called_otherwise_abroad():
    shape = {"customs": (("germany", 1),), "convert_names": 1.0}
    parents = [p for seed in range(300) for p in make_family(seed, **shape).households[0]]

    called = sum(parent.called is not None for parent in parents)

    assert 0.4 < called / len(parents) < 0.6
    assert all(parent.known_as is (parent.called or parent.given) for parent in parents)


def test_dagestanis_are_no_converts():
    shape = {"customs": (("dagestan", 1),), "convert_names": 1.0}
    made = [make_family(seed, **shape) for seed in range(50)]

    assert {parent.called for one in made for parent in one.households[0]} == {None}


@pytest.mark.parametrize(
    ("imprisoned", "dead", "expected"),
    [(1.0, 0.0, {"in prison"}), (0.0, 1.0, {"dead"}), (0.0, 0.0, {"missing"})],
)
def test_mothers_of_orphans_are_in_prison_dead_or_missing(imprisoned, dead, expected):
    shape = replace(Parameters(), mother_imprisoned=imprisoned, mother_dead=dead)

    assert {mothers(Random(seed), shape) for seed in range(30)} == expected


def test_orphans_have_neither_parent_with_them():
    whole, torn = (replace(Parameters(), orphaned=share) for share in (0.0, 1.0))

    assert not fate(Random(1), whole, []).orphaned
    assert {fate(Random(seed), torn, []).orphaned for seed in range(50)} == {True}


def test_some_orphans_are_taken_in_by_kin():
    shape = replace(Parameters(), taken_in=1.0)

    assert {carers(Random(seed), shape) for seed in range(50)} == {"aunt", "grandmother"}
    assert carers(Random(1), replace(shape, taken_in=0.0)) == ""


def test_aunts_are_sisters_of_the_father():
    shape = {"orphaned": 1.0, "taken_in": 1.0, "polygyny": 0.0, "remarriage": 0.0}
    made = [make_family(seed, **shape) for seed in range(60)]

    aunts = [one for one in made if one.fates[0].carer == "aunt"]

    assert 20 < len(aunts) < 55
    assert all(one.carer.father is one.households[0][0].father for one in aunts)
    assert all(one.carer.surname is one.households[0][0].surname for one in made)
    assert make_family(1, orphaned=0.0).carer is None


def test_shares_of_customs_may_be_given():
    shape = replace(Parameters(), customs=(("iraq", 3), ("syria", 1)))

    drawn = [origins(shape).draw(Random(seed)).id for seed in range(2000)]

    assert 0.7 < drawn.count("iraq") / 2000 < 0.8
    assert set(drawn) == {"iraq", "syria"}


def test_parents_birth_leaves_room_for_the_last_child():
    days = [date(2000, 1, 1), date(2029, 1, 1)]

    born = [parents_birth(Random(seed), "female", days) for seed in range(100)]

    assert max((days[1] - day).days for day in born) / YEAR < 48
