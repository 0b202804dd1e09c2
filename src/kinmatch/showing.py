"""Rows as a table that a notebook shows."""

from __future__ import annotations

from html import escape
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHOWN = 20  # rows; a notebook is for looking, not for reading all


def as_html(rows: Iterable[Mapping[str, object]], caption: str) -> str:
    """Return the first rows as an HTML table; each cell runs in the direction of its own script.

    The columns are those of the first row.
    """
    shown = list(islice(rows, SHOWN))
    head = "".join(f"<th>{escape(column)}</th>" for column in (shown[0] if shown else ()))
    body = "".join(f"<tr>{''.join(map(_cell, row.values()))}</tr>" for row in shown)
    return f"<table><caption>{escape(caption)}</caption><tr>{head}</tr>{body}</table>"


def _cell(value: object) -> str:
    written = f"{value:.3f}" if isinstance(value, float) else str(value)
    return f'<td dir="auto">{escape(written)}</td>'
