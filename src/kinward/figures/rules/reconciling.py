"""The whole register held against itself: what adds up, what is left over, what contradicts.

Claims of one number share a cell; whatever is linked as a part of something makes a sum with a rest
that nobody is given. No rule is about a particular claim or source.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from kinward.figures.models.words import Dimension, State, Tie, Verdict, Why
from kinward.figures.rules.cells import Bound, Cells, Sum
from kinward.figures.rules.claims import Claim, Interval, can_be_part, is_count
from kinward.figures.rules.comparing import Finding, compare, differing, disagree
from kinward.figures.rules.series import breaks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kinward.figures.rules.claims import Link


class Breakdown(NamedTuple):
    """A whole and its parts by one dimension, as claims."""

    whole: Claim
    dimension: Dimension
    parts: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the register comes to. `intervals` is by claim; None where what is said is impossible.

    `told_by` is by claim how many independent sources tell the same number.
    """

    findings: tuple[Finding, ...]
    intervals: dict[str, Interval | None]
    told_by: dict[str, int]


def reconcile(claims: Iterable[Claim], links: Iterable[Link] = ()) -> Reconciled:
    """Hold all claims against each other. Neither their order nor that of the links matters."""
    links = sorted(set(links))
    superseded = {link.other for link in links if link.tie == Tie.SUPERSEDES}
    standing = {claim.key: claim for claim in claims if claim.key not in superseded}
    ordered = [standing[key] for key in sorted(standing)]
    wholes = breakdowns(standing, links)
    findings = {
        *(finding for one in wholes for finding in added_up(one)),
        *pairs(ordered, links, wholes),
        *breaks(ordered),
    }
    cells = cells_of(ordered, wholes, links)
    findings |= conflicts(cells, findings)
    return Reconciled(
        tuple(sorted(findings, key=place)),
        intervals(cells),
        {claim.key: sources(claim, ordered) for claim in ordered},
    )


def place(finding: Finding) -> tuple[object, ...]:
    """Return where a finding stands in a list: by verdict, then by what it is about."""
    verdicts = list(Verdict)
    about = (finding.whole, finding.dimension, finding.carrier, finding.claims)
    return verdicts.index(finding.verdict), *about


# Sums


def breakdowns(standing: dict[str, Claim], links: Sequence[Link]) -> list[Breakdown]:
    """Return every whole with its parts by each dimension; ages and shares are no parts."""
    found: defaultdict[tuple[str, Dimension], set[str]] = defaultdict(set)
    for link in links:
        there = link.claim in standing and link.other in standing
        if link.tie == Tie.PART_OF and there and is_count(standing[link.claim]):
            dimension = link.dimension or standing[link.claim].dimension
            found[link.other, dimension].add(link.claim)
    return [
        Breakdown(standing[whole], dimension, tuple(standing[key] for key in sorted(parts)))
        for (whole, dimension), parts in sorted(found.items())
    ]


def added_up(one: Breakdown) -> list[Finding]:
    """Return what a breakdown comes to in the telling of each carrier, and in all together.

    Carriers are told apart only where the parts are broken down by who said them: a sum that an
    editor made of several people's figures is nobody's telling.
    """
    carriers: defaultdict[str, list[Claim]] = defaultdict(list)
    for part in one.parts:
        if part.dimension == one.dimension != Dimension.NONE:
            carriers[part.carrier].append(part)
    told = {carrier: once(parts) for carrier, parts in carriers.items()}
    findings = [
        add_up(one.whole, parts, dimension=one.dimension, carrier=carrier)
        for carrier, parts in sorted(told.items())
    ]
    together = once(one.parts)
    if meanings(together) not in map(meanings, told.values()):
        findings.append(add_up(one.whole, together, dimension=one.dimension))
    return findings


def once(parts: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the parts, each number of them once: the first by key speaks for the others."""
    seen: dict[tuple[object, ...], Claim] = {}
    for part in sorted(parts, key=lambda claim: claim.key):
        seen.setdefault(part.meaning, part)
    return tuple(seen.values())


def meanings(parts: Iterable[Claim]) -> set[tuple[object, ...]]:
    """Return what numbers the parts are, whoever told them."""
    return {part.meaning for part in parts}


def add_up(
    whole: Claim,
    parts: Sequence[Claim],
    *,
    dimension: Dimension = Dimension.NONE,
    carrier: str = "",
) -> Finding:
    """Return whether the parts add up to the whole. What is left over belongs to none of them."""
    keys = tuple(sorted(part.key for part in parts))
    why = unfit(whole, parts)
    low = sum(part.possible.low for part in parts)
    high = sum(part.possible.high for part in parts)
    least, most = whole.possible.low - high, whole.possible.high - low
    verdict, rest = Verdict.CLOSES, Interval(max(least, 0), max(most, 0))
    if why:
        verdict = Verdict.NOT_COMPARABLE
    elif most < 0:
        verdict, rest = Verdict.OVER, Interval(-most, -least)
    elif least > 0:
        verdict = Verdict.RESIDUAL
    return Finding(
        verdict=verdict,
        claims=keys,
        whole=whole.key,
        dimension=dimension,
        carrier=carrier,
        why=why,
        rest=rest,
    )


def unfit(whole: Claim, parts: Sequence[Claim]) -> Why:
    """Return why parts cannot be added up to a whole: planned and counted are never mixed."""
    if not all(can_be_part(part.unit, whole.unit) for part in parts):
        return Why.UNIT
    states = {claim.state for claim in (whole, *parts)} - {State.UNSAID}
    return Why.PLANNED if State.PLANNED in states and len(states) > 1 else Why.NONE


# Pairs


def pairs(
    claims: Sequence[Claim], links: Sequence[Link], wholes: Sequence[Breakdown]
) -> list[Finding]:
    """Return what pairs come to that have something to do with each other.

    They are of one population and cell, whether planned or counted; or of one category of a whole
    that two dimensions break down; or one was said to contest the other.
    """
    asked = {(link.claim, link.other) for link in links if link.tie in {Tie.CONTESTS, Tie.OVERLAPS}}
    beside = {
        frozenset((part.key, other.key))
        for one, two in combinations(wholes, 2)
        if one.whole == two.whole
        for part in once(one.parts)
        for other in once(two.parts)
        if part.category and part.category == other.category
    }
    apart = {frozenset(link[::2]) for link in links if link.tie == Tie.EXCLUDES}
    return [
        compare(one, other)
        for one, other in combinations(claims, 2)
        if frozenset((one.key, other.key)) not in apart
        and (
            {(one.key, other.key), (other.key, one.key)} & asked
            or frozenset((one.key, other.key)) in beside
            or of_one_cell(one, other)
        )
    ]


def of_one_cell(one: Claim, other: Claim) -> bool:
    """Tell whether two claims are of the same people, though one may be planned.

    Those of a count that goes on are held against each other as a series.
    """
    alike = (one.unit, one.dimension, one.category) == (
        other.unit,
        other.dimension,
        other.category,
    )
    if not alike or differing(one.population, other.population) or one.since:
        return False
    return bool(one.population) and (
        one.state == other.state or State.PLANNED in {one.state, other.state}
    )


# Cells


def cells_of(claims: Sequence[Claim], wholes: Sequence[Breakdown], links: Sequence[Link]) -> Cells:
    """Return the cells of the register. Claims of one number share one, named by the first."""
    cell = cells_by_claim(claims, links)
    sums = []
    for one in wholes:
        if not unfit(one.whole, one.parts):
            parts = sorted({cell[part.key] for part in one.parts})
            rest = f"{cell[one.whole.key]} rest {one.dimension}"
            sums.append(Sum(cell[one.whole.key], (*parts, rest)))
    for link in links:
        if link.tie == Tie.OVERLAPS and link.claim in cell and link.other in cell:
            sums += overlap(cell[link.claim], cell[link.other])
    bounds = [
        Bound(claim.key, cell[claim.key], claim.possible) for claim in claims if is_count(claim)
    ]
    return Cells(sorted(set(sums)), sorted(bounds))


def overlap(one: str, other: str) -> list[Sum]:
    """Return that two groups have some people in common, nobody knows how many."""
    both = f"{one} and {other}"
    return [Sum(each, (both, f"{each} not in {both}")) for each in (one, other)]


def cells_by_claim(claims: Sequence[Claim], links: Sequence[Link]) -> dict[str, str]:
    """Return by claim the name of its cell: the first claim that means the same.

    Where nothing is said of whom, or an editor said that two have nobody in common, each claim has
    a cell of its own.
    """
    alone = {key for link in links if link.tie == Tie.EXCLUDES for key in (link.claim, link.other)}
    first: dict[tuple[object, ...], str] = {}
    return {
        claim.key: first.setdefault(claim.meaning, claim.key)
        if claim.population and claim.key not in alone
        else claim.key
        for claim in claims
    }


def conflicts(cells: Cells, known: set[Finding]) -> set[Finding]:
    """Return who cannot all be right, where no sum and no pair has said so already."""
    told = [
        {*finding.claims, finding.whole} - {""}
        for finding in known
        if finding.verdict in {Verdict.CONTRADICTS, Verdict.OVER}
    ]
    return {
        Finding(verdict=Verdict.CONTRADICTS, claims=against)
        for group in cells.apart()
        if (against := group.conflict()) and not any(one <= set(against) for one in told)
    }


def intervals(cells: Cells) -> dict[str, Interval | None]:
    """Return by claim what its number can be, once everything else is taken into account."""
    found: dict[str, Interval | None] = {}
    for group in cells.apart():
        found |= {name: group.interval(name) for name in {bound.cell for bound in group.bounds}}
    return {bound.said_by: found[bound.cell] for bound in cells.bounds}


def sources(claim: Claim, claims: Sequence[Claim]) -> int:
    """Return how many independent sources tell a number that agrees with the claim."""
    same = [each for each in claims if each.meaning == claim.meaning and claim.population]
    agreeing = {each.origin for each in same if not disagree(each, claim)}
    return max(len(agreeing), 1)
