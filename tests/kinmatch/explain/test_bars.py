from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.explain import LANGUAGES, Candidate, Kind, Reason, waterfall
from kinmatch.explain.candidate import DIGITS
from kinmatch.link import link
from kinmatch.model import probability

BITS = st.floats(-40, 40).map(lambda bits: round(bits, 6))
REASONS = st.lists(
    st.tuples(
        st.sampled_from(["given", "father", "sex", "relatives", "families"]),
        st.one_of(st.just(0.0), BITS),
    ),
    max_size=12,
)


def candidate_of(prior, reasons, calibrated):
    made = tuple(Reason(comparison, "same", bits, "", "") for comparison, bits in reasons)
    weight = round(prior + sum(bits for _, bits in reasons), DIGITS)
    return Candidate(
        found_id="F",
        sought_id="S",
        weight=weight if reasons else prior,
        calibrated=calibrated,
        prior=prior,
        reasons=made,
    )


@given(BITS, REASONS, BITS)
def test_bars_lead_from_the_prior_to_the_chance_without_a_gap(prior, reasons, calibrated):
    candidate = candidate_of(prior, reasons, calibrated)

    bars = waterfall(candidate)

    assert bars[0].start == 0.0
    assert bars[0].end == prior
    assert all(one.end == next_one.start for one, next_one in pairwise(bars))
    assert bars[-1].start == candidate.weight
    assert bars[-1].end == calibrated
    assert probability(bars[-1].end) == candidate.probability


@given(BITS, REASONS, BITS)
def test_every_reason_is_one_bar_as_long_as_its_bits(prior, reasons, calibrated):
    bars = waterfall(candidate_of(prior, reasons, calibrated))

    told = [bar for bar in bars if bar.reason]
    assert sorted((bar.reason.comparison, bar.reason.bits) for bar in told) == sorted(reasons)
    assert all(bar.bits == pytest.approx(bar.reason.bits, abs=1e-6) for bar in told)


@given(BITS, REASONS, BITS)
def test_bars_stand_in_the_order_of_their_kinds_the_strongest_first(prior, reasons, calibrated):
    bars = waterfall(candidate_of(prior, reasons, calibrated))

    order = list(Kind)
    assert [bar.kind for bar in bars] == sorted((bar.kind for bar in bars), key=order.index)
    for one, next_one in pairwise(bars):
        if one.reason and one.kind is next_one.kind:
            assert abs(one.reason.bits) >= abs(next_one.reason.bits)


def test_kinds_say_which_way_a_bar_leads():
    reasons = [("given", 2.0), ("father", -1.0), ("sex", 0.0), ("relatives", 3.0), ("families", -2)]

    kinds = [bar.kind for bar in waterfall(candidate_of(-7.0, reasons, 1.0))]

    assert kinds == list(Kind)


@pytest.mark.parametrize("families", [False, True])
def test_bars_of_a_linkage_say_what_each_reason_says(found, sought, families):
    linkage = link(found, sought, engine="reference", families=families, threshold=0.01)

    for candidate in linkage.candidates:
        for bar in waterfall(candidate):
            if bar.reason:
                assert bar.bits == pytest.approx(bar.reason.bits, abs=1e-8)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_bar_has_a_label(language):
    reasons = [("given", 2.0), ("relatives", 3.0), ("families", -2.0)]

    labels = [bar.label(language) for bar in waterfall(candidate_of(-7.0, reasons, 1.0))]

    assert all(labels)
    assert len(set(labels)) == len(labels)
