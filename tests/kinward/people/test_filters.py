from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from kinward.people.templatetags import people as filters


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The clock is the world, not code of ours."""
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: datetime(2019, 1, 2, 12, 0, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"edtf": "2012-05-30"}, "6 years old"),
        ({"edtf": "2017-06-01"}, "1 year old"),
        ({"edtf": "2012"}, "6 to 7 years old"),
        ({"age": 6, "as_of": "2018-12-30"}, "6 to 7 years old"),
        ({"edtf": "2030"}, "0 years old"),
        ({"edtf": "no date"}, ""),
    ],
)
def test_age_today_is_a_span_where_the_birth_is_one(value, words):
    with override("en"):
        assert filters.age_today(value) == words


@pytest.mark.parametrize(
    ("born", "years"), [(date(2012, 1, 2), 7), (date(2012, 1, 3), 6), (date(2012, 12, 31), 6)]
)
def test_whole_years_are_completed_years(born, years):
    assert filters.whole_years(born, date(2019, 1, 2)) == years


def test_reading_is_empty_for_latin_letters():
    assert filters.reading("Ruslan") == ""
    assert filters.reading("Руслан") == "Ruslan"


def test_profile_of_an_unknown_person_is_empty():
    assert filters.profile_of({}, "nobody") == {}
    assert filters.names({}) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("value", "language", "name"),
    [
        ({"text": "الموصل", "code": "IQ-NI:mosul"}, "en", "Mosul"),
        ({"text": "الموصل", "code": "IQ-NI:mosul"}, "ru", "Мосул"),
        ({"text": "Mosul", "code": "IQ-NI:mosul"}, "en", ""),
        ({"text": "a village"}, "en", ""),
        ({"text": "a village", "code": "XX-YY"}, "en", "XX-YY"),
    ],
)
def test_place_is_called_as_the_gazetteer_calls_it(value, language, name):
    with override(language):
        assert filters.place_name(value) == name


@pytest.mark.django_db
def test_place_is_looked_up_once(django_assert_num_queries):
    with override("ar"):
        filters.place_name({"text": "Dagestan", "code": "RU-DA"})

        with django_assert_num_queries(0):
            again = filters.place_name({"text": "Dagestan", "code": "RU-DA"})

    assert again == "داغستان"
