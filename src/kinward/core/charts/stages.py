"""How many came from one stage to the next, and how many did not: a bar for each stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kinward.core.charts.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

WIDTH: Final = 760.0
ROW: Final = 50.0
BAR: Final = 20.0
LABEL: Final = 18.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """One stage: how many came so far, and of the stage before who did not, with a reason or not.

    `written` is how the numbers are told in words, so that nothing depends on colour.
    """

    label: str
    amount: int
    explained: int
    open: int
    written: str


def stages(
    rows: Sequence[Arrived],
    *,
    title: str,
    description: str,
    mirrored: bool = False,
    name: str = "stages",
) -> SafeString:
    """Draw a bar for each stage: who came, then who stayed with a reason, then who is left over."""
    most = max((row.amount + row.explained + row.open for row in rows), default=0) or 1
    canvas = Canvas(WIDTH, mirrored=mirrored)
    height = ROW * len(rows)
    for index, row in enumerate(rows):
        top, across = index * ROW, 0.0
        canvas.text(0.0, top + LABEL - 2, row.label)
        canvas.text(WIDTH, top + LABEL - 2, row.written, anchor="end", look="kw-chart__muted")
        parts = (
            (row.amount, "kw-chart__total"),
            (row.explained, "kw-chart__start"),
            (row.open, "kw-chart__against"),
        )
        for amount, look in parts:
            if amount:
                wide = WIDTH * amount / most
                canvas.box(across, top + LABEL + 4, wide - 1.5, BAR, look=look)
                across += wide
    return canvas.figure(name, height, title=title, description=description)
