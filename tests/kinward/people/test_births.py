from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinward.people import births
from kinward.people.births import Unread, aged_in, born_in
from kinward.people.listing import Told, read_row
from kinward.people.values import birth_fits, born_span

YEAR_1433 = "2011-11-25/2012-11-16"
DAY = "2018-12-30"


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("1433", YEAR_1433),
        ("١٤٣٣هـ", YEAR_1433),
        ("1433 AH", YEAR_1433),
        ("1433 г.х.", YEAR_1433),
        ("1391 هـ", "1971-02-25/1972-02-17"),
        ("1433/09", "2012-07-18/2012-08-20"),
        ("رمضان 1433", "2012-07-18/2012-08-20"),
        ("12/05/1433", "2012-04-02/2012-04-06"),
        ("12.5.1433 هـ", "2012-04-02/2012-04-06"),
        ("12 رجب 1433", "2012-05-31/2012-06-04"),
        ("12 Раджаб 1433", "2012-05-31/2012-06-04"),
        ("12 Rajab 1433", "2012-05-31/2012-06-04"),
    ],
)
def test_hijri_date_becomes_days_of_ours_and_is_kept_as_it_was_written(cell, edtf):
    assert born_in(cell) == {"edtf": edtf, "written": cell}
    assert birth_fits(born_in(cell))


@pytest.mark.parametrize("cell", ["2012", "2012-05", "1.2.2012"])
def test_date_of_ours_is_no_hijri_date(cell):
    assert "written" not in born_in(cell)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("1391", births.TWO_CALENDARS),
        ("1391 ش", births.SOLAR_DATE),
        ("1391 هـ.ش", births.SOLAR_DATE),
        ("1433-13-01", births.NO_SUCH_HIJRI),
        ("31/01/1433", births.NO_SUCH_HIJRI),
        ("2012 هـ", births.NO_SUCH_HIJRI),
        ("03/04/2012", births.TWO_WAYS),
    ],
)
def test_date_that_may_mean_something_else_is_not_read(cell, words):
    with pytest.raises(Unread) as wrong:
        born_in(cell)

    assert wrong.value.words == words


@pytest.mark.parametrize(
    "cell",
    [
        "5-7",
        "5–7 лет",
        "от 5 до 7",
        "7 to 5 years",
        "between 5 and 7",
        "بين 5 و 7",
        "من ٥ إلى ٧ سنوات",
    ],
)
def test_range_of_ages_is_read_in_three_languages(cell):
    assert aged_in(cell, DAY) == {"age": 5, "age_to": 7, "as_of": DAY}


@pytest.mark.parametrize("cell", ["8 months", "5-6-7", "young", "٨ أشهر"])
def test_what_is_no_age_in_whole_years_is_not_read(cell):
    with pytest.raises(Unread, match="no age in whole years"):
        aged_in(cell, DAY)


@given(st.integers(0, 100), st.integers(0, 19))
@settings(max_examples=30)
def test_range_of_ages_covers_the_days_of_each_age(age, more):
    span = born_span({"age": age, "age_to": age + more, "as_of": DAY})

    youngest = born_span({"age": age, "as_of": DAY})
    oldest = born_span({"age": age + more, "as_of": DAY})
    assert span == (oldest[0], youngest[1])


@pytest.mark.parametrize(
    "value",
    [
        {"age": 7, "age_to": 5, "as_of": DAY},
        {"age": 5, "age_to": "7", "as_of": DAY},
        {"age": 5, "written": "5", "as_of": DAY},
        {"edtf": "2012", "written": 2012},
    ],
)
def test_birth_of_odd_parts_does_not_fit(value):
    assert not birth_fits(value)


def test_row_with_a_hijri_date_and_one_with_a_range_are_read_or_say_why():
    told = Told(as_of=DAY)
    hijri = read_row(["رسلان", "1433 هـ"], ["name", "born"], told)
    aged = read_row(["رسلان", "5-7"], ["name", "age"], told)
    wrong = read_row(["رسلان", "1391"], ["name", "born"], told)
    undated = read_row(["رسلان", "5-7"], ["name", "age"], Told())

    assert hijri.first("born") == {"edtf": YEAR_1433, "written": "1433 هـ"}
    assert aged.first("born") == {"age": 5, "age_to": 7, "as_of": DAY}
    assert [(one.column, one.words) for one in wrong.wrong] == [(1, births.TWO_CALENDARS)]
    assert [(one.column, one.words) for one in undated.wrong] == [(1, births.NO_DAY)]
