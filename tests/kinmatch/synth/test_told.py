# ruff: noqa: S311 (made-up data, nothing to protect)
from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.dates import from_edtf
from kinmatch.synth import Parameters
from kinmatch.synth.chance import Noting
from kinmatch.synth.households import family
from kinmatch.synth.told import hijri_in_ours, registered, remembered

CHILD = family(Random(1), 0, Parameters()).children[0]
DAY = date(2018, 12, 1)
MANY = 300
CLEAR = replace(
    Parameters(),
    born_known=0.0,
    hijri=0.0,
    approximate=0.0,
    age_error=0.0,
    age_error_growth=0.0,
    first_of_january=0.0,
    year_only=0.0,
    born_about=0.0,
    born_unknown=0.0,
    born_slip=0.0,
)


def put_down(born, **circumstances):
    noting = Noting(Random(1))
    child = replace(CHILD, born=born)
    return [registered(noting, replace(CLEAR, **circumstances), child, DAY) for _ in range(MANY)]


def told(born, **circumstances):
    noting = Noting(Random(1))
    child = replace(CHILD, born=born)
    return {remembered(noting, replace(CLEAR, **circumstances), child) for _ in range(MANY)}


def test_age_is_the_years_completed_where_nobody_errs():
    assert {(one.age, one.as_of, one.born) for one in put_down(date(2010, 3, 4))} == {
        ("8", "2018-12-01", "")
    }


def test_age_is_never_below_nought():
    ages = {int(one.age) for one in put_down(date(2018, 6, 1), age_error=10.0)}

    assert min(ages) == 0
    assert max(ages) > 5


def test_ages_of_older_children_are_guessed_worse():
    def spread(born):
        years = (DAY - born).days / 365.25
        ages = [int(one.age) - years for one in put_down(born, age_error_growth=0.2)]
        return sum(abs(age - sum(ages) / MANY) for age in ages) / MANY

    assert spread(date(2006, 1, 1)) > 2 * spread(date(2014, 1, 1))


def test_documents_say_the_day_or_the_first_of_january():
    born = date(2010, 3, 4)

    assert {one.born for one in put_down(born, born_known=1.0)} == {"2010-03-04"}
    january = put_down(born, born_known=1.0, first_of_january=1.0)
    assert {one.born for one in january} == {"2010-01-01"}


def test_hijri_years_are_written_as_years_of_ours():
    assert {one.born for one in put_down(date(2012, 6, 22), hijri=1.0)} == {"2011"}
    assert {one.born for one in put_down(date(2012, 12, 22), hijri=1.0)} == {"2012"}


@pytest.mark.parametrize(
    ("day", "year"),
    [
        # 1 Muharram of 1433, 1434, 1440 fell on 26 November 2011, 15 November 2012 and
        # 11 September 2018.
        (date(2011, 11, 20), 2010),
        (date(2011, 12, 1), 2011),
        (date(2012, 11, 10), 2011),
        (date(2012, 11, 20), 2012),
        (date(2018, 9, 5), 2017),
        (date(2018, 9, 16), 2018),
    ],
)
def test_hijri_year_begins_on_the_day_it_began(day, year):
    assert hijri_in_ours(day) == year


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_hijri_year_is_of_this_year_or_the_last(day):
    assert hijri_in_ours(day) in {day.year, day.year - 1}


def test_ages_are_written_as_a_year_about():
    assert {one.born for one in put_down(date(2010, 3, 4), approximate=1.0)} == {"2010~"}


@pytest.mark.parametrize(
    ("circumstance", "expected"),
    [
        ({}, {"2012-02-29"}),
        ({"year_only": 1.0}, {"2012"}),
        ({"born_about": 1.0}, {"2012~"}),
        ({"born_unknown": 1.0}, {""}),
        ({"born_slip": 1.0}, {"2011-02-28", "2013-02-28"}),
        ({"born_slip": 1.0, "year_only": 1.0}, {"2011", "2013"}),
    ],
)
def test_relatives_know_the_day_the_year_about_or_nothing(circumstance, expected):
    assert told(date(2012, 2, 29), **circumstance) == expected


def test_nobody_remembers_a_birth_to_come():
    assert told(date(2018, 3, 4), born_slip=1.0) == {"2017-03-04"}


@given(st.integers(0, 10_000))
def test_everything_told_can_be_read(seed):
    noting = Noting(Random(seed))
    shape = replace(Parameters(), hijri=0.3, approximate=0.3, born_slip=0.3)

    for cell in (registered(noting, shape, CHILD, DAY).born, remembered(noting, shape, CHILD)):
        assert cell == "" or from_edtf(cell) is not None
