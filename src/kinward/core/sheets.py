"""Tables as files for spreadsheets, in which no cell is ever run."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from kinward.core.intake.cells import cell

BYTE_ORDER_MARK: Final = "\ufeff"  # without it Excel reads Arabic and Russian as something else
AS_TEXT: Final = "@"  # the format of a cell that stays text when it is typed into
WIDE: Final = 24  # characters of a column


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as its reader sees it: what each column is, and every row in words."""

    title: str
    head: list[str]
    rows: list[list[str]]
    notes: tuple[str, ...] = ()  # above it: who made it, when, for whom


def as_csv(table: Table) -> bytes:
    """Return a table as CSV in UTF-8. What a spreadsheet would run has an apostrophe in front."""
    written = StringIO()
    writer = csv.writer(written)
    lines = [*([note] for note in table.notes), table.head, *table.rows]
    writer.writerows([cell(text) for text in line] for line in lines)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def as_workbook(table: Table, *, right_to_left: bool) -> bytes:
    """Return a table as a workbook of one sheet; every cell is typed as text, none is run."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 (a new workbook has one)
    sheet.title = ILLEGAL_CHARACTERS_RE.sub("", table.title)[:31]
    sheet.sheet_view.rightToLeft = right_to_left
    at = len(table.notes) + 1
    lines = [*([note] for note in table.notes), table.head, *table.rows]
    for number, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            one: Any = sheet.cell(number, column)
            one.value = ILLEGAL_CHARACTERS_RE.sub("", text)
            one.data_type, one.number_format = "s", AS_TEXT  # whatever it looks like
            one.font, one.alignment = Font(bold=number == at), Alignment(wrap_text=number >= at)
    for column in range(1, len(table.head) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDE
    sheet.freeze_panes = f"A{at + 1}"
    sheet.print_title_rows = f"{at}:{at}"
    held = BytesIO()
    book.save(held)
    return held.getvalue()
