"""What was measured, drawn over lines that it is compared with; what is not sure is a band."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kinward.core.charts.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

WIDTH: Final = 760.0
TALL: Final = 320.0
LEFT: Final = 44.0  # for the numbers of the upright axis
RIGHT: Final = 92.0  # for the words of the lines
TOP: Final = 12.0
AXIS: Final = 28.0
BAND: Final = 8.0


@dataclass(frozen=True, slots=True)
class Curve:
    """A line to compare with: its points from left to right, and what is written at its end."""

    label: str
    points: tuple[tuple[float, float], ...]
    look: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What was measured: a height, and between which places of the level axis it lies."""

    first: float
    last: float
    at: float


def curves(  # noqa: PLR0913 (a picture and what is said about it)
    lines: Sequence[Curve],
    marks: Sequence[Mark],
    *,
    level: Sequence[tuple[float, str]],
    upright: Sequence[tuple[float, str]],
    title: str,
    description: str,
    mirrored: bool = False,
    name: str = "curves",
) -> SafeString:
    """Draw lines and marks between the first and the last sign of both axes.

    `level` and `upright` are the places of the axes with what is written there, lowest first.
    """
    (left, _), (right, _) = level[0], level[-1]
    (low, _), (high, _) = upright[0], upright[-1]
    canvas = Canvas(WIDTH, mirrored=mirrored)

    def across(x: float) -> float:
        return LEFT + (x - left) / (right - left) * (WIDTH - LEFT - RIGHT)

    def down(y: float) -> float:
        return TOP + (high - y) / (high - low) * TALL

    for y, words in upright:
        canvas.path([(LEFT, down(y)), (WIDTH - RIGHT, down(y))], look="kw-chart__line")
        canvas.text(LEFT - 6, down(y) + 4, words, anchor="end", look="kw-chart__muted")
    for x, words in level:
        canvas.line(across(x), TOP, TOP + TALL)
        middle = (across(x), TOP + TALL + AXIS - 8)
        canvas.text(*middle, words, anchor="middle", look="kw-chart__muted")
    for line in lines:
        canvas.path([(across(x), down(y)) for x, y in line.points], look=line.look)
        if line.points:
            x, y = line.points[-1]
            canvas.text(across(x) + 6, down(y) + 4, line.label, look="kw-chart__muted")
    for mark in marks:
        width = max(across(mark.last) - across(mark.first), BAND)
        start = (across(mark.first) + across(mark.last) - width) / 2
        canvas.box(start, down(mark.at) - BAND / 2, width, BAND, look="kw-chart__total")
    return canvas.figure(name, TOP + TALL + AXIS, title=title, description=description)
