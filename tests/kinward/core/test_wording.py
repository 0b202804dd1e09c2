from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import engines
from django.utils.translation import override

from kinward.core import wording


def rendered(source: str, **context) -> str:
    return engines["django"].from_string("{% load wording %}" + source).render(context)


@pytest.mark.parametrize(
    ("language", "written"), [("en", "1,234.5"), ("ru", "1\xa0234,5"), ("ar", "1,234.5")]
)
def test_number_is_grouped_as_the_language_has_it(language, written):
    with override(language):
        assert wording.number(1234.5, 1) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(6.56, "+6.6"), (-2.4, "\u22122.4"), (0.04, "0.0"), (-0.04, "0.0"), (0.98, "+1.0")],
)
def test_signed_shows_the_sign_of_what_is_shown(value, written):
    with override("en"):
        assert wording.signed(value) == f"\u2066{written}\u2069"


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.0, "0%"),
        (0.004, "less than 1%"),
        (0.5, "50%"),
        (0.987, "99%"),
        (0.9987, "more than 99%"),
        (1.0, "100%"),
    ],
)
def test_percent_never_rounds_to_certainty(share, written):
    with override("en"):
        assert wording.percent(share) == written


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2012", "2012"),
        ("2012-05", "May 2012"),
        ("2018-12-30", "30 December 2018"),
        ("2012~", "about 2012"),
        ("2012-05%", "about May 2012"),
        ("2012?", "perhaps 2012"),
        ("201X", "between 2010 and 2019"),
        ("2012/2014~", "between 2012 and 2014"),
        ("[2012, 2013]", "2012 or 2013"),
        ("2012-13", "2012-13"),
        ("no date", "no date"),
    ],
)
def test_written_date_is_said_as_people_say_it(written, words):
    with override("en"):
        assert wording.written_date(written) == words


def test_day_and_listed_follow_the_language():
    with override("ru"):
        assert wording.day(date(2018, 12, 30)) == "30 декабря 2018\u202fг."
        assert wording.listed(["A", "B", "C"]) == "A, B и C"


def test_moment_is_in_the_time_zone_in_use():
    with override("en"):
        assert wording.moment(datetime(2019, 1, 2, 9, 30, tzinfo=UTC)) == "2 Jan 2019, 09:30"


def test_ago_names_the_largest_unit():
    now = datetime(2019, 1, 5, tzinfo=UTC)

    with override("en"):
        assert wording.ago(datetime(2019, 1, 2, tzinfo=UTC), now=now) == "3 days ago"


def test_locale_falls_back_to_english_without_a_language():
    with override(None):
        assert str(wording.locale()) == "en_GB"


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ru", "ltr"), ("ar", "rtl")])
def test_page_direction_follows_the_language(language, direction):
    with override(language):
        assert rendered("{% page_direction %}") == direction


def test_filters_keep_the_exact_form_beside_the_said_one():
    moment = datetime(2019, 1, 2, 9, 30, tzinfo=UTC)

    with override("en"):
        shown = rendered(
            "{{ moment|moment }} {{ moment|ago }} {{ '2012~'|written_date }}", moment=moment
        )

    assert 'datetime="2019-01-02T09:30+00:00" title="2019-01-02T09:30+00:00"' in shown
    assert "years ago</time>" in shown
    assert '<time title="2012~">about 2012</time>' in shown


@pytest.mark.parametrize(
    ("path", "section", "state"),
    [
        ("/children/", "/children/", "page"),
        ("/children/x/", "/children/", "true"),
        ("/requests/", "/children/", ""),
        ("/children/", "/", ""),
    ],
)
def test_place_under_tells_the_current_section(path, section, state):
    assert rendered("{{ path|place_under:section }}", path=path, section=section) == state


@pytest.mark.parametrize(
    ("text", "direction"),
    [("Руслан رسلان", "ltr"), ("رسلان Ruslan", "rtl"), ("12: שלום", "rtl"), ("12.", ""), ("", "")],
)
def test_text_runs_as_its_first_letter_does(text, direction):
    assert wording.direction_of(text) == direction


def test_each_line_of_a_text_has_its_own_direction():
    shown = rendered("{{ said|each_line }}", said="أريد.\n\nI <want>.")

    assert shown == (
        '<div dir="rtl">أريد.</div><div dir="">\u00a0</div><div dir="ltr">I &lt;want&gt;.</div>'
    )


def test_language_is_called_as_the_reader_calls_it():
    with override("ru"):
        assert wording.language_name("ar") == "арабский"
        assert wording.language_name("xx") == "xx"
