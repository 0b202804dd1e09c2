"""A claim as a plain value: who said how many of whom, when, and what it says about its number."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

from kinward.figures.models.words import Dimension, Facet, Operator, State, Tie, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

# "Several": two to nine of them. What is said by words of number only.
SEVERAL: Final = {Operator.TENS: 10, Operator.HUNDREDS: 100, Operator.THOUSANDS: 1000}
NO_COUNT: Final = frozenset({Unit.AGE, Unit.SHARE})  # such claims stand in no sum
WITHIN: Final[Mapping[Unit, frozenset[Unit]]] = {
    Unit.CHILDREN: frozenset({Unit.GIRLS, Unit.BOYS}),
    Unit.WOMEN_AND_CHILDREN: frozenset({Unit.WOMEN, Unit.CHILDREN, Unit.GIRLS, Unit.BOYS}),
    Unit.WIDOWS_AND_CHILDREN: frozenset({Unit.CHILDREN, Unit.GIRLS, Unit.BOYS}),
    Unit.PEOPLE: frozenset(Unit) - NO_COUNT - {Unit.PEOPLE, Unit.NAMES, Unit.FAMILIES},
}


class Interval(NamedTuple):
    """What a number can be: both ends may be; `inf` where nothing is said of the upper one."""

    low: float
    high: float

    @property
    def is_exact(self) -> bool:
        """Only one number is possible."""
        return self.low == self.high

    def meets(self, other: Interval) -> bool:
        """Some number is possible in both."""
        return max(self.low, other.low) <= min(self.high, other.high)

    def cut(self, other: Interval) -> Interval:
        """Return what both leave possible. It is empty, low above high, if they do not meet."""
        return Interval(max(self.low, other.low), min(self.high, other.high))


OPEN: Final = Interval(0, inf)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One figure that somebody published.

    `chain` goes from who said it to who printed it: speaker, channel or agency, outlet. Times are
    ISO dates, as exact as they were told: "2018", "2018-12", "2018-12-30".
    """

    key: str
    operator: Operator
    low: float | None = None  # the value; of a range its lower end
    high: float | None = None
    unit: Unit
    population: Mapping[Facet, str] = field(default_factory=dict)
    state: State = State.UNSAID
    dimension: Dimension = Dimension.NONE
    category: str = ""  # of the dimension: "RU-DA", "awaiting trial"
    as_of: str = ""
    since: str = ""  # of a count that goes on: it can only grow
    chain: tuple[str, ...] = ()
    said_on: str = ""
    group: str = ""  # of independence, where an editor knows it better than the chain

    @property
    def carrier(self) -> str:
        """Who printed it."""
        return self.chain[-1] if self.chain else ""

    @property
    def origin(self) -> tuple[str, ...]:
        """What one statement is told by: copies of it, whoever prints them, count once."""
        if self.group:
            return (self.group,)
        return (*self.chain[:2], self.said_on) if any(self.chain[:2]) else (self.key,)

    @property
    def meaning(self) -> tuple[object, ...]:
        """What the number is of. Two claims that mean the same speak of one number."""
        when = "" if Facet.EVENT in self.population else self.as_of
        return (
            self.unit,
            tuple(sorted(self.population.items())),
            self.state,
            self.dimension,
            self.category,
            self.since,
            when,
        )

    @property
    def possible(self) -> Interval:
        """What the number can be if the claim is true."""
        return possible(self.operator, self.low, self.high)


class Link(NamedTuple):
    """What an editor says of two claims: `claim` is a part of `other`, contests it and so on."""

    claim: str
    tie: Tie
    other: str
    dimension: Dimension = Dimension.NONE  # by what a part is one


def possible(operator: Operator, low: float | None, high: float | None) -> Interval:
    """Return what a whole number can be of which a source says that.

    "About 100" is taken as rounded at its last digit that is not zero: from 50 to 150.
    """
    if operator in SEVERAL:
        one = SEVERAL[operator]
        return Interval(2 * one, 10 * one - 1)
    value = low or 0
    near = rounding(value)
    return {
        Operator.EXACT: Interval(value, value),
        Operator.ABOUT: Interval(max(value - near, 0), value + near),
        Operator.MORE: Interval(value + 1, inf),
        Operator.AT_LEAST: Interval(value, inf),
        Operator.LESS: Interval(0, max(value - 1, 0)),
        Operator.AT_MOST: Interval(0, value),
        Operator.RANGE: Interval(value, value if high is None else high),
    }[operator]


def rounding(value: float) -> int:
    """Return by how much a number can be off that somebody rounded, at least one."""
    whole, place = int(value), 1
    while whole and whole % (place * 10) == 0:
        place *= 10
    return max(place // 2, 1)


def is_count(claim: Claim) -> bool:
    """Tell whether the claim is a number of people or names, which can stand in a sum."""
    return claim.unit not in NO_COUNT


def can_be_part(part: Unit, whole: Unit) -> bool:
    """Tell whether what the one counts is counted by the other, too."""
    return part == whole or part in WITHIN.get(whole, frozenset())
