from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch import explain
from kinward.tracing.models import Opinion, Verdict
from kinward.tracing.rules import Band, band, comes_back, may_see_opinions, verdict

SAME, NOT_SAME, CANNOT_TELL = Opinion.SAME, Opinion.NOT_SAME, Opinion.CANNOT_TELL


@pytest.mark.parametrize(
    ("opinions", "expected"),
    [
        ([], Verdict.OPEN),
        ([SAME], Verdict.OPEN),
        ([NOT_SAME], Verdict.OPEN),
        ([CANNOT_TELL, CANNOT_TELL], Verdict.OPEN),
        ([SAME, CANNOT_TELL], Verdict.OPEN),
        ([SAME, SAME], Verdict.CONFIRMED),
        ([NOT_SAME, NOT_SAME], Verdict.REJECTED),
        ([SAME, CANNOT_TELL, SAME], Verdict.CONFIRMED),
        ([SAME, NOT_SAME], Verdict.DISPUTED),
        ([SAME, NOT_SAME, CANNOT_TELL], Verdict.DISPUTED),
        ([SAME, NOT_SAME, SAME], Verdict.CONFIRMED),
        ([SAME, NOT_SAME, NOT_SAME], Verdict.REJECTED),
        ([SAME, SAME, NOT_SAME, NOT_SAME], Verdict.DISPUTED),
    ],
)
def test_verdict_is_settled_by_two_who_agree(opinions, expected):
    assert {verdict(order) for order in permutations(opinions)} == {expected}


@given(st.lists(st.sampled_from(list(Opinion)), max_size=6))
def test_verdict_turns_round_with_the_opinions(opinions):
    turned = {SAME: NOT_SAME, NOT_SAME: SAME, CANNOT_TELL: CANNOT_TELL}
    opposite = {
        Verdict.CONFIRMED: Verdict.REJECTED,
        Verdict.REJECTED: Verdict.CONFIRMED,
        Verdict.OPEN: Verdict.OPEN,
        Verdict.DISPUTED: Verdict.DISPUTED,
    }

    assert verdict(turned[each] for each in opinions) == opposite[verdict(opinions)]


@pytest.mark.parametrize(
    ("current", "gave_own", "seen"),
    [
        (Verdict.OPEN, False, False),
        (Verdict.DISPUTED, False, False),
        (Verdict.OPEN, True, True),
        (Verdict.DISPUTED, True, True),
        (Verdict.CONFIRMED, False, True),
        (Verdict.REJECTED, False, True),
    ],
)
def test_opinions_are_seen_after_the_own_one_or_at_the_end(current, gave_own, seen):
    assert may_see_opinions(current, gave_own=gave_own) == seen


@pytest.mark.parametrize(
    ("probability", "expected"),
    [
        (1.0, Band.VERY_LIKELY),
        (0.95, Band.VERY_LIKELY),
        (0.949, Band.LIKELY),
        (0.8, Band.LIKELY),
        (0.799, Band.POSSIBLE),
        (0.3, Band.POSSIBLE),
        (0.299, Band.NOT_CREDIBLE),
        (0.0, Band.NOT_CREDIBLE),
    ],
)
def test_band_puts_a_probability_into_words(probability, expected):
    assert band(probability) == expected


@given(st.floats(0, 1))
def test_bands_are_those_of_the_library(probability):
    assert band(probability).value == explain.band(probability).value


@pytest.mark.parametrize(
    ("judged", "now", "probability", "expected"),
    [(2.0, 5.0, 0.9, True), (2.0, 4.9, 0.9, False), (-9.0, 0.0, 0.29, False)],
)
def test_pair_told_apart_comes_back_from_three_bits_on(judged, now, probability, expected):
    assert comes_back(judged=judged, now=now, probability=probability) == expected
