from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinmatch import dates
from kinmatch.dates import Span, from_age, from_edtf
from kinmatch.errors import BadInput


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2012", date(2012, 1, 1), date(2012, 12, 31)),
        ("2012-05", date(2012, 5, 1), date(2012, 5, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2012-05-03", date(2012, 5, 3), date(2012, 5, 3)),
        (" 2012-05-03 ", date(2012, 5, 3), date(2012, 5, 3)),
        ("2012~", date(2011, 1, 1), date(2013, 12, 31)),
        ("2012?", date(2011, 1, 1), date(2013, 12, 31)),
        ("201X", date(2010, 1, 1), date(2019, 12, 31)),
        ("2012-XX", date(2012, 1, 1), date(2012, 12, 31)),
        ("2012/2014", date(2012, 1, 1), date(2014, 12, 31)),
        ("[2012,2013]", date(2012, 1, 1), date(2013, 12, 31)),
        ("2012-21", date(2012, 3, 1), date(2012, 5, 31)),
        ("2012/..", date(2012, 1, 1), date.max),
        ("2012/", date(2012, 1, 1), date.max),
        ("../2012", date.min, date(2012, 12, 31)),
        ("/2012", date.min, date(2012, 12, 31)),
    ],
)
def test_from_edtf_gives_the_days_it_can_mean(written, first, last):
    span = from_edtf(written)

    assert span == Span(first, last)


@pytest.mark.parametrize("written", ["../..", "XXXX"])
def test_from_edtf_gives_none_where_nothing_is_said(written):
    assert from_edtf(written) is None


@pytest.mark.parametrize(
    "written", ["", "foo", "2012-13", "03.05.2012", "12/05/2012", "2018-02-29"]
)
def test_from_edtf_refuses_what_is_no_date(written):
    with pytest.raises(BadInput, match=r"date|day"):
        from_edtf(written)


def test_from_edtf_refuses_an_interval_that_ends_before_it_begins():
    with pytest.raises(BadInput, match=r"ends .* before it begins"):
        from_edtf("2014/2012")


@pytest.mark.parametrize("written", ["Y-17000", "-0333"])
def test_from_edtf_holds_years_before_the_calendar_at_its_first_day(written):
    assert from_edtf(written) == Span(date.min, date.min)


def test_from_edtf_holds_years_after_the_calendar_at_its_last_day():
    assert from_edtf("Y17000") == Span(date.max, date.max)


@pytest.mark.parametrize(
    ("age", "as_of", "first", "last"),
    [
        ("7", "2018-12-30", date(2010, 12, 31), date(2011, 12, 30)),
        ("0", "2018-12-30", date(2017, 12, 31), date(2018, 12, 30)),
        ("5-7", "2018-12-30", date(2010, 12, 31), date(2013, 12, 30)),
        ("7–5", "2018-12-30", date(2010, 12, 31), date(2013, 12, 30)),
        ("7", "2018", date(2010, 1, 2), date(2011, 12, 31)),
        ("1", "2016-02-29", date(2014, 3, 1), date(2015, 2, 28)),
    ],
)
def test_from_age_gives_the_days_of_birth(age, as_of, first, last):
    span = from_age(age, from_edtf(as_of))

    assert span == Span(first, last)


@pytest.mark.parametrize("age", ["seven", "-1", "7.5", "121", "5-200", ""])
def test_from_age_refuses_what_is_no_age(age, day):
    with pytest.raises(BadInput, match="not an age"):
        from_age(age, day(2018, 12, 30))


@pytest.mark.parametrize("as_of", ["2018/..", "../2018"])
def test_from_age_needs_the_day_it_was_told_on(as_of):
    with pytest.raises(BadInput, match="needs the day"):
        from_age("7", from_edtf(as_of))


@given(st.integers(0, 120), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_from_age_covers_exactly_those_who_have_that_age(age, told):
    span = from_age(str(age), Span(told, told))

    born_too_early, born_too_late = span.first - timedelta(days=1), span.last + timedelta(days=1)
    assert [completed(day, told) for day in (span.first, span.last)] == [age, age]
    assert completed(born_too_early, told) > age
    assert completed(born_too_late, told) < age


def completed(born, told):
    """Years completed; who is born on 29 February has a birthday on the 28th in other years."""
    return told.year - born.year - ((told.month, told.day) < (born.month, born.day))


@pytest.mark.parametrize(
    "written",
    [
        "2012",
        "2012-05",
        "2012-02",
        "2012-05-03",
        "2011/2013",
        "2012-05/2012-07",
        "2012/..",
        "../2012",
        "2012-05-03/2012-06-01",
        "2012-05-03/..",
    ],
)
def test_span_as_text_is_as_short_as_edtf_allows(written):
    assert str(from_edtf(written)) == written


@given(st.dates(date(1000, 1, 1)), st.dates(date(1000, 1, 1)))
def test_span_as_text_reads_as_the_same_span(one, other):
    span = Span(min(one, other), max(one, other))

    assert from_edtf(str(span)) == span


def test_span_counts_its_days(day):
    assert day(2012, 5, 3).days == 1
    assert from_edtf("2012").days == 366


def test_span_refuses_to_end_before_it_begins():
    with pytest.raises(BadInput, match="before it begins"):
        Span(date(2012, 1, 2), date(2012, 1, 1))


@pytest.mark.parametrize(
    ("written", "day"),
    [  # days of the Umm al-Qura calendar, which a table and the sky differ from by a day or two
        ((1433, 1, 1), date(2011, 11, 26)),
        ((1440, 4, 23), date(2018, 12, 30)),
        ((1400, 9, 1), date(1980, 7, 13)),
        ((1445, 12, 29), date(2024, 7, 5)),
    ],
)
def test_hijri_day_is_within_the_days_it_can_mean(written, day):
    span = dates.from_hijri(*written)

    assert span.first <= day <= span.last
    assert span.days == 2 * dates.SIGHTED + 1


@given(st.integers(1300, 1500), st.integers(1, 12))
@settings(max_examples=50)
def test_hijri_months_follow_one_another_and_make_a_year(year, month):
    sighted = timedelta(days=dates.SIGHTED)
    whole, one = dates.from_hijri(year), dates.from_hijri(year, month)
    following = dates.from_hijri(year + month // 12, month % 12 + 1)

    assert whole.first <= one.first < one.last <= whole.last
    assert one.last - sighted + timedelta(days=1) == following.first + sighted
    assert one.days - 2 * dates.SIGHTED in {29, 30}
    assert whole.days - 2 * dates.SIGHTED in {354, 355}


@pytest.mark.parametrize("written", [(1433, 13, 1), (1433, 1, 31), (1433, 0, 5), (1433, -1, 0)])
def test_date_the_hijri_calendar_has_not_is_bad_input(written):
    with pytest.raises(BadInput, match="Hijri"):
        dates.from_hijri(*written)
