"""Births copied wrongly, told ages, marks, languages, grandparents, and what kin cannot be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.comparisons import COMPARISONS
from kinmatch.comparisons.birth import parts, slips
from kinmatch.comparisons.kinship import weeks_barred, weeks_of
from kinmatch.dates import Span, from_edtf
from kinmatch.engines import prepare
from kinmatch.records import Person

BY_NAME = {comparison.name: comparison for comparison in COMPARISONS}


def level(comparison, found, sought):
    population = prepare([Person(id="F", **found)], [Person(id="S", **sought)])
    rows = population.found_row(0).row, population.sought_rows[0].row
    return BY_NAME[comparison].level(*rows)


def span(written):
    return from_edtf(written) if written else None


@pytest.mark.parametrize(
    ("found", "sought", "expected"),
    [
        ("2010-03-12", "2010-03-12", "same_day"),
        ("2010-03-12", "2010-03-17", "slip"),
        ("2010-03-12", "2016-03-12", "slip"),
        ("2010-03-12", "2010-12-03", "slip"),
        ("2010-03-12", "2010-04-13", "same_month"),
        ("2010-03-12", "1994-03-12", "two_parts"),
        ("2010-03-12", "2010-11-25", "one_year_apart"),
        ("2010-03-12", "2010", "same_year"),
        ("2010-03-12", "2005/2015", "meet"),
        ("2010-03-12", "2002-07-25", "different"),
        ("2010-03-12", None, "unknown"),
    ],
)
def test_birth_knows_a_slip_of_the_pen(found, sought, expected):
    assert level("birth", {"born": span(found)}, {"born": span(sought)}) == expected
    assert level("birth", {"born": span(sought)}, {"born": span(found)}) == expected


@given(st.dates(date(1900, 1, 1)), st.integers(0, 7), st.integers(0, 9))
def test_a_day_with_one_digit_changed_is_a_slip_of_it(day, place, digit):
    written = day.isoformat().replace("-", "")
    changed = written[:place] + str(digit) + written[place + 1 :]
    try:
        other = date(int(changed[:4]), int(changed[4:6]), int(changed[6:]))
    except ValueError:
        return

    assert slips(day, day) & slips(other, other)


def test_a_span_of_several_days_has_no_slips():
    year = from_edtf("2010")

    assert slips(year.first, year.last) == parts(year.first, year.last) == frozenset()


@pytest.mark.parametrize(
    ("found", "sought", "expected"),
    [
        ("2010", "2010", "meet"),
        ("2010", "2011", "one_year_apart"),
        ("2010", "2012-12", "two_years_apart"),
        ("2010", "2015", "few_years_apart"),
        ("2010", "2020", "different"),
        ("2010", None, "unknown"),
    ],
)
def test_told_ages_are_compared_apart_from_dates(found, sought, expected):
    assert level("age", {"told": span(found)}, {"told": span(sought)}) == expected


@pytest.mark.parametrize(
    ("comparison", "found", "sought", "expected"),
    [
        ("marks", ["scar on the left hand"], ["Left hand scarred"], "two_words"),
        ("marks", ["birthmark"], ["a birthmark below the eye"], "one_word"),
        ("marks", ["scar"], ["burn"], "different"),
        ("marks", ["scar"], [], "unknown"),
        ("languages", ["Chechen", "Arabic"], ["chechen"], "same"),
        ("languages", ["Chechen"], ["Arabic"], "different"),
        ("languages", [], ["Arabic"], "unknown"),
        ("grandparents", ["Ахмед"], ["أحمد"], "same"),
        ("grandparents", ["Ибрагим", "Заира"], ["Заира"], "same_rare"),
        ("grandparents", ["Ибрагим"], ["Заира"], "different"),
        ("grandparents", ["Ибрагим"], [], "unknown"),
    ],
)
def test_what_a_list_of_words_says(comparison, found, sought, expected):
    told = level(comparison, {comparison: tuple(found)}, {comparison: tuple(sought)})

    if comparison == "grandparents" and expected.startswith("same"):
        assert told in {"same", "same_rare"}
    else:
        assert told == expected


def test_names_kept_apart_are_the_names():
    found = {"given": ("Mary Ann",), "family": ("Tester",)}

    assert level("given", found, {"names": ("Ann Tester",)}).startswith("same")
    assert level("family", found, {"names": ("Ann Tester",)}).startswith("same")
    assert Person(id="1", **found).called == ("Mary Ann Tester",)
    assert Person(id="1").called == ()


def test_an_initial_is_no_name_that_two_have_in_common():
    found, sought = {"given": ("J",), "family": ("Tester",)}, {"given": ("J",)}

    assert level("given", found, sought) == "unknown"


@pytest.mark.parametrize(
    ("found", "sought", "expected"),
    [
        ({"born": "2010"}, {"mother_born": "1999"}, "impossible"),
        ({"born": "2010"}, {"mother_born": "1990"}, "possible"),
        ({"mother_born": "2000"}, {"born": "2010"}, "impossible"),
        ({"born": "2011"}, {"mother_born": "1948"}, "impossible"),
        ({"mother_born": "1948"}, {"born": "2011"}, "impossible"),
        ({"born": "2011"}, {"mother_born": "1958"}, "possible"),
        ({"born": "2011"}, {"mother_born": "1940/1990"}, "possible"),
        ({"born": "2010-06-01"}, {"father_died": "2009-05"}, "impossible"),
        ({"born": "2010-06-01"}, {"father_died": "2009-11"}, "possible"),
        ({"born": "2010-06-01"}, {"born": "2010-06-01"}, "unknown"),
        ({"mother_born": "1990"}, {"mother_born": "1990"}, "unknown"),
        ({"born": "2010/2020"}, {"mother_born": "1985/2005"}, "possible"),
    ],
)
def test_what_cannot_be_among_kin(found, sought, expected):
    sides = [
        {column: span(written) for column, written in side.items()} for side in (found, sought)
    ]

    assert level("kinship", *sides) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "possible"), (5, "possible"), (60, "impossible"), (146, "impossible"), (290, "possible")],
)
def test_births_of_one_mother_cannot_be_close(days, expected):
    first = date(2012, 3, 1)
    other = Span(
        date.fromordinal(first.toordinal() + days), date.fromordinal(first.toordinal() + days)
    )

    told = level("kinship", {"born": Span(first, first)}, {"sibling_births": (other,)})

    assert told == expected


def test_a_birth_known_to_the_year_bars_nothing():
    assert weeks_barred([from_edtf("2012")]) == frozenset() == weeks_of(from_edtf("2012"))
    assert weeks_of(None) == frozenset()
