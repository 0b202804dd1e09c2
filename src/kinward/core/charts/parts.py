"""A whole, its parts, and what of it no part accounts for, as a tree that reads like a sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kinward.core.charts.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

WIDTH: Final = 660.0
LEFT: Final = 150.0  # how wide the whole is
RIGHT: Final = 185.0  # where the parts begin
ROW: Final = 48.0
BOX: Final = 38.0


@dataclass(frozen=True, slots=True)
class Part:
    """One box: its number as it is written, what it is of; whether it is accounted for."""

    number: str
    label: str
    known: bool = True


def parts(  # noqa: PLR0913 (a picture and what is said about it)
    whole: Part,
    rows: Sequence[Part],
    *,
    title: str,
    description: str,
    mirrored: bool = False,
    name: str = "parts",
) -> SafeString:
    """Draw the whole at the side where reading starts, and a line to each part."""
    canvas = Canvas(WIDTH, mirrored=mirrored)
    height = ROW * len(rows)
    middle = height / 2
    for index, row in enumerate(rows):
        centre = index * ROW + ROW / 2
        look = "kw-chart__branch" if row.known else "kw-chart__branch kw-chart__branch--open"
        bend = (LEFT + RIGHT) / 2
        canvas.path(((LEFT, middle), (bend, middle), (bend, centre), (RIGHT, centre)), look=look)
        box = "kw-chart__part" if row.known else "kw-chart__part kw-chart__part--open"
        canvas.box(RIGHT, centre - BOX / 2, WIDTH - RIGHT - 1, BOX, look=box)
        canvas.text(RIGHT + 12, centre + 6, row.number, look="kw-chart__number")
        canvas.text(RIGHT + 90, centre + 5, row.label)
    canvas.box(1.0, middle - BOX / 2, LEFT, BOX, look="kw-chart__part")
    canvas.text(12.0, middle + 6, whole.number, look="kw-chart__number")
    canvas.text(76.0, middle + 5, whole.label)
    return canvas.figure(name, height, title=title, description=description, own_size=True)
