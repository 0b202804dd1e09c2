"""How many of each kind there are, as bars from one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kinward.core.charts.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

WIDTH: Final = 760.0
ROW: Final = 40.0
BAR: Final = 14.0
LABEL: Final = 16.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One kind: what it is, how many, and how that is written."""

    label: str
    amount: int
    written: str


def bars(
    rows: Sequence[Bar], *, title: str, description: str, mirrored: bool = False, name: str = "bars"
) -> SafeString:
    """Draw a bar for each kind; where there is nothing of it, none."""
    most = max((row.amount for row in rows), default=0) or 1
    canvas = Canvas(WIDTH, mirrored=mirrored)
    height = ROW * len(rows)
    canvas.line(0.5, 0.0, height)
    for index, row in enumerate(rows):
        top = index * ROW
        canvas.text(6.0, top + LABEL - 3, row.label)
        canvas.text(WIDTH, top + LABEL - 3, row.written, anchor="end", look="kw-chart__muted")
        if row.amount:
            across = WIDTH * row.amount / most
            canvas.box(0.5, top + LABEL + 2, across, BAR, look="kw-chart__total")
    return canvas.figure(name, height, title=title, description=description)
