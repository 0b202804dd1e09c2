"""What others say held against our own ledgers, for those who may see our numbers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from kinward.figures.definitions import FEWEST, PLACES
from kinward.figures.models import By, Figure, Verdict
from kinward.figures.queries.programme import WITHIN, children_counted
from kinward.figures.queries.register import as_plain, counted_claim
from kinward.figures.queries.releases import (
    drafts_before,
    earlier_than,
    hidden_once,
    is_of,
    meanings,
    ours,
)
from kinward.figures.rules import (
    Beheld,
    CannotProtect,
    Counted,
    Span,
    Sum,
    kept_from,
    place,
    read_place,
    tables,
    version_of,
    with_wider,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kinward.figures.models import Claim, Meaning
    from kinward.figures.rules import Child, Earlier, Interval

PARTS: Final = By.ORIGIN  # by what our own number of a whole is made up


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One category of our own figure; no number where it is kept back."""

    category: str
    number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What one source says, what our ledgers hold, and by what they are made up."""

    claim: Claim
    meaning: Meaning
    counted: str
    number: int | None  # ours; none where it is small and kept back
    verdict: Verdict | None  # closes or contradicts; none where ours is kept back
    by: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def figure(self) -> Figure:
        """Which of our figures it is held against."""
        return Figure(self.meaning.figure)


class Spoken(NamedTuple):
    """One claim that speaks of ours: what it can be, our number, and the cells of both."""

    meaning: Meaning
    possible: Interval
    number: int
    span: Span
    counted: Counted  # of that time
    cell: str  # what it speaks of; one of its own where no table has it
    parts: tuple[str, ...]  # the cells that our number of a whole is shown by

    def shown(self, kept: Collection[str]) -> bool:
        """Tell whether our number is shown."""
        return self.span.cell(self.cell) not in kept

    def told(self, kept: Collection[str]) -> tuple[Part, ...]:
        """Return by what our number is made up, the largest part first."""
        cells = {
            cell: None if self.span.cell(cell) in kept else self.counted.values[cell]
            for cell in self.parts
        }
        ordered = sorted(cells.items(), key=lambda one: (-(one[1] or 0), one[0]))
        return tuple(Part(category=cell.partition("=")[2], number=n) for cell, n in ordered)


class Material(NamedTuple):
    """All that the page is made from, as it was read at one moment."""

    spoken: Sequence[Spoken]
    times: Mapping[Span, Counted]
    earlier: Sequence[Earlier]
    hushed: frozenset[str]

    @property
    def public(self) -> str:
        """A digest of all that does not come from our own records."""
        said = [
            (one.meaning.pk, one.meaning.claim.pk, one.possible, one.span) for one in self.spoken
        ]
        return version_of(said, self.earlier, self.hushed)

    @property
    def version(self) -> str:
        """A digest of all of it."""
        return version_of(self.public, self.times)


def material() -> Material:
    """Read what each claim says of our figures, our numbers, and what was published."""
    earlier = [*earlier_than(None, date.min), *drafts_before(None, date.min)]
    children: dict[date, list[Child]] = {}
    found = meanings()
    for one in found:
        if one.until not in children:
            children[one.until] = children_counted(until=one.until)
    times = times_of(found, children, earlier)
    spoken = [spoken_of(one, children[one.until], times) for one in found]
    return Material(spoken, times, earlier, hidden_once())


def comparisons(found: Material, *, small: bool) -> list[Comparison]:
    """Return each claim that speaks of our figures beside our own number.

    Without `small` what is fewer than five is kept back, and as much beside it as keeps it unknown
    to whoever has this page, every release and draft, and what others say; and what a release hid.
    Where nothing keeps it unknown, what ours is made up by is not listed either; and where that
    does not, none of ours is shown. It takes seconds, or minutes: a job does it (`queries.kept`).
    """
    if small:
        return [comparison(one, frozenset()) for one in found.spoken]
    for told in (found.spoken, [one._replace(parts=()) for one in found.spoken]):
        try:
            kept = kept_from_reader(told, found)
        except CannotProtect:
            continue
        return [comparison(one, kept) for one in told]
    return [comparison_without(one) for one in found.spoken]


def times_of(
    found: Sequence[Meaning], children: Mapping[date, list[Child]], earlier: Sequence[Earlier]
) -> dict[Span, Counted]:
    """Return the tables of every time that a claim speaks of, and of all until its last day.

    All have the same figures and breakdowns, so that one can be held against another.
    """
    told = {read_place(cell).figure for one in earlier for cell in one.counted.shown}
    wanted = with_wider({one.figure for one in found} | told, WITHIN)
    broken = {(By(one.by) if one.by else PARTS,) for one in found}
    spans = {Span(one.until) for one in found} | {Span(one.until, one.since) for one in found}
    return {
        span: counted_of_time(children[span.until], span, wanted, sorted(broken)) for span in spans
    }


def counted_of_time(
    children: Sequence[Child], span: Span, figures: Collection[str], broken: Sequence[Sequence[str]]
) -> Counted:
    """Return the totals of all figures, and the tables of some."""

    def counted(some: Collection[str], by: Sequence[Sequence[str]]) -> Counted:
        return tables(
            children,
            [each for each in Figure if each in some],
            by,
            until=span.until,
            since=span.since,
            places=PLACES,
            within={} if span.since else WITHIN,
        )

    return counted(set(Figure), ()) | counted(figures, broken)


def spoken_of(meaning: Meaning, children: Sequence[Child], times: dict[Span, Counted]) -> Spoken:
    """Return one claim with the cells it speaks of. One that no table has is added to its time."""
    span = Span(meaning.until, meaning.since)
    counted, number = times[span], ours(meaning, children)
    whole = place(meaning.figure, {meaning.by: meaning.category} if meaning.by else {}).name
    leaves = leaves_of(counted, meaning.figure, meaning.by or PARTS)
    there = [one for one in leaves if is_of(one.partition("=")[2], meaning.category)]
    if whole not in counted.values and len(there) == 1:
        whole = there[0]
    elif whole not in counted.values:
        sums = {Sum(whole, tuple(there))} if there else set()
        counted = counted | Counted({whole: number}, frozenset(sums), frozenset())
        times[span] = counted
    return Spoken(
        meaning=meaning,
        possible=as_plain(meaning.claim).possible,
        number=number,
        span=span,
        counted=counted,
        cell=whole,
        parts=() if meaning.by else tuple(leaves),
    )


def leaves_of(counted: Counted, figure: str, by: str) -> list[str]:
    """Return the cells of a figure by one dimension that are made up of no others."""
    start = f"{figure} {by}="
    wholes = {one.whole for one in counted.sums if one.parts[0].startswith(start)}
    return sorted(cell for cell in counted.values if cell.startswith(start) and cell not in wholes)


def kept_from_reader(spoken: Sequence[Spoken], found: Material) -> frozenset[str]:
    """Return the cells that somebody must not see who may see no small number.

    Raises:
        CannotProtect: whatever is kept back of them, a small number can be worked out.
    """
    shown: defaultdict[Span, set[str]] = defaultdict(set)
    said: defaultdict[Span, list[tuple[str, Interval]]] = defaultdict(list)
    for one in spoken:
        shown[one.span] |= {one.cell, *one.parts}
        said[one.span].append((one.cell, one.possible))
    page = [
        Beheld(span=span, counted=counted._replace(shown=frozenset(shown[span])), said=said[span])
        for span, counted in found.times.items()
    ]
    return kept_from(page, threshold=FEWEST, earlier=found.earlier, hushed=found.hushed)


def comparison_without(spoken: Spoken) -> Comparison:
    """Return one claim beside which nothing of ours is shown."""
    return comparison(spoken, {spoken.span.cell(spoken.cell)})


def comparison(spoken: Spoken, kept: Collection[str]) -> Comparison:
    """Return one claim beside our own number. Of a whole, ours is shown by region of origin."""
    shown = spoken.shown(kept)
    return compared(
        spoken,
        number=spoken.number if shown else None,
        parts=spoken.told(kept) if shown else (),
    )


def compared(spoken: Spoken, *, number: int | None, parts: tuple[Part, ...]) -> Comparison:
    """Return one claim beside a number of ours that is shown, or none."""
    agrees = number is not None and spoken.possible.low <= number <= spoken.possible.high
    verdict = Verdict.CLOSES if agrees else Verdict.CONTRADICTS
    return Comparison(
        claim=spoken.meaning.claim,
        meaning=spoken.meaning,
        counted=counted_claim(spoken.meaning.claim),
        number=number,
        verdict=None if number is None else verdict,
        by=PARTS if parts else "",
        parts=parts,
    )
