"""What a child is still due, by what is recommended for those who were vaccinated late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.health.rules import State, catch_up, is_for, labels, vaccines
from kinward.health.rules.vaccines import counting, due

TODAY = date(2018, 12, 30)
FIVE = date(2013, 12, 1)
codes = st.sampled_from(sorted(vaccines()))


def ago(**told):
    return TODAY - timedelta(**told)


@pytest.mark.parametrize(
    ("code", "born", "given", "state", "next_of"),
    [
        ("measles", FIVE, [], State.NOW, (1, 2)),
        ("measles", FIVE, [ago(days=20)], State.LATER, (2, 2)),
        ("measles", FIVE, [ago(days=400)], State.NOW, (2, 2)),
        ("measles", FIVE, [ago(days=400), ago(days=360)], State.COMPLETE, (3, 2)),
        ("measles", ago(days=100), [], State.LATER, (1, 2)),
        ("hib", FIVE, [], State.NOT_ANY_MORE, (1, 1)),
        ("hib", ago(days=800), [], State.NOW, (1, 1)),
        ("hib", ago(days=100), [], State.NOW, (1, 3)),
        ("pneumococcal", ago(days=500), [], State.NOW, (1, 2)),
        ("dtp", FIVE, [ago(days=100), ago(days=60)], State.LATER, (3, 3)),
        ("dtp", FIVE, [ago(days=300), ago(days=250)], State.NOW, (3, 3)),
        ("rotavirus", ago(days=800), [], State.NOT_ANY_MORE, (1, 2)),
    ],
)
def test_what_is_due_follows_from_age_and_doses(code, born, given, state, next_of):
    found = due(vaccines()[code], given, born, TODAY)

    assert (found.state, (found.next, found.of)) == (state, next_of)


def test_day_of_the_next_dose_keeps_its_distance():
    found = due(vaccines()["dtp"], [ago(days=100), ago(days=60)], FIVE, TODAY)

    assert found.on == ago(days=60) + timedelta(days=182)


def test_series_begun_in_time_is_gone_on_with_and_not_made_longer():
    born = ago(days=800)

    found = due(vaccines()["hib"], [born + timedelta(days=60)], born, TODAY)

    assert (found.state, found.counted, found.of) == (State.NOW, 1, 2)  # one is left, not two


def test_dose_too_early_or_too_soon_does_not_count():
    early, first = FIVE + timedelta(days=200), FIVE + timedelta(days=300)
    soon, second = first + timedelta(days=10), first + timedelta(days=28)

    assert counting(vaccines()["measles"], [second, soon, first, early], FIVE) == [first, second]


def test_what_depends_on_the_age_is_said_for_both():
    young, old = catch_up(vaccines()["hib"], [], (FIVE, ago(days=400)), TODAY)

    assert (young.state, old.state) == (State.NOW, State.NOT_ANY_MORE)


@given(code=codes, days=st.lists(st.integers(0, 3_000), max_size=6), age=st.integers(0, 6_000))
def test_one_more_dose_never_makes_more_due(code, days, age):
    born = ago(days=age)
    given_on = sorted({ago(days=each) for each in days if each <= age})
    before = due(vaccines()[code], given_on[:-1], born, TODAY)
    after = due(vaccines()[code], given_on, born, TODAY)

    assert after.of - after.counted <= before.of - before.counted
    assert 0 <= after.counted <= len(given_on)
    assert after.on is None or after.on >= TODAY


@given(code=codes, age=st.integers(0, 6_000), wide=st.integers(0, 800))
def test_span_of_births_says_one_thing_or_two(code, age, wide):
    first = ago(days=age + wide)

    found = catch_up(vaccines()[code], [], (first, ago(days=age)), TODAY)

    assert [due(vaccines()[code], [], day, TODAY) for day in (ago(days=age), first)] in (
        list(found),
        [*found, *found],
    )


def test_open_span_begins_with_the_oldest_that_can_be():
    (only,) = catch_up(vaccines()["measles"], [], (date.min, FIVE), TODAY)

    assert only.state == State.NOW


def test_vaccine_for_girls_is_for_who_may_be_one():
    hpv = vaccines()["hpv"]

    assert [is_for(hpv, sexes) for sexes in (["female"], [], ["male"], ["male", "female"])] == [
        True,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize("name", ["vaccine", "screening"])
def test_every_code_has_words_in_every_language(name):
    for words in labels(name).values():
        assert set(words) == {"en", "ru", "ar"}
        assert all(words.values())


def test_every_series_has_a_distance_between_its_doses():
    for vaccine in vaccines().values():
        assert [each.from_months for each in vaccine.series] == sorted(
            {each.from_months for each in vaccine.series}
        )
        assert all(len(each.gaps) == each.doses - 1 for each in vaccine.series)
