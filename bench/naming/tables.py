"""Rows of words and figures, aligned for a terminal or in Markdown."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = tuple[str, ...]


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(not unicodedata.combining(letter) for letter in text)


def aligned(head: Row, rows: Sequence[Row], *, left: int = 1) -> str:
    """Return a table whose first columns stand to the left and the others to the right."""
    widths = [max(width(row[column]) for row in (head, *rows)) for column in range(len(head))]

    def line(row: Row) -> str:
        cells = [
            f"{text}{' ' * (wide - width(text))}"
            if column < left
            else f"{' ' * (wide - width(text))}{text}"
            for column, (text, wide) in enumerate(zip(row, widths, strict=True))
        ]
        return "  ".join(cells).rstrip()

    return "\n".join([line(head), "  ".join("-" * wide for wide in widths), *map(line, rows)])


def markdown(head: Row, rows: Sequence[Row], *, left: int = 1) -> str:
    """Return the same table in Markdown."""
    rule = tuple("---" if column < left else "---:" for column in range(len(head)))
    lines = (head, rule, *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows))
    return "\n".join(f"| {' | '.join(row)} |" for row in lines)


def share(value: float | None) -> str:
    """Return a share with three decimals, or a dash."""
    return "–" if value is None else f"{value:.3f}"


def times(ours: float, theirs: float | None) -> str:
    """Return how many times theirs ours is, or a dash."""
    return f"×{ours / theirs:.2f}" if theirs else "–"


def amount(value: float) -> str:
    """Return a large number in three figures: 21.4 M, 830 k."""
    for size, sign in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if value >= size:
            return f"{value / size:.3g}{sign}"
    return f"{value:.3g}"
