"""What two claims come to when they are held against each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kinward.figures.models.words import Dimension, Facet, Operator, State, Unit, Verdict, Why
from kinward.figures.rules.claims import Claim, Interval

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTHING: Final = Interval(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What some claims come to. Whoever words it takes the numbers from the claims themselves.

    `rest` is what is not accounted for, by how many two figures differ, or by how many the parts
    are more than the whole. It is given to nobody.
    """

    verdict: Verdict
    claims: tuple[str, ...]  # the parts of a sum, else those that are compared, sorted
    whole: str = ""
    dimension: Dimension = Dimension.NONE
    carrier: str = ""  # in whose telling; empty: in all sources taken together
    rest: Interval = NOTHING
    why: Why = Why.NONE
    differ: tuple[Facet, ...] = field(default=())


def compare(one: Claim, other: Claim) -> Finding:
    """Return what two claims come to. It does not matter which is named first."""
    first, second = sorted((one, other), key=lambda claim: claim.key)
    pair = (first.key, second.key)
    why, facets = hindrance(first, second)
    if why:
        return Finding(
            verdict=Verdict.NOT_COMPARABLE,
            claims=pair,
            why=why,
            differ=facets,
            rest=difference(first, second) if why == Why.PLANNED else NOTHING,
        )
    if disagree(first, second):
        rest = difference(first, second)
        return Finding(verdict=Verdict.CONTRADICTS, claims=pair, rest=rest)
    same = first.origin == second.origin
    return Finding(verdict=Verdict.DUPLICATE_SOURCE if same else Verdict.CLOSES, claims=pair)


def hindrance(first: Claim, second: Claim) -> tuple[Why, tuple[Facet, ...]]:
    """Return why two claims cannot be compared, with what about their populations differs."""
    if first.unit != second.unit:
        return Why.UNIT, ()
    if first.dimension != second.dimension:
        return Why.DIMENSION, ()
    facets = differing(first.population, second.population)
    if first.category != second.category and not facets:
        facets = (Facet.OTHER,)
    if facets:
        return Why.POPULATION, facets
    if first.state != second.state:
        planned = State.PLANNED in {first.state, second.state}
        return (Why.PLANNED, ()) if planned else (Why.POPULATION, (Facet.STATE,))
    return (Why.NONE, ()) if at_one_time(first, second) else (Why.PERIOD, ())


def differing(first: Mapping[Facet, str], second: Mapping[Facet, str]) -> tuple[Facet, ...]:
    """Return the facets in which two populations differ, or that only one of them tells of."""
    return tuple(
        facet for facet in Facet if first.get(facet, "").strip() != second.get(facet, "").strip()
    )


def at_one_time(first: Claim, second: Claim) -> bool:
    """Tell whether two claims can be of one time: an event has only one."""
    if Facet.EVENT in first.population:
        return True
    one, other = first.as_of, second.as_of
    return first.since == second.since and (one.startswith(other) or other.startswith(one))


def disagree(first: Claim, second: Claim) -> bool:
    """Tell whether two claims of one number cannot both be true.

    A range of ages says who is the youngest and who the eldest; a range of a count, that the number
    lies in it.
    """
    if first.unit == Unit.AGE and first.operator == second.operator == Operator.RANGE:
        return first.possible != second.possible
    return not first.possible.meets(second.possible)


def difference(first: Claim, second: Claim) -> Interval:
    """Return the least and the greatest by which two numbers can differ."""
    one, other = first.possible, second.possible
    least = max(one.low - other.high, other.low - one.high, 0)
    return Interval(least, max(one.high - other.low, other.high - one.low))
