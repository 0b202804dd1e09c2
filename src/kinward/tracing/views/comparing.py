"""A candidate as a reviewer reads it: sentences, two people side by side, how weight adds up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kinward.core import wording
from kinward.core.charts import Span, Step, as_year, spans, waterfall
from kinward.people.models import Assertion, Kind
from kinward.people.properties import PROPERTIES
from kinward.people.values import born_span
from kinward.tracing import queries
from kinward.tracing.matching import bars, heading, say
from kinward.tracing.rules import Band, band

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from django.utils.functional import _StrPromise
    from django.utils.safestring import SafeString

    from kinward.access.models import User
    from kinward.people.rules import Fact
    from kinward.tracing.models import Candidate

Weighs = Literal["for", "against", "neither"]

BEST: Final = 2
COMPARISONS: Final[Mapping[str, str | _StrPromise]] = {
    "given": gettext_lazy("Given name"),
    "father": gettext_lazy("Father’s name"),
    "family": gettext_lazy("Family name"),
    "mother": gettext_lazy("Mother’s name"),
    "siblings": gettext_lazy("Brothers and sisters"),
    "sex": gettext_lazy("Sex"),
    "birth": gettext_lazy("Date of birth or age"),
    "place": gettext_lazy("Places"),
}
RELATIVES, FAMILIES = "relatives", "families"
START: Final = "prior"
CORRECTION: Final = "calibration"
# What stands around the facts in the sum: a heading, and why.
AROUND: Final[Mapping[str, tuple[str | _StrPromise, str | _StrPromise]]] = {
    START: (gettext_lazy("Before any fact is compared"), gettext_lazy("how many are looked for")),
    CORRECTION: (
        gettext_lazy("Correction"),
        gettext_lazy("how often such weights came true where the truth is known"),
    ),
}
BETWEEN: Final = " / "  # between the forms of a name
# Which comparisons speak of which facts: one line of the picture of two people side by side.
LINES: Final[tuple[tuple[str | _StrPromise, tuple[str, ...], tuple[str, ...]], ...]] = (
    (gettext_lazy("Name"), ("name",), ("given", "family")),
    (gettext_lazy("Date of birth or age"), ("born",), ("birth",)),
    (gettext_lazy("Sex"), ("sex",), ("sex",)),
    (gettext_lazy("Father’s name"), ("father",), ("father",)),
    (gettext_lazy("Mother’s name"), ("mother",), ("mother",)),
    (gettext_lazy("Brothers and sisters"), ("sibling",), ("siblings",)),
    (
        gettext_lazy("Places"),
        ("place_of_birth", "last_residence", "relatives_region"),
        ("place",),
    ),
    (
        gettext_lazy("Separation"),
        ("separated", "separated_at"),
        ("separation", "parting"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReason:
    """One reason of a candidate in words."""

    comparison: str
    label: str
    sentence: str
    bits: float
    whom: str = ""  # the relative who speaks, if it is one

    @property
    def weighs(self) -> Weighs:
        """For, against, or neither, at the precision that is shown.

        That nothing is counted twice is neither: it evens the sum out, and tells no fact.
        """
        shown = round(self.bits, 1)
        if not shown or self.comparison == FAMILIES:
            return "neither"
        return "for" if shown > 0 else "against"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCandidate:
    """A candidate with its reasons in words."""

    candidate: Candidate
    reasons: tuple[ShownReason, ...]

    @property
    def band(self) -> Band:
        """The probability in words."""
        return band(self.candidate.probability)

    @property
    def best_for(self) -> list[ShownReason]:
        """The strongest reasons for it."""
        weighing = [reason for reason in self.reasons if reason.weighs == "for"]
        return sorted(weighing, key=lambda reason: -reason.bits)[:BEST]

    @property
    def best_against(self) -> list[ShownReason]:
        """The strongest reasons against it."""
        weighing = [reason for reason in self.reasons if reason.weighs == "against"]
        return sorted(weighing, key=lambda reason: reason.bits)[:BEST]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Why a candidate is offered again: what was said after it was judged, and of which family."""

    judged_at: datetime
    child: tuple[str, ...]  # kinds of facts, as they are called
    sought: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Who one member of a family may be in the other family."""

    child: str
    sought: str
    is_child: bool  # the child, or the person, that the page is about
    is_sought: bool
    probability: float

    @property
    def band(self) -> Band:
        """The probability in words."""
        return band(self.probability)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One fact of two people side by side, and how the two meet."""

    label: str | _StrPromise
    child: tuple[Fact, ...]
    sought: tuple[Fact, ...]
    reasons: tuple[ShownReason, ...]

    @property
    def state(self) -> Literal["agrees", "contradicts", "unknown"]:
        """What the reasons of the line come to."""
        total = sum(reason.bits for reason in self.reasons)
        weighing = {reason.weighs for reason in self.reasons}
        if "against" in weighing and total <= 0:
            return "contradicts"
        return "agrees" if "for" in weighing else "unknown"


def news(candidate: Candidate, *, user: User) -> News | None:
    """Return why a candidate is offered again, in what this account may read; None if it is not."""
    again = queries.offered_again([candidate]).first()
    if again is None or again.retracts is None:
        return None
    since = queries.said_since(candidate, again.retracts.judged_at)
    seen = Assertion.objects.visible_to(user).filter(recorded_at__lte=again.judged_at)
    said = since.filter(pk__in=seen)
    of_child = {one.property for one in said if one.person.kind == Kind.CHILD}
    of_sought = {one.property for one in said if one.person.kind != Kind.CHILD}
    child, sought = (
        tuple(str(each.label) for each in PROPERTIES.values() if each.id in told)
        for told in (of_child, of_sought)
    )
    return News(judged_at=again.retracts.judged_at, child=child, sought=sought)


def shown(candidates: Iterable[Candidate]) -> list[ShownCandidate]:
    """Return candidates with their reasons in the language of the page."""
    language = get_language() or "en"
    return [
        ShownCandidate(
            candidate=candidate,
            reasons=tuple(in_words(reason, language) for reason in candidate.reasons),
        )
        for candidate in candidates
    ]


def in_words(reason: Mapping[str, Any], language: str) -> ShownReason:
    """Return a stored reason in words."""
    comparison = reason["comparison"]
    return ShownReason(
        comparison=comparison,
        label=str(COMPARISONS.get(comparison) or heading(comparison, language)),
        sentence=say(reason, language),
        bits=reason["bits"],
        whom=reason["found"].partition(BETWEEN)[0] if comparison == RELATIVES else "",
    )


def lines(
    reasons: Sequence[ShownReason], child: Mapping[str, Fact], sought: Mapping[str, Fact]
) -> list[Line]:
    """Align what is said about a child with what is said about who is sought."""
    return [
        Line(
            label=label,
            child=tuple(child[each] for each in properties if each in child),
            sought=tuple(sought[each] for each in properties if each in sought),
            reasons=tuple(reason for reason in reasons if reason.comparison in comparisons),
        )
        for label, properties, comparisons in LINES
    ]


def sums(candidate: Candidate) -> list[ShownReason]:
    """Return what the chance of a candidate adds up from, the start and the correction included."""
    language = get_language() or "en"
    return [
        in_words(bar.reason, language)
        if bar.reason
        else ShownReason(
            comparison=bar.kind,
            label=str(AROUND[bar.kind][0]),
            sentence=str(AROUND[bar.kind][1]),
            bits=bar.bits,
        )
        for bar in bars(candidate)
    ]


def weight_picture(parts: Sequence[ShownReason], total: float) -> SafeString:
    """Draw how the chance of a candidate adds up, in bits."""
    return waterfall(
        [Step(called(each), each.bits, wording.signed(each.bits)) for each in parts],
        Step(_("All together"), total, wording.signed(total)),
        title=_("How the facts add up"),
        description=_("The same numbers stand in the table below."),
        mirrored=wording.reads_right_to_left(),
    )


def called(part: ShownReason) -> str:
    """Return what a bar is called; that of a relative bears its name, for there may be several."""
    return f"{part.label}: {wording.isolate(part.whom)}" if part.whom else part.label


def families(candidate: Candidate) -> list[Row]:
    """Return who is who in the two families; nothing where both stand alone."""
    both = str(candidate.child_id), str(candidate.sought.person_id)
    rows = [
        Row(
            child=who(met["found_id"], met["found"]),
            sought=who(met["sought_id"], met["sought"]),
            is_child=met["found_id"] == both[0],
            is_sought=met["sought_id"] == both[1],
            probability=met["probability"],
        )
        for met in candidate.alignment
    ]
    alone = all(row.is_child or row.is_sought for row in rows)
    return [] if alone else rows


def who(identity: str, name: str) -> str:
    """Return the name of a member of a family, or that it is not known, or that there is nobody."""
    if not identity:
        return _("nobody")
    return wording.isolate(name) if name else _("no name known")


def birth_picture(child: Mapping[str, Fact], sought: Mapping[str, Fact]) -> SafeString | str:
    """Draw when each of the two can have been born; nothing if it is not known of both."""
    theirs = [
        row for row in (births(_("The child"), child), births(_("Looked for"), sought)) if row
    ]
    if len(theirs) < len(("child", "sought")):
        return ""
    return spans(
        [span for row in theirs for span in row],
        title=_("When each can have been born"),
        description=_("Where the bars stand above one another, both can be true."),
        mirrored=wording.reads_right_to_left(),
        name="births",
    )


def births(whose: str, facts: Mapping[str, Fact]) -> list[Span]:
    """Return a span for each date of birth that is said about someone."""
    fact = facts.get("born")
    known = fact.known if fact else ()
    read = [span for saying in known if (span := born_span(saying.value))]
    return [
        Span(
            whose,
            as_year(first),
            as_year(last),
            wording.isolate(f"{first.isoformat()} – {last.isoformat()}"),
        )
        for first, last in read
    ]
