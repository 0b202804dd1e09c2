from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.people.models import Answer, Assertion
from kinward.people.properties import PROPERTIES
from kinward.people.rules import Fault, Statement, fault, profile
from kinward.people.values import born_span, dates_fit, stay_days


def said(property_, *, answer=Answer.KNOWN, corrects=None, **value):
    return Assertion(
        id=uuid4(), property=property_, answer=answer, value=value, corrects_id=corrects
    )


FIT = [
    Statement(property="name", value={"text": "رسلان", "script": "arabic", "language": "ar"}),
    Statement(property="sex", value={"code": "female"}),
    Statement(property="born", value={"edtf": "2012~"}),
    Statement(property="born", value={"edtf": "2012/.."}),
    Statement(property="born", value={"age": 0, "as_of": "2018-12"}),
    Statement(property="found_at", value={"text": "hospital", "code": "IQ-BG"}, as_of="2018-12"),
    Statement(property="songs_and_words", value={"text": "ла-ла"}),
    Statement(property="separated", value={"text": "on the road", "edtf": "2017-06"}),
    Statement(property="separated", value={"text": "on the road"}),
    Statement(property="mother", answer=Answer.REFUSED),
    Statement(property="name", answer=Answer.WITHDRAWN, value={"reason": "x"}, corrects=uuid4()),
    Statement(property="relative", value={"relation": "milk_mother"}),
    Statement(property="stay", value={"role": "held", "custodian": "camp", "since": "2018"}),
    Statement(
        property="stay",
        value={"role": "found", "text": "Mosul", "since": "2018-05", "until": "2018"},
    ),
    Statement(
        property="relative", value={"relation": "sibling", "text": "Мариам", "life": "alive"}
    ),
]
UNFIT = [
    (Statement(property="religion", value={"text": "x"}), Fault.PROPERTY),
    (
        Statement(property="name", answer=Answer.WITHDRAWN, value={"reason": "x"}),
        Fault.ANSWER,
    ),
    (Statement(property="name", answer=Answer.WITHDRAWN, corrects=uuid4()), Fault.ANSWER),
    (
        Statement(property="name", answer=Answer.WITHDRAWN, value={"text": "x"}, corrects=uuid4()),
        Fault.ANSWER,
    ),
    (Statement(property="name"), Fault.ANSWER),
    (Statement(property="name", answer=Answer.UNKNOWN, value={"text": "x"}), Fault.ANSWER),
    (Statement(property="name", value={"text": "x", "rank": "1"}), Fault.KEYS),
    (Statement(property="name", value={"text": "  "}), Fault.NAME),
    (Statement(property="name", value={"script": "arabic"}), Fault.NAME),
    (Statement(property="name", value={"text": 7}), Fault.NAME),
    (Statement(property="name", value={"text": "x" * 2_001}), Fault.NAME),
    (Statement(property="name", value={"text": "a\0b"}), Fault.NAME),
    (Statement(property="separated", value={"text": "x", "edtf": "last spring"}), Fault.WHEN),
    (Statement(property="separated", value={"edtf": "2017"}), Fault.WHEN),
    (Statement(property="sex", value={"code": "unknown"}), Fault.SEX),
    (Statement(property="born", value={"edtf": "soon"}), Fault.BIRTH),
    (Statement(property="born", value={"edtf": 2012}), Fault.BIRTH),
    (Statement(property="born", value={"age": 7}), Fault.BIRTH),
    (Statement(property="born", value={"age": True, "as_of": "2018"}), Fault.BIRTH),
    (Statement(property="born", value={"age": 121, "as_of": "2018"}), Fault.BIRTH),
    (Statement(property="born", value={"age": -1, "as_of": "2018"}), Fault.BIRTH),
    (Statement(property="born", value={"age": 7, "as_of": "lately"}), Fault.BIRTH),
    (Statement(property="born", value={"age": 7, "as_of": "2018", "edtf": "2011"}), Fault.BIRTH),
    (Statement(property="born", value={"age": 7, "as_of": "../2018"}), Fault.BIRTH),
    (Statement(property="found_at", value={"code": "IQ-BG"}), Fault.PLACE),
    (Statement(property="mark", value={"text": ""}), Fault.TEXT),
    (Statement(property="relative", value={"text": "Мариам"}), Fault.KIN),
    (Statement(property="stay", value={"role": "held"}), Fault.STAY),
    (Statement(property="stay", value={"role": "slept", "text": "Mosul"}), Fault.STAY),
    (Statement(property="stay", value={"role": "held", "custodian": "aunt"}), Fault.STAY),
    (
        Statement(property="stay", value={"role": "held", "text": "M", "since": "soon"}),
        Fault.STAY,
    ),
    (
        Statement(
            property="stay",
            value={"role": "held", "text": "M", "since": "2018-06", "until": "2018-05"},
        ),
        Fault.STAY,
    ),
    (Statement(property="relative", value={"relation": "friend"}), Fault.KIN),
    (Statement(property="relative", value={"relation": "sibling", "life": "ill"}), Fault.KIN),
    (Statement(property="relative", value={"relation": "sibling", "text": "a\0b"}), Fault.KIN),
    (Statement(property="name", value={"text": "x"}, as_of="lately"), Fault.AS_OF),
]


@pytest.mark.parametrize("statement", FIT)
def test_fit_statement_has_no_fault(statement):
    assert fault(statement) is None


@pytest.mark.parametrize(("statement", "expected"), UNFIT)
def test_unfit_statement_has_its_fault(statement, expected):
    assert fault(statement) == expected


def test_every_shape_has_words_for_its_fault():
    assert {kind.shape.value for kind in PROPERTIES.values()} <= set(Fault)


def test_age_is_the_span_of_births_that_give_it():
    assert born_span({"age": 7, "as_of": "2018-12-30"}) == (date(2010, 12, 31), date(2011, 12, 30))


def test_age_counted_on_a_leap_day_reaches_back_to_february():
    assert born_span({"age": 1, "as_of": "2016-02-29"}) == (date(2014, 3, 1), date(2015, 2, 28))


@given(st.integers(0, 17), st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_age_and_birth_agree(age, as_of):
    first, last = born_span({"age": age, "as_of": as_of.isoformat()})

    def years(born):
        return as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))

    assert {years(first), years(last)} == {age}


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_a_stay_ends_no_sooner_than_it_began(since, until):
    assert dates_fit(since.isoformat(), until.isoformat()) == (since <= until)
    assert dates_fit(str(since.year), until.isoformat()) == (since.year <= until.year)
    assert dates_fit("", until.isoformat())
    assert dates_fit(since.isoformat(), "")


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ({"role": "held"}, None),
        (
            {"role": "held", "since": "2018-05", "until": "2018-07-02"},
            ("2018-05-01", "2018-05-31", "2018-07-02", "2018-07-02"),
        ),
        (
            {"role": "held", "since": "2018-05-03"},
            ("2018-05-03", "2018-05-03", "2018-05-03", "2019-01-02"),
        ),
        (
            {"role": "held", "since": "2020"},  # a day that is still to come
            ("2020-01-01", "2020-12-31", "2020-12-31", "2020-12-31"),
        ),
        (
            {"role": "found", "since": "2018-05-03"},
            ("2018-05-03", "2018-05-03", "2018-05-03", "2018-05-03"),
        ),
        (
            {"role": "held", "until": "2018-05"},
            ("2018-05-01", "2018-05-31", "2018-05-31", "2018-05-31"),
        ),
    ],
)
def test_days_of_a_stay_are_those_it_can_have_begun_and_ended(value, days):
    found = stay_days(value, date(2019, 1, 2))

    assert (found and tuple(day.isoformat() for day in found)) == days


def test_profile_sets_contradictions_side_by_side():
    girl, boy, again = (
        said("sex", code="female"),
        said("sex", code="male"),
        said("sex", code="male"),
    )

    fact = profile([girl, boy, again])["sex"]

    assert fact.contradicted
    assert [saying.statements for saying in fact.sayings] == [(girl,), (boy, again)]


def test_profile_keeps_what_was_corrected_apart():
    wrong = said("sex", code="female")
    right = said("sex", code="male", corrects=wrong.pk)

    fact = profile([wrong, right])["sex"]

    assert not fact.contradicted
    assert [saying.value for saying in fact.sayings] == [{"code": "male"}]
    assert fact.corrected == (wrong,)


def test_profile_tells_unknown_refused_and_not_asked_apart():
    answers = [
        said("mother", answer=Answer.UNKNOWN),
        said("mother", answer=Answer.REFUSED),
        said("mother", answer=Answer.NOT_ASKED),
    ]

    fact = profile(answers)["mother"]

    assert [saying.answer for saying in fact.sayings] == ["unknown", "refused", "not_asked"]
    assert fact.known == ()
    assert not fact.contradicted


def test_names_in_several_scripts_do_not_contradict():
    fact = profile([said("name", text="رسلان"), said("name", text="Руслан")])["name"]

    assert not fact.contradicted
    assert len(fact.known) == 2


def test_the_same_text_in_other_letters_is_one_saying():
    fact = profile([said("name", text="Ruslan  Test"), said("name", text="ruslan test")])["name"]

    assert len(fact.sayings) == 1


def test_places_are_the_same_by_their_code():
    told = [
        said("place_of_birth", text="Грозный", code="RU-CE:grozny"),
        said("place_of_birth", text="غروزني", code="RU-CE:grozny"),
    ]

    assert not profile(told)["place_of_birth"].contradicted


@pytest.mark.parametrize(
    ("births", "contradicted"),
    [
        ([{"edtf": "2012"}, {"edtf": "2012-05"}], False),
        ([{"edtf": "2012"}, {"age": 6, "as_of": "2018-12-30"}], False),
        ([{"edtf": "2012"}, {"edtf": "2015"}], True),
        ([{"edtf": "2012"}], False),
        ([], False),
    ],
)
def test_births_contradict_when_no_day_fits_all(births, contradicted):
    told = [said("born", **value) for value in births] or [said("born", answer=Answer.UNKNOWN)]

    assert profile(told)["born"].contradicted == contradicted


def test_profile_follows_the_order_of_the_catalogue():
    told = [said("mark", text="scar"), said("name", text="Руслан"), said("sex", code="male")]

    assert list(profile(told)) == ["name", "sex", "mark"]


def test_profile_of_nothing_is_empty():
    assert profile([]) == {}
