"""Spans of time above one another, so that it is seen whether they can meet."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

from kinward.core.charts.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.utils.safestring import SafeString

WIDTH: Final = 480.0
ROW: Final = 44.0
BAR: Final = 16.0
LABEL: Final = 18.0
MARGIN: Final = 24.0
AXIS: Final = 24.0
DAYS_OF_A_YEAR: Final = 365.25


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, in years with fractions, and how that is written.

    What is `sure` of it, if not all, is drawn upon the rest.
    """

    label: str
    first: float
    last: float
    written: str
    look: str = "kw-chart__total"
    sure: tuple[float, float] | None = None


def spans(
    rows: Sequence[Span],
    *,
    title: str,
    description: str,
    mirrored: bool = False,
    name: str = "spans",
) -> SafeString:
    """Draw the spans on one axis of whole years."""
    first = int(min(row.first for row in rows))
    last = int(max(row.last for row in rows)) + 1
    scale = (WIDTH - 2 * MARGIN) / (last - first)
    canvas = Canvas(WIDTH, mirrored=mirrored)
    bottom = ROW * len(rows)
    every = ceil((last - first) / 6)
    for year in range(first, last + 1, every):
        canvas.line(MARGIN + (year - first) * scale, 0.0, bottom)
        at = MARGIN + (year - first) * scale
        canvas.text(at, bottom + AXIS - 6, str(year), anchor="middle", look="kw-chart__muted")
    for index, row in enumerate(rows):
        top = index * ROW
        canvas.text(0.0, top + LABEL - 4, row.label)
        canvas.text(WIDTH, top + LABEL - 4, row.written, anchor="end", look="kw-chart__muted")
        bars = [(row.first, row.last, row.look)]
        bars += [(*row.sure, "kw-chart__total")] if row.sure else []
        for start, end, look in bars:
            x = MARGIN + (start - first) * scale
            canvas.box(x, top + LABEL + 2, (end - start) * scale, BAR, look=look)
    return canvas.figure(name, bottom + AXIS, title=title, description=description)


def as_year(day: date) -> float:
    """Return the day as a year with a fraction."""
    return day.year + (day.timetuple().tm_yday - 1) / DAYS_OF_A_YEAR
