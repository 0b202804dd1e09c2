# ruff: noqa: S311 (made-up data, nothing to protect)
from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from kinward.demo.children import Shelter, arabic, observed
from kinward.demo.scenario import torn_families
from kinward.people.models import Answer, Certainty, Method, SaidBy

DAY = date(2018, 10, 1)


@pytest.fixture
def shelter():
    return Shelter(Random(1), {"IQ-NI:mosul"})


@pytest.fixture(scope="module")
def families():
    return torn_families(Random(1))


def of(statements, kind):
    return [one for one in statements if one.property == kind]


def test_child_of_five_speaks_for_itself(shelter, families):
    eldest = families[0].children[0]

    (name,) = of(shelter.statements(families[0], eldest, DAY), "name")

    assert name.said_by == SaidBy.CHILD


def test_custodian_speaks_for_the_youngest(shelter, families):
    youngest = families[2].children[2]

    (name,) = of(shelter.statements(families[2], youngest, date(2018, 8, 6)), "name")

    assert name.said_by == SaidBy.CUSTODIAN
    assert name.answer == Answer.KNOWN


def test_nameless_child_has_an_unknown_name(shelter, families):
    nameless = next(written for written in families[0].children if written.style == "none")

    (name,) = of(shelter.statements(families[0], nameless, DAY), "name")

    assert (name.answer, name.value) == (Answer.UNKNOWN, {})


def test_parents_who_are_not_told_are_unknown(shelter, families):
    silent = replace(families[0].children[2], told=frozenset())

    statements = shelter.statements(families[0], silent, DAY)

    assert [of(statements, parent)[0].answer for parent in ("father", "mother")] == [
        Answer.UNKNOWN,
        Answer.UNKNOWN,
    ]
    assert of(statements, "relatives_region") == []


def test_kunya_tells_what_the_father_is_called(shelter, families):
    by_kunya = next(written for written in families[3].children if written.style == "kunya")

    (father,) = of(shelter.statements(families[3], by_kunya, DAY), "father")

    assert father.value["text"].startswith(("أبو", "ابو"))


def test_age_is_a_workers_guess(shelter, families):
    child = families[0].children[0].child

    ages = {shelter.age(child, DAY).value["age"] for _ in range(100)}

    assert ages == {min(max(child.age_on(DAY) + off, 3), 10) for off in (-1, 0, 1)}
    guess = shelter.age(child, DAY)
    assert (guess.said_by, guess.method) == (SaidBy.WORKER, Method.MEDICAL_ESTIMATE)
    assert guess.certainty == Certainty.POSSIBLE


def test_songs_are_written_down_for_the_young_only(shelter, families):
    eldest, *_, youngest = families[0].children

    assert of(shelter.remembered(youngest.child, DAY), "songs_and_words") != []
    assert of(shelter.remembered(eldest.child, DAY), "songs_and_words") == []


def test_marks_are_seen_on_some(shelter, families):
    child = families[0].children[0].child

    seen = [bool(of(shelter.remembered(child, DAY), "mark")) for _ in range(100)]

    assert 15 < sum(seen) < 50


def test_place_has_its_code_if_the_gazetteer_has_it(shelter, families):
    assert shelter.place(families[0].found_at)["code"] == "IQ-NI:mosul"
    assert "code" not in shelter.place(families[0].family.home)


def test_children_who_came_apart_are_registered_apart(shelter, families):
    together, apart = shelter.register(families[2])

    assert (len(together.children), len(apart.children)) == (2, 1)
    assert together.at != apart.at


def test_moments_are_within_working_hours(shelter, families):
    moments = [one.at for torn in families for one in shelter.register(torn)]

    assert {moment.hour for moment in moments} <= set(range(8, 16))
    assert {moment.tzinfo.key for moment in moments} == {"Asia/Baghdad"}


def test_arabic_says_script_and_language():
    assert arabic("عمر") == {"text": "عمر", "script": "arabic", "language": "ar"}


def test_observed_is_a_workers_own():
    seen = observed("sex", {"code": "male"})

    assert (seen.said_by, seen.method, seen.certainty) == (
        SaidBy.WORKER,
        Method.OBSERVATION,
        Certainty.PROBABLE,
    )
