"""A sheet to draw on, which mirrors itself for languages written from right to left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from django.utils.html import format_html, format_html_join

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

Anchor = Literal["start", "middle", "end"]
MIRRORED: Final[dict[Anchor, Anchor]] = {"start": "end", "middle": "middle", "end": "start"}


def exact(value: float) -> str:
    """Return a coordinate for SVG: a point, never a comma, whatever the language."""
    return f"{value:.1f}"


class Canvas:
    """Shapes in units of the view box; x runs from the side where reading starts."""

    def __init__(self, width: float, *, mirrored: bool) -> None:
        self.width = width
        self.mirrored = mirrored
        self.shapes: list[SafeString] = []

    def box(self, x: float, y: float, width: float, height: float, *, look: str) -> None:
        """Draw a rectangle, at least so wide that it can be seen."""
        width = max(width, 2.0)
        left = self.width - x - width if self.mirrored else x
        self.shapes.append(
            format_html(
                '<rect x="{}" y="{}" width="{}" height="{}" class="{}"/>',
                exact(left),
                exact(y),
                exact(width),
                exact(height),
                look,
            )
        )

    def line(self, x: float, top: float, bottom: float) -> None:
        """Draw an upright hairline."""
        at = exact(self.width - x if self.mirrored else x)
        self.shapes.append(
            format_html(
                '<line x1="{}" x2="{}" y1="{}" y2="{}" class="kw-chart__line"/>',
                at,
                at,
                exact(top),
                exact(bottom),
            )
        )

    def rule(self, start: float, end: float, y: float) -> None:
        """Draw a level hairline."""
        left, right = (self.width - x if self.mirrored else x for x in (start, end))
        self.shapes.append(
            format_html(
                '<line x1="{}" x2="{}" y1="{}" y2="{}" class="kw-chart__line"/>',
                exact(left),
                exact(right),
                exact(y),
                exact(y),
            )
        )

    def path(self, points: Iterable[tuple[float, float]], *, look: str) -> None:
        """Draw a line from point to point."""
        corners = " ".join(
            f"{exact(self.width - x if self.mirrored else x)},{exact(y)}" for x, y in points
        )
        self.shapes.append(format_html('<polyline points="{}" class="{}"/>', corners, look))

    def ribbon(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        thick: float,
        look: str,
    ) -> None:
        """Draw a band from the upper corner of one side to that of another; what crosses shows."""
        (left, top), (right, arrives) = (
            ((self.width - x if self.mirrored else x), y) for x, y in (start, end)
        )
        middle = (left + right) / 2
        there = f"C{exact(middle)},{exact(top)} {exact(middle)},{exact(arrives)}"
        back = f"C{exact(middle)},{exact(arrives + thick)} {exact(middle)},{exact(top + thick)}"
        drawn = (
            f"M{exact(left)},{exact(top)} {there} {exact(right)},{exact(arrives)} "
            f"V{exact(arrives + thick)} {back} {exact(left)},{exact(top + thick)} Z"
        )
        self.shapes.append(
            format_html('<path d="{}" class="{}" fill-opacity="0.45"/>', drawn, look)
        )

    def text(
        self, x: float, y: float, words: str, *, anchor: Anchor = "start", look: str = ""
    ) -> None:
        """Write words, isolated from each other's direction."""
        at = self.width - x if self.mirrored else x
        self.shapes.append(
            format_html(
                '<text x="{}" y="{}" text-anchor="{}" class="{}">\u2068{}\u2069</text>',
                exact(at),
                exact(y),
                MIRRORED[anchor] if self.mirrored else anchor,
                look,
                words,
            )
        )

    def figure(
        self, name: str, height: float, *, title: str, description: str, own_size: bool = False
    ) -> SafeString:
        """Return the finished picture. `name` is unique in the page.

        With its `own_size` a unit is a pixel; else it is as wide as there is room.
        `direction` is fixed: in a page written from right to left, anchors would turn round twice.
        """
        size = (
            format_html(' width="{}" height="{}"', exact(self.width), exact(height))
            if own_size
            else ""
        )
        return format_html(
            '<svg viewBox="0 0 {} {}"{} role="img" direction="ltr" '
            'aria-labelledby="{}-title {}-description" xmlns="http://www.w3.org/2000/svg">'
            '<title id="{}-title">{}</title><desc id="{}-description">{}</desc>{}</svg>',
            exact(self.width),
            exact(height),
            size,
            name,
            name,
            name,
            title,
            name,
            description,
            format_html_join("", "{}", ((shape,) for shape in self.shapes)),
        )
