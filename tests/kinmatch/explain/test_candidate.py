from __future__ import annotations

import pytest

from kinmatch.comparisons import COMPARISONS
from kinmatch.explain import Band, band, written
from kinmatch.link import link


@pytest.mark.parametrize(
    ("probability", "called"),
    [
        (1.0, Band.VERY_LIKELY),
        (0.95, Band.VERY_LIKELY),
        (0.9499, Band.LIKELY),
        (0.8, Band.LIKELY),
        (0.7999, Band.POSSIBLE),
        (0.3, Band.POSSIBLE),
        (0.2999, Band.NOT_CREDIBLE),
        (0.0, Band.NOT_CREDIBLE),
    ],
)
def test_band_is_absolute(probability, called):
    assert band(probability) is called


@pytest.mark.parametrize(
    ("comparison", "text"),
    [
        ("given", "Дауд Тимурович Образцов / داود"),
        ("father", "Тимур / Тимурович"),
        ("mother", "Мадина"),
        ("siblings", "Заур / Карим"),
        ("family", "Образцов"),
        ("birth", "2012"),
        ("sex", "male"),
        ("place", "Мосул"),
    ],
)
def test_written_shows_what_the_record_says(person, comparison, text):
    one = person(
        names=("Дауд Тимурович Образцов", "داود"),
        father="Тимур",
        mother="Мадина",
        siblings=("Заур", "Карим"),
        born="2012",
        sex="male",
        places="Мосул",
    )

    assert written(one, comparison) == text


@pytest.mark.parametrize("comparison", [comparison.name for comparison in COMPARISONS])
def test_written_is_empty_where_the_record_says_nothing(person, comparison):
    assert written(person(), comparison) == ""


def test_written_shows_the_last_name_where_a_father_may_stand_in_it(person):
    assert written(person(names="Дауд Тимуров"), "father") == "Тимуров"


def test_reasons_come_strongest_first_whether_for_or_against(found, sought):
    candidate = link(found, sought, engine="reference").candidates[0]

    sizes = [abs(reason.bits) for reason in candidate.reasons]

    assert sizes == sorted(sizes, reverse=True)
