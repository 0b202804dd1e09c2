from __future__ import annotations

from datetime import date

import pytest

from kinward.people.naming import days_born, days_of


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2012", (date(2012, 1, 1), date(2012, 12, 31))),
        ("2012-02", (date(2012, 2, 1), date(2012, 2, 29))),
        ("2012/2014", (date(2012, 1, 1), date(2014, 12, 31))),
        ("../2014", (date.min, date(2014, 12, 31))),
        ("2014/..", (date(2014, 1, 1), date.max)),
        ("", None),
        ("yesterday", None),
    ],
)
def test_days_are_every_day_a_date_can_mean(edtf, expected):
    assert days_of(edtf) == expected


@pytest.mark.parametrize(
    ("age", "as_of"),
    [(7, ""), (7, "yesterday"), (7, "../2018"), (121, "2018-12-30"), (-1, "2018-12-30")],
)
def test_age_that_cannot_be_gives_no_days(age, as_of):
    assert days_born(age, as_of) is None


def test_age_on_a_day_gives_the_days_of_birth():
    assert days_born(0, "2018-12-30") == (date(2017, 12, 31), date(2018, 12, 30))
