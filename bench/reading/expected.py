"""The public claims of the vectors, and what people who know them expect of the register."""

from __future__ import annotations

import csv
import re
from itertools import product
from typing import TYPE_CHECKING

from kinward.figures.models import Dimension, Operator, Tie, Unit
from kinward.figures.rules import Claim, Link, compare, reconcile, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kinward.figures.rules import Finding, Reconciled

SAME_AS = re.compile(r"same as (\w+)")
UNITS = {
    "age in years": Unit.AGE,
    "women and children": Unit.WOMEN_AND_CHILDREN,
    "widows and children": Unit.WIDOWS_AND_CHILDREN,
}


def rows(path: Path) -> list[dict[str, str]]:
    """Read a table."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def chain_of(row: Mapping[str, str], speakers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the chain of a row: a channel "via" an outlet is two links of it."""
    copied = SAME_AS.match(row["speaker"])
    speaker = speakers[copied[1]] if copied else row["speaker"]
    return (speaker, *row["channel"].split(" via "))


def read(path: Path) -> tuple[dict[str, Claim], list[Link]]:
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


def sums(checks: Iterable[str]) -> Iterator[tuple[str, list[str], str]]:
    """Yield what a check adds up, as (parts, whole)."""
    for check in checks:
        if found := re.match(r"([\w+]+)\s*(?:=|of)\s*(\w+)( by .*)?$", check.split(" (")[0]):
            yield check, found[1].split("+"), found[2]


def linked(links: Sequence[Link], checks: Iterable[str]) -> list[Link]:
    """Return the links with those that only an editor sees: sums across sources."""
    known = {(link.claim, link.other) for link in links}
    return [
        *links,
        *(
            Link(part, Tie.PART_OF, whole, Dimension.FLIGHT)
            for _check, parts, whole in sums(checks)
            for part in parts
            if (part, whole) not in known
        ),
    ]


def pairs(check: str, claims: Mapping[str, Claim]) -> list[tuple[Claim, Claim]]:
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


def found_for(check: str, claims: Mapping[str, Claim], reconciled: Reconciled) -> list[Finding]:
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


def reached(vectors: Path) -> tuple[int, int]:
    """Return how many of the expected verdicts are reached, and of how many."""
    claims, links = read(vectors / "claims.csv")
    checks = {row["check"]: row["verdict"] for row in rows(vectors / "claims_expected.csv")}
    reconciled = reconcile(claims.values(), linked(links, checks))
    right = [
        check
        for check, verdict in checks.items()
        if {str(one.verdict) for one in found_for(check, claims, reconciled)} == {verdict}
    ]
    return len(right), len(checks)
