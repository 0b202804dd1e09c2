from __future__ import annotations

import pytest

from kinmatch.dates import from_edtf
from kinmatch.errors import BadInput
from kinmatch.records import Sex, cells


@pytest.mark.parametrize("cell", ["", " ", "?", "-", "Unknown", "неизвестно", "غير معروف", "مجهول"])
def test_known_reads_unknown_in_words_as_empty(cell):
    assert cells.known(cell) == ""


def test_several_reads_each_value_once_and_in_order():
    assert cells.several("Амина | Aminat||unknown|Амина") == ("Амина", "Aminat")


@pytest.mark.parametrize(
    ("cell", "sex"),
    [
        ("female", Sex.FEMALE),
        ("F", Sex.FEMALE),
        ("Ж", Sex.FEMALE),
        ("أنثى", Sex.FEMALE),
        ("male", Sex.MALE),
        ("м", Sex.MALE),
        ("ذكر", Sex.MALE),
        ("", None),
        ("unknown", None),
    ],
)
def test_sex_reads_the_words_of_three_languages(cell, sex):
    assert cells.sex(cell) is sex


def test_sex_refuses_another_word():
    with pytest.raises(BadInput, match="expected female or male"):
        cells.sex("x")


@pytest.mark.parametrize("cell", ["2012", "٢٠١٢", "۲۰۱۲"])
def test_edtf_reads_arabic_and_persian_digits(cell):
    assert cells.edtf(cell) == from_edtf("2012")


def test_edtf_reads_an_empty_cell_as_none():
    assert cells.edtf(" ") is None


def test_age_reads_arabic_digits_with_the_day_beside_it(day):
    assert cells.age("٧", day(2018, 12, 31)) == from_edtf("2011")


def test_age_reads_an_empty_cell_as_none():
    assert cells.age("", None) is None


def test_age_needs_the_day_it_was_told_on():
    with pytest.raises(BadInput, match="in the column age_as_of"):
        cells.age("7", None)
