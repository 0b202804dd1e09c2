"""A candidate as a reviewer reads it: sentences, two people side by side, how weight adds up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kinward.core import wording
from kinward.core.charts import Span, Step, spans, waterfall
from kinward.people.rules import born_span
from kinward.tracing.matching import say
from kinward.tracing.rules import Band, band

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from django.utils.functional import _StrPromise
    from django.utils.safestring import SafeString

    from kinward.people.rules import Fact
    from kinward.tracing.models import Candidate

Weighs = Literal["for", "against", "neither"]

BEST: Final = 2
DAYS_OF_A_YEAR: Final = 365.25
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
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReason:
    """One reason of a candidate in words."""

    comparison: str
    label: str
    sentence: str
    bits: float

    @property
    def weighs(self) -> Weighs:
        """For, against, or neither, at the precision that is shown."""
        shown = round(self.bits, 1)
        if not shown:
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
        label=str(COMPARISONS.get(comparison, comparison)),
        sentence=say(reason, language),
        bits=reason["bits"],
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


def start_of(candidate: Candidate, reasons: Sequence[ShownReason]) -> float:
    """Return the weight in bits before any fact is compared."""
    return candidate.weight - sum(reason.bits for reason in reasons)


def weight_picture(candidate: Candidate, reasons: Sequence[ShownReason]) -> SafeString:
    """Draw how the weight of a candidate adds up."""
    start = start_of(candidate, reasons)
    first = Step(_("Before any fact is compared"), start, wording.signed(start))
    steps = [Step(each.label, each.bits, wording.signed(each.bits)) for each in reasons]
    total = Step(_("All together"), candidate.weight, wording.signed(candidate.weight))
    return waterfall(
        [first, *steps],
        total,
        title=_("How the facts add up"),
        description=_("The same numbers stand in the table below."),
        mirrored=wording.reads_right_to_left(),
    )


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


def as_year(day: date) -> float:
    """Return the day as a year with a fraction."""
    return day.year + (day.timetuple().tm_yday - 1) / DAYS_OF_A_YEAR
