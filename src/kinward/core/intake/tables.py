"""The rows of a list somebody sends: the sheet of a workbook, or text with separators."""

from __future__ import annotations

import csv
from contextlib import closing
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, Final

from kinward.core.intake import kinds
from kinward.core.intake.refusals import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = tuple[int, list[str]]
"""Where it stands, as a person counts in the file, and the text of its cells."""

SHEET: Final = f"{kinds.OFFICE}spreadsheetml.sheet"
MOST_CELLS: Final = 200_000  # looked at, so that a sheet formatted to its end is no burden


class BrokenRow(Exception):
    """A row of a text cannot be told from the next."""

    def __init__(self, row: int) -> None:
        super().__init__(f"row {row}")
        self.row = row


def is_workbook(content: bytes) -> bool:
    """Tell whether a file begins as a workbook does."""
    return content.startswith(b"PK\x03\x04")


def rows_of_text(text: str) -> list[Row]:
    """Return the rows of a text that has tabs, semicolons or commas between its cells.

    Which of them, its first row says: a spreadsheet gives tabs when it is copied from, and
    semicolons where the comma is the decimal sign.

    Raises:
        BrokenRow: a quotation mark stands where none can.
    """
    header = text.lstrip("\r\n").partition("\n")[0]
    between = "\t" if "\t" in header else max(",;،", key=header.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=between, strict=True)
    rows: list[Row] = []
    number = 1
    try:
        for row in reader:
            rows.append((number, [cell.strip() for cell in row]))
            number = reader.line_num + 1
    except csv.Error as error:
        raise BrokenRow(number) from error
    return written(rows)


def rows_of_workbook(content: bytes) -> list[Row]:
    """Return the rows of its sheet, as they were last seen; a formula nobody saw stays one.

    To be run in a child process: parsers are where files attack.

    Raises:
        Refused: it is no workbook, larger than is read, or something is written on several of its
            sheets, of which all but one would be lost.
    """
    media_type, _parts = kinds.kind_of(content)
    if media_type != SHEET:
        raise Refused(Why.UNKNOWN)
    try:
        typed_on, seen_on = (_sheets(content, data_only=only) for only in (False, True))
    except Refused:
        raise
    except Exception as error:  # openpyxl lets through whatever zip and XML raise
        raise Refused(Why.BROKEN) from error
    told = [place for place, rows in enumerate(typed_on) if says_anything(rows)]
    if len(told) > 1:
        raise Refused(Why.SHEETS)
    seen, typed = (sheets[told[0]] if told else [] for sheets in (seen_on, typed_on))
    rows = [
        (
            number,
            [text_in(value) or formula_in(meant) for value, meant in zip(row, by, strict=True)],
        )
        for number, (row, by) in enumerate(zip(seen, typed, strict=True), 1)
    ]
    return written(rows)


def _sheets(content: bytes, *, data_only: bool) -> list[list[list[Any]]]:
    """Return the rows of each sheet: values, or formulas as they were typed.

    Raises:
        Refused: there are too many cells.
    """
    import openpyxl  # noqa: PLC0415 (slow, and only the child process opens workbooks)

    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=data_only)
    sheets, left = [], MOST_CELLS
    with closing(book):
        for sheet in book.worksheets:
            rows = []
            for row in sheet.iter_rows(values_only=True):
                left -= len(row)
                if left < 0:
                    raise Refused(Why.TOO_LARGE)
                rows.append(list(row))
            sheets.append(rows)
    return sheets


def says_anything(rows: Iterable[Iterable[Any]]) -> bool:
    """Tell whether any cell holds something."""
    return any(value is not None for row in rows for value in row)


def text_in(value: Any) -> str:
    """Return a value as text: days as ISO 8601, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def formula_in(typed: Any) -> str:
    """Return a formula that has no value, so that it is not taken for an empty cell."""
    return text_in(typed) if str(typed).startswith("=") else ""


def written(rows: Iterable[Row]) -> list[Row]:
    """Keep the rows in which anything is written, without the empty cells at their ends."""
    kept: list[Row] = []
    for number, cells in rows:
        last = max((place for place, cell in enumerate(cells, 1) if cell), default=0)
        if last:
            kept.append((number, cells[:last]))
    return kept
