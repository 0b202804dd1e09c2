"""What whoever opens a record must not overlook: derived from what was said, never typed in."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kinward.people.values import born_span, whole_years

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from kinward.people.rules import Fact

YOUNG: Final = 5  # years below which the annex for the youngest is asked (domain, under five)
GROWN: Final = 18  # Convention on the Rights of the Child, article 1
SOON: Final = 1  # years before that from which a plan is needed


class Flag(StrEnum):
    """A flag of the identity bar, in the order they stand there."""

    NOT_TRACED = "not_traced"
    BY_DECISION = "by_decision"
    NO_CONTACT = "no_contact"
    CONTRADICTED = "contradicted"
    GROWN_SOON = "grown_soon"
    YOUNG = "young"
    TOGETHER = "together"


NEEDS_SOMEBODY: Final = frozenset(
    {Flag.NOT_TRACED, Flag.NO_CONTACT, Flag.CONTRADICTED, Flag.GROWN_SOON}
)


def flags(
    facts: Mapping[str, Fact],
    *,
    traced: bool,
    together: bool,
    today: date,
    by_decision: bool = False,
) -> list[Flag]:
    """Return the flags of a child, by what this reader may read of it.

    `traced`: a lawful basis for tracing stands; `by_decision`: it is one of the programme, and
    nobody’s consent; `together`: it was found with other children.
    """
    relatives = facts["relative"].known if "relative" in facts else ()
    said = {(part, one.value.get(part)) for one in relatives for part in ("agrees", "told")}
    ages = list(ages_on(facts, today))
    holds = {
        Flag.NOT_TRACED: not traced,
        Flag.BY_DECISION: traced and by_decision,
        Flag.NO_CONTACT: not said.isdisjoint({("agrees", "no"), ("told", "no")}),
        Flag.CONTRADICTED: any(fact.contradicted for fact in facts.values()),
        Flag.GROWN_SOON: any(oldest >= GROWN - SOON for _, oldest in ages),
        Flag.YOUNG: any(youngest < YOUNG for youngest, _ in ages),
        Flag.TOGETHER: together,
    }
    return [flag for flag in Flag if holds[flag]]


def ages_on(facts: Mapping[str, Fact], day: date) -> Iterator[tuple[int, int]]:
    """Yield the youngest and oldest age on a day by each thing said of a birth, in whole years."""
    for saying in facts["born"].known if "born" in facts else ():
        if span := born_span(saying.value):
            first, last = span
            yield whole_years(last, day), whole_years(first, day)
