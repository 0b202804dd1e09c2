"""What claims come to, in a sentence of the language in use."""

from __future__ import annotations

from math import isinf
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.core.wording import isolate, listed, number
from kinward.figures.models import Dimension, Facet, Operator, State, Unit, Verdict, Why

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

    from kinward.figures.rules import Claim, Finding, Interval

VALUES: Final[Mapping[str, _StrPromise]] = {
    Operator.ABOUT: gettext_lazy("about %(low)s"),
    Operator.MORE: gettext_lazy("more than %(low)s"),
    Operator.AT_LEAST: gettext_lazy("at least %(low)s"),
    Operator.LESS: gettext_lazy("fewer than %(low)s"),
    Operator.AT_MOST: gettext_lazy("at most %(low)s"),
    Operator.RANGE: gettext_lazy("%(low)s to %(high)s"),
}
SENTENCES: Final[Mapping[str, _StrPromise]] = {
    Verdict.CLOSES: gettext_lazy("%(first)s and %(second)s agree."),
    Verdict.CONTRADICTS: gettext_lazy("%(first)s against %(second)s: they cannot both be true."),
    Verdict.DUPLICATE_SOURCE: gettext_lazy(
        "%(first)s and %(second)s are one statement, told twice: they count once."
    ),
    Verdict.MONOTONICITY_BREAK: gettext_lazy(
        "%(first)s, then %(second)s: a count that goes on cannot fall. The difference is %(rest)s."
    ),
    Verdict.STALE_AS_OF: gettext_lazy(
        "%(first)s, then %(second)s again: this is probably an old figure told anew."
    ),
}
REASONS: Final[Mapping[str, _StrPromise]] = {
    Why.PLANNED: gettext_lazy(
        "Planned %(planned)s and counted %(counted)s: a planned figure is no count. The difference "
        "is %(rest)s."
    ),
    Why.UNIT: gettext_lazy(
        "%(first)s against %(second)s: different things are counted (%(units)s)."
    ),
    Why.DIMENSION: gettext_lazy(
        "%(first)s against %(second)s: they are broken down by different things (%(dimensions)s), "
        "so this is no contradiction."
    ),
    Why.POPULATION: gettext_lazy(
        "%(first)s against %(second)s: different people are meant (%(facets)s)."
    ),
    Why.PERIOD: gettext_lazy("%(first)s against %(second)s: they are of different times."),
}
SUMS: Final[Mapping[str, _StrPromise]] = {
    Verdict.CLOSES: gettext_lazy("%(sum)s of %(whole)s: it adds up."),
    Verdict.RESIDUAL: gettext_lazy(
        "%(sum)s of %(whole)s: not accounted for in this source: %(rest)s."
    ),
    Verdict.OVER: gettext_lazy("%(sum)s of %(whole)s: more than the whole, by %(rest)s."),
}
TOGETHER: Final = gettext_lazy(
    "%(sum)s of %(whole)s: not accounted for in all sources together: %(rest)s."
)
NO_SUM: Final[Mapping[str, _StrPromise]] = {
    Why.PLANNED: gettext_lazy(
        "%(sum)s of %(whole)s: planned and counted figures are not added up."
    ),
    Why.UNIT: gettext_lazy("%(sum)s of %(whole)s: different things are counted."),
}


def written(claim: Claim) -> str:
    """Return the number of a claim as its source puts it: "about 100"."""
    if claim.low is None:
        return str(Operator(claim.operator).label)
    values = {"low": plain(claim.low), "high": plain(claim.high or claim.low)}
    said = VALUES.get(claim.operator)
    return str(said) % values if said else values["low"]


def counted(claim: Claim) -> str:
    """Return the number of a claim with what is counted: "about 100 children"."""
    values = {"number": isolate(written(claim)), "unit": Unit(claim.unit).label}
    return _("%(number)s %(unit)s") % values


def plain(value: float) -> str:
    """Return a number of people whole, and a share with its decimals."""
    return number(value, 3)


def span(interval: Interval) -> str:
    """Return what a number can be: "3", "26 to 126", "3 or more"."""
    low, high = interval
    if isinf(high):
        return _("%(low)s or more") % {"low": plain(low)}
    if low == high:
        return plain(low)
    return _("%(low)s to %(high)s") % {"low": plain(low), "high": plain(high)}


def sentence(finding: Finding, claims: Mapping[str, Claim]) -> str:
    """Say what some claims come to."""
    told = [claims[key] for key in finding.claims]
    if finding.whole:
        return of_sum(finding, told, claims[finding.whole])
    if len(told) != 2:  # noqa: PLR2004 (a pair)
        values = listed([isolate(written(claim)) for claim in told])
        return _("%(values)s: they cannot all be true.") % {"values": values}
    return of_pair(finding, *in_order(finding, told))


def in_order(finding: Finding, told: list[Claim]) -> tuple[Claim, Claim]:
    """Return a pair as it is told: a series in the order of time."""
    if finding.verdict in {Verdict.MONOTONICITY_BREAK, Verdict.STALE_AS_OF}:
        told = sorted(told, key=lambda claim: (claim.as_of, -claim.possible.low))
    return told[0], told[1]


def of_sum(finding: Finding, parts: list[Claim], whole: Claim) -> str:
    """Say what parts and their whole come to."""
    values = {
        "sum": adding(parts),
        "whole": isolate(written(whole)),
        "rest": isolate(span(finding.rest)),
    }
    if finding.verdict == Verdict.NOT_COMPARABLE:
        return str(NO_SUM[finding.why]) % values
    if finding.verdict == Verdict.RESIDUAL and not finding.carrier:
        return str(TOGETHER) % values
    return str(SUMS[finding.verdict]) % values


def adding(parts: list[Claim]) -> str:
    """Return "24 + 3 = 27", kept together whatever the direction of the text."""
    told = " + ".join(written(part) for part in parts)
    if len(parts) == 1 or any(part.operator != Operator.EXACT for part in parts):
        return isolate(told)
    return isolate(f"{told} = {plain(sum(part.possible.low for part in parts))}")


def of_pair(finding: Finding, first: Claim, second: Claim) -> str:
    """Say what two claims come to."""
    planned = [claim for claim in (first, second) if claim.state == State.PLANNED]
    counted = [claim for claim in (first, second) if claim.state != State.PLANNED]
    values = {
        "first": isolate(written(first)),
        "second": isolate(written(second)),
        "rest": isolate(span(finding.rest)),
        "planned": isolate(written((planned or [first])[0])),
        "counted": isolate(written((counted or [second])[0])),
        "units": listed([str(claim.unit.label) for claim in (first, second)]),
        "dimensions": listed([str(Dimension(one.dimension).label) for one in (first, second)]),
        "facets": listed([str(Facet(facet).label) for facet in finding.differ]),
    }
    chosen = REASONS.get(finding.why) or SENTENCES[finding.verdict]
    return str(chosen) % values
