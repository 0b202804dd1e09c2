"""The real claims of the public data come to what people who know them expect."""

from __future__ import annotations

import csv
import re
from itertools import product

import pytest

from kinward.figures.models import Dimension, Operator, Tie, Unit, Verdict
from kinward.figures.rules import Claim, Link, compare, reconcile, told

pytestmark = pytest.mark.external

SAME_AS = re.compile(r"same as (\w+)")
UNITS = {
    "age in years": Unit.AGE,
    "women and children": Unit.WOMEN_AND_CHILDREN,
    "widows and children": Unit.WIDOWS_AND_CHILDREN,
}


def rows(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def chain_of(row, speakers):
    """A channel "via" an outlet is two links of the chain."""
    copied = SAME_AS.match(row["speaker"])
    speaker = speakers[copied[1]] if copied else row["speaker"]
    return (speaker, *row["channel"].split(" via "))


def read(path):
    """Return the claims of the file by key, and which is a part of which."""
    table = rows(path)
    speakers = {row["id"]: row["speaker"] for row in table}
    claims = {}
    for row in table:
        about = told(row["population"], row["place"] if not row["breakdown"] else "")
        claims[row["id"]] = Claim(
            key=row["id"],
            operator=Operator(row["operator"]),
            low=float(row["value_low"]),
            high=float(row["value_high"]) if row["value_high"] else None,
            unit=UNITS.get(row["unit"]) or Unit(row["unit"]),
            population=about.facets,
            state=about.state,
            dimension=Dimension(row["breakdown"]),
            category=row["place"] if row["breakdown"] else "",
            as_of=row["published_on"],
            since=about.since,
            chain=chain_of(row, speakers),
            said_on=row["published_on"],
        )
    links = [
        Link(row["id"], Tie.PART_OF, row["part_of"], Dimension(row["breakdown"]))
        for row in table
        if row["part_of"]
    ]
    return claims, links


def sums(checks):
    """Return what a check adds up, as (parts, whole)."""
    for check in checks:
        if found := re.match(r"([\w+]+)\s*(?:=|of)\s*(\w+)( by .*)?$", check.split(" (")[0]):
            yield check, found[1].split("+"), found[2]


def linked(links, checks):
    """Return the links with those that only an editor sees: sums across sources."""
    known = {(link.claim, link.other) for link in links}
    return links + [
        Link(part, Tie.PART_OF, whole, Dimension.FLIGHT)
        for _check, parts, whole in sums(checks)
        for part in parts
        if (part, whole) not in known
    ]


def pairs(check, claims):
    """Return the pairs of claims that a check compares."""
    if dimensions := re.match(r"(\w+) against (\w+) of (\w+)", check):
        one, other = (
            [claim for claim in claims.values() if claim.dimension == dimensions[side]]
            for side in (1, 2)
        )
        return [(a, b) for a, b in product(one, other) if a.category == b.category]
    return [
        (claims[one], claims[other])
        for one, other in re.findall(r"(c\w+) (?:against|with) (c\w+)", check)
    ]


@pytest.fixture(scope="module")
def real(vectors):
    claims, links = read(vectors / "claims.csv")
    expected = rows(vectors / "claims_expected.csv")
    return claims, links, {row["check"]: row for row in expected}


def found_for(check, claims, reconciled):
    """Return what the register comes to where a check looks: one finding for each pair."""
    summed = [(parts, whole) for one, parts, whole in sums([check]) if one == check]
    if not summed:
        return [compare(one, other) for one, other in pairs(check, claims)]
    [(parts, whole)] = summed
    return [
        finding
        for finding in reconciled.findings
        if (finding.claims, finding.whole) == (tuple(sorted(parts)), whole)
    ]


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
