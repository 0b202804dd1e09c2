"""Small pictures as SVG: the weights of a model, and what chances said against what came true.

Plain text, no script, readable without a network; colours differ in lightness too, so that they
survive a black-and-white print.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kinmatch.model import Model

ROW, GAP = 18, 10  # picture units: of a line, and between two comparisons
LABEL, MIDDLE, SCALE = 330, 560, 14  # where words end, where 0 bits stands, units for a bit
WIDTH = 900
MOST = 15.0  # bits beyond which a bar is drawn no longer
FOR, AGAINST, INK, PALE = "#1b6e5a", "#b5651d", "#222", "#ccc"
SIDE, EDGE = 320, 50  # of the square of a reliability plot, and the space around it
LARGEST = 9.0  # radius of the dot of the fullest bin


def weights(model: Model) -> str:
    """Return every level of a model as a bar: to the right it speaks for, to the left against."""
    lines: list[str] = []
    height = 40
    for comparison, levels in model.levels.items():
        lines.append(_text(10, height, comparison, weight="bold"))
        for level, chances in levels.items():
            height += ROW
            lines.append(_text(LABEL, height, level.replace("_", " "), anchor="end"))
            lines.append(_bar(height, chances.bits))
            said = f"{chances.bits:+.1f}   m {chances.m:.3g}   u {chances.u:.3g}"
            lines.append(_text(WIDTH - 10, height, said, anchor="end"))
        height += ROW + GAP
    axis = f'<line x1="{MIDDLE}" y1="30" x2="{MIDDLE}" y2="{height - ROW}" stroke="{INK}"/>'
    title = _text(10, 18, f"{model.identifier}: bits of each level", weight="bold")
    return _svg(WIDTH, height, [title, axis, *lines])


def reliability(dots: Sequence[tuple[float, float, int]], error: float) -> str:
    """Return what chances said (across) and how many came true (up); on the line they agree.

    A dot is (chance said, share come true, pairs); its area is the pairs. `error` is the expected
    calibration error.
    """
    size = SIDE + 2 * EDGE
    parts = [
        f'<rect x="{EDGE}" y="{EDGE}" width="{SIDE}" height="{SIDE}" fill="none" stroke="{PALE}"/>',
        f'<line x1="{EDGE}" y1="{EDGE + SIDE}" x2="{EDGE + SIDE}" y2="{EDGE}" stroke="{PALE}"/>',
        _text(EDGE, EDGE - 22, "Said and come true", weight="bold"),
        _text(EDGE, EDGE - 6, f"expected calibration error {error:.3f}"),
        _text(EDGE + SIDE, size - 10, "chance said", anchor="end"),
        _text(EDGE, size - 10, "up: share that came true"),
    ]
    fullest = max((pairs for _, _, pairs in dots), default=1)
    for said, true, pairs in dots:
        x, y = EDGE + said * SIDE, EDGE + SIDE - true * SIDE
        radius = max(LARGEST * (pairs / fullest) ** 0.5, 2.0)
        told = f"said {said:.2f}, true {true:.2f}, {pairs} pairs"
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{FOR}">'
            f"<title>{told}</title></circle>"
        )
    for tick in (0.0, 0.5, 1.0):
        parts.append(_text(EDGE + tick * SIDE, EDGE + SIDE + 16, f"{tick:g}", anchor="middle"))
        parts.append(_text(EDGE - 6, EDGE + SIDE - tick * SIDE + 4, f"{tick:g}", anchor="end"))
    return _svg(size, size, parts)


def _bar(y: int, bits: float) -> str:
    long = min(abs(bits), MOST) * SCALE
    x = MIDDLE if bits >= 0 else MIDDLE - long
    colour = FOR if bits >= 0 else AGAINST
    return f'<rect x="{x:.1f}" y="{y - 11}" width="{long:.1f}" height="13" fill="{colour}"/>'


def _text(x: float, y: float, words: str, *, anchor: str = "start", weight: str = "normal") -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-weight="{weight}">'
        f"{escape(words)}</text>"
    )


def _svg(width: int, height: int, parts: Iterable[str]) -> str:
    inside = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="sans-serif" font-size="12" fill="{INK}">\n'
        f"{inside}\n</svg>\n"
    )
