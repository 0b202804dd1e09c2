"""A state table as a picture: its positions one under the other, its steps as arcs beside them.

Steps that go on are drawn on the right, those that lead back on the left. A step that is possible
from nearly anywhere is marked at its own position, or nothing else could be seen.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kinward.casework.tracks import Move, Table

DRAWN_FROM: Final = 6  # a step possible from more positions than these is only marked
ROW, BOX, WIDE = 44, 28, 390  # pixels: from one position to the next, its box
MARK: Final = 110  # for the words of a mark
LEVEL: Final = 15  # how much further out an arc lies for each position it passes
INK, BRAND, PALE = "#0b0c0c", "#0f5c5c", "#e8f1f1"
# How a box looks, and the words in it: where a track begins, a position, what is remembered beside.
FIRST = (f'rx="3" fill="{BRAND}"', "#fff")
PLAIN = (f'rx="3" fill="{PALE}"', INK)
ROUND = ('rx="14" fill="#fff" stroke-dasharray="4 3"', INK)


def picture(table: Table) -> str:
    """Return a track as SVG; what it says stands in the table beside it too."""
    listed = list(table.words.values)
    place = {position: number for number, position in enumerate(listed)}
    moves = [each for each in table.moves if not each.stays]
    arcs = [
        (place[source], place[each.to], each)
        for each in moves
        if len(each.after) <= DRAWN_FROM
        for source in listed
        if source in each.after
    ]
    back = max([start - end for start, end, _ in arcs if end < start], default=0)
    on = max([end - start for start, end, _ in arcs if end > start], default=0)
    marked = {each.to for each in moves if len(each.after) > DRAWN_FROM}
    left = 24 + LEVEL * back + (MARK if marked else 0)
    width, height = left + WIDE + LEVEL * on + 60, ROW * len(listed) + 16
    beside = {each.to for each in table.moves if each.stays}
    shapes = []
    for number, position in enumerate(listed):
        top = ROW * number + 8
        look = ROUND if position in beside else FIRST if position == table.start else PLAIN
        shapes.append(_box(table.label(position), left, top, look))
        if position in marked:
            shapes.append(_mark(left, top + BOX / 2))
    shapes += [_arc(*each, left=left) for each in arcs]
    title = escape(f"{table.track.label}: the positions and the steps between them")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" font-family="sans-serif" font-size="13">'
        f"<title>{title}</title>"
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" '
        f'markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="{BRAND}"/></marker></defs>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>\n'
        + "\n".join(shapes)
        + "\n</svg>\n"
    )


def _box(said: str, left: int, top: int, look: tuple[str, str]) -> str:
    """Return a position with its words."""
    frame, ink = look
    return (
        f'<rect x="{left}" y="{top}" width="{WIDE}" height="{BOX}" stroke="{BRAND}" {frame}/>'
        f'<text x="{left + 10}" y="{top + BOX / 2 + 4.5}" fill="{ink}">{escape(said)}</text>'
    )


def _mark(left: int, middle: float) -> str:
    """Return that a position is reached from nearly anywhere."""
    return (
        f'<text x="8" y="{middle + 4}" font-size="11" fill="{INK}">nearly anywhere</text>'
        f'<path d="M{MARK - 8} {middle}H{left - 2}" '
        f'stroke="{BRAND}" marker-end="url(#tip)"/>'
    )


def _arc(start: int, end: int, move: Move, *, left: int) -> str:
    """Return a step: on the right where it goes on, on the left where it leads back."""
    onward = end > start
    side = left + WIDE if onward else left
    out = 14 + LEVEL * abs(end - start) * (0.92 if onward else 1)
    far = side + out if onward else side - out
    begin, arrive = (ROW * each + 8 + BOX / 2 for each in (start, end))
    begin, arrive = begin + (4 if onward else -4), arrive - (4 if onward else -4)
    tip = side + 2 if onward else side - 2
    dashes = ' stroke-dasharray="4 3"' if move.pushed else ""
    path = f"M{side} {begin:g}C{far:g} {begin:g} {far:g} {arrive:g} {tip} {arrive:g}"
    drawn = f'<path d="{path}" fill="none" stroke="{BRAND}"{dashes} marker-end="url(#tip)"/>'
    if move.gates:
        at = side + (far - side) * 0.75
        drawn += (
            f'<text x="{at + 3:g}" y="{(begin + arrive) / 2 + 4:g}" font-size="11" '
            f'font-weight="bold" fill="{INK}">{" ".join(move.gates)}</text>'
        )
    return drawn
