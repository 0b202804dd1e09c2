"""The real claims of the public data come to what people who know them expect."""

from __future__ import annotations

import re

import pytest
from reading.expected import found_for, linked, read, rows

from kinward.figures.models import Dimension, Verdict
from kinward.figures.rules import reconcile

pytestmark = pytest.mark.external


@pytest.fixture(scope="module")
def real(vectors):
    claims, links = read(vectors / "claims.csv")
    expected = rows(vectors / "claims_expected.csv")
    return claims, links, {row["check"]: row for row in expected}


def test_every_expected_verdict_is_reached(real):
    claims, links, expected = real
    reconciled = reconcile(claims.values(), linked(links, expected))

    found = {
        check: [str(one.verdict) for one in found_for(check, claims, reconciled)]
        for check in expected
    }

    assert len(expected) == 18
    assert {check: set(verdicts) for check, verdicts in found.items()} == {
        check: {row["verdict"]} for check, row in expected.items()
    }


def test_expected_numbers_are_found(real):
    claims, links, expected = real
    reconciled = reconcile(claims.values(), linked(links, expected))
    told_of = {
        check: re.search(r"(\d+) not accounted|difference (\d+)", row["detail"])
        for check, row in expected.items()
    }

    rests = {
        check: found_for(check, claims, reconciled)[0].rest
        for check, said in told_of.items()
        if said
    }

    assert len(rests) == 4
    assert rests == {
        check: (int(said[1] or said[2]),) * 2 for check, said in told_of.items() if said
    }


def test_a_residual_is_given_to_no_region(real):
    claims, links, _expected = real

    reconciled = reconcile(claims.values(), links)

    origins = [key for key, claim in claims.items() if claim.dimension == Dimension.ORIGIN]
    assert {key: reconciled.intervals[key] for key in origins} == {
        key: claims[key].possible for key in origins
    }


def test_carriers_of_one_post_count_once(real):
    claims, links, _expected = real

    reconciled = reconcile(claims.values(), links)

    twice = [one.claims for one in reconciled.findings if one.verdict == Verdict.DUPLICATE_SOURCE]
    assert twice == [("c08", "c08b"), ("c09", "c09b")]
    assert reconciled.told_by["c08"] == 1


def test_the_whole_register_holds_together(real):
    claims, links, expected = real

    reconciled = reconcile(claims.values(), linked(links, expected))

    against = [one.claims for one in reconciled.findings if one.verdict == Verdict.CONTRADICTS]
    assert against == [("c12", "c13")]
    assert None not in reconciled.intervals.values()
