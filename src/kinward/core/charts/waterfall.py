"""How single weights add up to a sum: each bar starts where the one before it ended."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from kinward.core.charts.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

WIDTH: Final = 480.0
ROW: Final = 46.0
BAR: Final = 16.0
LABEL: Final = 18.0
MARGIN: Final = 4.0


@dataclass(frozen=True, slots=True)
class Step:
    """One weight: what it is of, how much, and how that amount is written."""

    label: str
    amount: float
    written: str


def waterfall(  # noqa: PLR0913 (a picture and what is said about it)
    steps: Sequence[Step],
    total: Step,
    *,
    title: str,
    description: str,
    mirrored: bool = False,
    name: str = "waterfall",
) -> SafeString:
    """Draw the steps from nothing to their total. The first step is where one starts from.

    Raises:
        ValueError: the steps do not add up to the total; a picture must not say so.
    """
    ends = list(accumulate((step.amount for step in steps), initial=0.0))
    if abs(ends[-1] - total.amount) > 0.05:  # noqa: PLR2004 (what rounding may take from a bit)
        raise ValueError(f"the steps add up to {ends[-1]:.2f}, not to {total.amount:.2f}")
    lowest, highest = min(ends), max(ends)
    scale = (WIDTH - 2 * MARGIN) / ((highest - lowest) or 1.0)

    def across(amount: float) -> float:
        return MARGIN + (amount - lowest) * scale

    canvas = Canvas(WIDTH, mirrored=mirrored)
    height = ROW * (len(steps) + 1)
    canvas.line(across(0.0), 0.0, height)
    bars = [(min(bar), max(bar)) for bar in pairwise(ends)]
    rows = [*zip(steps, bars, strict=True), (total, (min(0.0, ends[-1]), max(0.0, ends[-1])))]
    for index, (step, (start, end)) in enumerate(rows):
        top = index * ROW
        canvas.text(0.0, top + LABEL - 4, step.label)
        canvas.text(WIDTH, top + LABEL - 4, step.written, anchor="end", look="kw-chart__muted")
        look = look_of(index, step.amount, last=len(steps))
        canvas.box(across(start), top + LABEL + 2, (end - start) * scale, BAR, look=look)
    return canvas.figure(name, height, title=title, description=description)


def look_of(index: int, amount: float, *, last: int) -> str:
    """Return the style of a bar: where one starts, for, against, or the sum."""
    if index == last:
        return "kw-chart__total"
    if index == 0:
        return "kw-chart__start"
    return "kw-chart__for" if amount > 0 else "kw-chart__against"
