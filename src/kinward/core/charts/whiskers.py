"""Who said which number when: a line from the least to the greatest each can mean, over time."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log10
from typing import TYPE_CHECKING, Final

from kinward.core.charts.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

WIDTH: Final = 760.0
TALL: Final = 260.0
SIDE: Final = 64.0  # for the numbers of the axis
TOP: Final = 34.0  # for the marks, and for what has no greatest
FOOT: Final = 26.0
LEAST: Final = 4  # as many places a day has at least: its name needs them
NAMED: Final = 6  # days whose names stand side by side
CAP: Final = 10.0


@dataclass(frozen=True, slots=True)
class Whisker:
    """One number: its mark in the table, when it is of (to sort by, in words), its ends."""

    mark: str
    at: str  # ISO 8601
    when: str
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
    """Draw the numbers in the order of time, those of one day side by side.

    The axis has tenfold steps: 30 and 2,000 are both readable.
    """
    most = max(row.low if row.high is None else row.high for row in rows)
    tens = max(ceil(log10(max(most, 1))), 1)
    canvas = Canvas(WIDTH, mirrored=mirrored)
    bottom = TOP + TALL

    def height(value: float) -> float:
        return bottom - TALL * log10(max(value, 1)) / tens

    for power in range(tens + 1):
        canvas.rule(SIDE, WIDTH - SIDE, height(10**power))
        written = f"{10**power:,}".replace(",", "\u202f")
        canvas.text(SIDE - 8, height(10**power) + 5, written, anchor="end", look="kw-chart__muted")
    days = placed(rows)
    for number, (when, start, end, _told) in enumerate(days):
        if number:
            canvas.line(start, TOP, bottom)
        if number % ceil(len(days) / NAMED) == 0:
            middle = (start + end) / 2
            canvas.text(middle, bottom + FOOT - 6, when, anchor="middle", look="kw-chart__muted")
    for row, x in (each for _when, _start, _end, told in days for each in told):
        draw(canvas, row, x, (height(row.low), None if row.high is None else height(row.high)))
    return canvas.figure(name, bottom + FOOT, title=title, description=description, own_size=True)


def draw(canvas: Canvas, row: Whisker, x: float, ends: tuple[float, float | None]) -> None:
    """Draw one number; where nothing is said of the greatest, it points upwards."""
    foot, top = ends[0], TOP - 8 if ends[1] is None else ends[1]
    if ends[1] is None:
        canvas.path(((x - 5, top + 7), (x, top), (x + 5, top + 7)), look="kw-chart__whisker")
    canvas.path(((x, top), (x, foot)), look="kw-chart__whisker")
    for end in {foot} if ends[1] is None else {top, foot}:
        canvas.box(x - CAP / 2, end - 1.5, CAP, 3.0, look="kw-chart__total")
    canvas.text(x, top - 6, row.mark, anchor="middle", look="kw-chart__mark")


Day = tuple[str, float, float, list[tuple[Whisker, float]]]


def placed(rows: Sequence[Whisker]) -> list[Day]:
    """Return each day in words, from where to where it reaches, and where its numbers stand."""
    days: dict[str, list[Whisker]] = {}
    for row in sorted(rows, key=lambda one: one.at):
        days.setdefault(row.at, []).append(row)
    step = (WIDTH - 2 * SIDE) / sum(max(len(told) + 1, LEAST) for told in days.values())
    found: list[Day] = []
    start = SIDE
    for told in days.values():
        wide = step * max(len(told) + 1, LEAST)
        apart = wide / (len(told) + 1)
        at = [(row, start + apart * number) for number, row in enumerate(told, 1)]
        found.append((told[0].when, start, start + wide, at))
        start += wide
    return found
