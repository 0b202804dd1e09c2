"""Who said which number when: a line from the least to the greatest each can mean, over time."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log10
from typing import TYPE_CHECKING, Final

from kinward.core.charts.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.safestring import SafeString

WIDTH: Final = 760.0
TALL: Final = 260.0
SIDE: Final = 64.0  # for the numbers of the axis
TOP: Final = 34.0  # for the marks, and for what has no greatest
FOOT: Final = 26.0
APART: Final = 18.0  # between two that are of one time
CAP: Final = 10.0


@dataclass(frozen=True, slots=True)
class Whisker:
    """One number: its mark in the table, when it is of (a year with its fraction), its ends."""

    mark: str
    at: float
    low: float
    high: float | None  # none: nothing is said of the greatest


def whiskers(
    rows: Sequence[Whisker],
    *,
    title: str,
    description: str,
    mirrored: bool = False,
    name: str = "whiskers",
) -> SafeString:
    """Draw the numbers over time, on an axis of tenfold steps: 30 and 2,000 are both readable."""
    most = max(row.low if row.high is None else row.high for row in rows)
    tens = max(ceil(log10(max(most, 1))), 1)
    first, last = years(rows)
    scale = (WIDTH - 2 * SIDE) / (last - first)
    canvas = Canvas(WIDTH, mirrored=mirrored)
    bottom = TOP + TALL

    def height(value: float) -> float:
        return bottom - TALL * log10(max(value, 1)) / tens

    for power in range(tens + 1):
        canvas.rule(SIDE, WIDTH - SIDE, height(10**power))
        written = f"{10**power:,}".replace(",", "\u202f")
        canvas.text(SIDE - 8, height(10**power) + 5, written, anchor="end", look="kw-chart__muted")
    for year in range(first, last + 1, ceil((last - first) / 8)):
        x = SIDE + (year - first) * scale
        canvas.text(x, bottom + FOOT - 6, str(year), anchor="middle", look="kw-chart__muted")
    for row, x in placed(rows, first, scale):
        top, foot = height(row.low if row.high is None else row.high), height(row.low)
        if row.high is None:
            top = TOP - 8
            canvas.path(((x - 5, top + 7), (x, top), (x + 5, top + 7)), look="kw-chart__whisker")
        canvas.path(((x, top), (x, foot)), look="kw-chart__whisker")
        for end in {foot} if row.high is None else {top, foot}:
            canvas.box(x - CAP / 2, end - 1.5, CAP, 3.0, look="kw-chart__total")
        canvas.text(x, top - 6, row.mark, anchor="middle", look="kw-chart__mark")
    return canvas.figure(name, bottom + FOOT, title=title, description=description)


def years(rows: Iterable[Whisker]) -> tuple[int, int]:
    """Return the years the axis begins and ends with."""
    times = [row.at for row in rows]
    return int(min(times)), int(max(times)) + 1


def placed(rows: Sequence[Whisker], first: int, scale: float) -> Iterable[tuple[Whisker, float]]:
    """Yield each with where it stands: of one time side by side, in their order."""
    taken: list[float] = []
    for row in sorted(rows, key=lambda one: one.at):
        x = SIDE + (row.at - first) * scale
        x = max(x, taken[-1] + APART) if taken else x
        taken.append(x)
        yield row, x
