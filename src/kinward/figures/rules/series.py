"""Counts that go on since some time: they can only grow."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kinward.figures.models.words import Verdict
from kinward.figures.rules.claims import Interval, is_count
from kinward.figures.rules.comparing import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kinward.figures.rules.claims import Claim


def breaks(claims: Iterable[Claim]) -> list[Finding]:
    """Return where a count that goes on falls, whoever said so."""
    series: defaultdict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.since and claim.as_of and claim.population and is_count(claim):
            series[of_what(claim)].append(claim)
    return [finding for told in series.values() for finding in falls(in_time(told))]


def of_what(claim: Claim) -> tuple[object, ...]:
    """Return what a series counts, whenever it is told."""
    people = tuple(sorted(claim.population.items()))
    return (claim.unit, people, claim.state, claim.dimension, claim.category, claim.since)


def in_time(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims, the earliest first; of one day the smaller number first."""
    return sorted(claims, key=lambda claim: (claim.as_of, claim.possible, claim.key))


def falls(told: Sequence[Claim]) -> Iterator[Finding]:
    """Yield each claim that is below what was told before it.

    Where the number is one that was told still earlier, somebody probably told an old one again.
    """
    for index, claim in enumerate(told):
        before = [one for one in told[:index] if one.possible.low > claim.possible.high]
        if before:
            highest = max(before, key=lambda one: (one.possible.low, one.key))
            again = any(
                one.possible == claim.possible and one.as_of < highest.as_of for one in told[:index]
            )
            least = highest.possible.low - claim.possible.high
            yield Finding(
                verdict=Verdict.STALE_AS_OF if again else Verdict.MONOTONICITY_BREAK,
                claims=tuple(sorted((highest.key, claim.key))),
                rest=Interval(least, highest.possible.high - claim.possible.low),
            )
