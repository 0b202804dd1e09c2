"""What others say held against our own ledgers, for those who may see our numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinward.figures.definitions import FEWEST
from kinward.figures.models import By, Figure, Verdict
from kinward.figures.queries.programme import children_counted
from kinward.figures.queries.register import as_plain, counted_claim
from kinward.figures.queries.releases import hidden_once, meanings, ours
from kinward.figures.rules import Child, audited, place, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from kinward.figures.models import Claim, Meaning


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


def comparisons(*, small: bool) -> list[Comparison]:
    """Return each claim that speaks of our figures beside our own number.

    Without `small` what is fewer than five is kept back, and as much beside it as keeps it unknown;
    and whatever a release hid, or its sums and this page together would tell what neither does.
    """
    back = frozenset() if small else hidden_once()
    children: dict[date, Sequence[Child]] = {}
    found = []
    for one in meanings():
        if one.until not in children:
            children[one.until] = children_counted(until=one.until)
        found.append(comparison(one, children[one.until], back, small=small))
    return found


def comparison(
    meaning: Meaning, children: Sequence[Child], back: frozenset[str], *, small: bool
) -> Comparison:
    """Return one claim beside our own number. Of a whole, ours is shown by region of origin.

    The cells `back` are kept back.
    """
    number = ours(meaning, children)
    possible = as_plain(meaning.claim).possible
    by = "" if meaning.by else str(By.ORIGIN)
    cell = place(meaning.figure, {meaning.by: meaning.category} if meaning.by else {}).name
    shown = small or not (0 < number < FEWEST or cell in back)
    agrees = possible.low <= number <= possible.high
    verdict = Verdict.CLOSES if agrees else Verdict.CONTRADICTS
    return Comparison(
        claim=meaning.claim,
        meaning=meaning,
        counted=counted_claim(meaning.claim),
        number=number if shown else None,
        verdict=verdict if shown else None,
        by=by if shown else "",
        parts=parts_of(meaning, children, by, back, small=small) if by and shown else (),
    )


def parts_of(
    meaning: Meaning, children: Iterable[Child], by: str, back: frozenset[str], *, small: bool
) -> tuple[Part, ...]:
    """Return by what our number is made up, the largest part first."""
    figure = Figure(meaning.figure)
    there = [
        one for one in children if one.counts(figure, until=meaning.until, since=meaning.since)
    ]
    counted = tables(there, [figure], [(by,)], until=meaning.until, places=(), within={})
    hidden = back
    if not small:
        hidden |= audited(counted, threshold=FEWEST, earlier=(), heard=()).hidden
    cells = {
        cell.partition("=")[2]: (None if cell in hidden else value)
        for cell, value in counted.values.items()
        if "=" in cell
    }
    ordered = sorted(cells.items(), key=lambda one: (-(one[1] or 0), one[0]))
    return tuple(Part(category=category, number=number) for category, number in ordered)
