# ruff: noqa: S311 (made-up data, nothing to protect)
from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from kinmatch.synth.parts import customs
from kinward.demo.requests import HABITS, RELATIVES, Desk, said
from kinward.demo.scenario import rival, torn_families
from kinward.people.models import Answer, SaidBy
from kinward.tracing.models import Relation

SURE = replace(
    HABITS,
    nameless_sought=0.0,
    patronymic_dropped=0.0,
    typing_error=0.0,
    year_only=0.0,
    born_about=0.0,
    born_slip=0.0,
    born_unknown=0.0,
)


@pytest.fixture(scope="module")
def family():
    return torn_families(Random(1))[1].family


@pytest.fixture
def make_desk():
    def make(seed=1, **habits):
        return Desk(Random(seed), {"IQ-NI:mosul"}, replace(SURE, **habits))

    return make


def ask(desk, family, *, kind="mother_of_father", language="ru", **more):
    return desk.ask(family, kind=kind, language=language, children=family.children, **more)


def texts(statements, kind):
    return [one.value["text"] for one in statements if one.property == kind]


@pytest.mark.parametrize("kind", RELATIVES)
@pytest.mark.parametrize("language", ["ru", "fr", "de"])
def test_every_relative_can_ask_in_every_language(make_desk, family, kind, language):
    asked = ask(make_desk(), family, kind=kind, language=language)

    sex, relation = RELATIVES[kind]
    assert {given for given, _ in asked.sought} == {relation}
    assert [one.value["code"] for one in asked.enquirer if one.property == "sex"] == [sex]
    assert asked.keys == tuple(child.key for child in family.children)
    assert asked.told


@pytest.mark.parametrize(
    ("language", "script"), [("ru", "cyrillic"), ("fr", "latin"), ("de", "latin")]
)
def test_names_say_their_script(make_desk, family, language, script):
    asked = ask(make_desk(), family, language=language)

    names = [one.value for _, about in asked.sought for one in about if one.property == "name"]
    assert {(name["script"], name["language"]) for name in names} == {(script, language)}


@pytest.mark.parametrize("kind", ["sister_of_father", "brother_of_father"])
def test_siblings_of_the_father_share_his_patronymic(make_desk, family, kind):
    desk = make_desk()
    sex, _ = RELATIVES[kind]

    enquirer = desk.enquirer(kind, sex, family.children[0])

    assert enquirer.father is family.children[0].father.father
    assert enquirer.surname is family.children[0].father.surname


def test_grandmother_on_the_mothers_side_bears_her_name(make_desk, family):
    enquirer = make_desk().enquirer("mother_of_mother", "female", family.children[0])

    assert enquirer.surname is family.children[0].mother.surname


def test_child_whose_name_never_reached_home_is_asked_for_without(make_desk, family):
    young = replace(family.children[0], born=family.children[0].born.replace(year=2015))
    desk = make_desk(nameless_sought=1.0)

    asked = desk.ask(family, kind="mother_of_father", language="ru", children=[young])

    ((_, about),) = asked.sought
    assert about[0].answer == Answer.UNKNOWN
    assert "имени не знаем" in asked.told


def test_birth_is_left_out_where_nobody_knows(make_desk, family):
    asked = ask(make_desk(born_unknown=1.0), family)

    assert [one for _, about in asked.sought for one in about if one.property == "born"] == []


def test_last_place_is_often_the_right_one(make_desk, family):
    found_at = torn_families(Random(1))[0].found_at

    places = [
        texts(ask(make_desk(seed), family, last=found_at).sought[0][1], "last_residence")[0]
        for seed in range(40)
    ]

    assert 15 < places.count("Мосул") < 40


@pytest.mark.parametrize(
    ("custom", "language", "region"),
    [
        ("dagestan", "ru", "RU-DA"),
        ("dagestan", "de", "DE"),
        ("france", "fr", "FR"),
        ("germany", "de", "DE"),
    ],
)
def test_region_is_home_or_abroad(make_desk, family, custom, language, region):
    moved = replace(family, home=customs()[custom].homes[0])

    assert make_desk().region(moved, language).startswith(region)


def test_requests_are_taken_in_working_hours(make_desk):
    desk = make_desk()

    moments = [desk.moment() for _ in range(100)]

    assert {moment.hour for moment in moments} <= set(range(9, 18))
    assert min(moments).year == 2017
    assert max(moments).year == 2018


def test_rival_shares_given_name_and_fathers_name_only(family):
    claimed = family.children[0]

    (child,) = rival(Random(1), claimed, 500).children

    assert child.given is claimed.given
    assert child.father.given is claimed.father.given
    assert child.mother is not claimed.mother
    assert child.key == (500, 0)
    assert 0 < (child.born - claimed.born).days < 180


def test_said_is_a_relatives_word():
    assert said("sex", {"code": "female"}).said_by == SaidBy.RELATIVE


def test_grandmother_asks_for_her_daughters_children():
    assert RELATIVES["mother_of_mother"] == ("female", Relation.DAUGHTERS_CHILD)
