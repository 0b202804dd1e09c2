from __future__ import annotations

import pytest

from kinward.people.forms import BirthForm
from kinward.people.properties import PROPERTIES


def born(**typed) -> BirthForm:
    return BirthForm({"answer": "not_asked", **typed}, kind=PROPERTIES["born"])


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"edtf": "2012", "age": "5", "as_of": "2018-12-30"}, "age"),
        ({"edtf": "2012", "age": "5"}, "age"),
        ({"edtf": "2012", "as_of": "2018-12-30"}, "age"),
        ({"as_of": "2018-12-30"}, "age"),
        ({"about": "on"}, "edtf"),
    ],
)
def test_nothing_typed_about_a_birth_is_dropped(typed, field):
    form = born(**typed)

    assert not form.is_valid()
    assert list(form.errors) == [field]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ({"edtf": "2012", "about": "on"}, {"edtf": "2012~"}),
        ({"age": "5", "as_of": "2018-12-30"}, {"age": 5, "as_of": "2018-12-30"}),
        ({}, {}),
    ],
)
def test_birth_is_a_date_or_an_age_on_a_day(typed, value):
    form = born(**typed)

    assert form.is_valid()
    assert form.value() == value
