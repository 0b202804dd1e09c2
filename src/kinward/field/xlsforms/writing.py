"""A form of the field as an XLSForm, for ODK and Kobo: in every language, under its version."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.conf.locale import LANG_INFO
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kinward.field.xlsforms.lines import SELECT, Line, Told, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

PLAIN: Final = ("required", "relevant", "constraint", "default", "parameters")
WIDTH: Final = 32  # of a column, in characters


def language(code: str) -> str:
    """Return how XLSForms name a language: Русский (ru)."""
    return f"{LANG_INFO[code]['name_local'].capitalize()} ({code})"


def languages() -> list[str]:
    """Return the codes of the languages of the screens, the first one the default."""
    return [code for code, _name in settings.LANGUAGES]


def written(told: Told, *, version: str) -> bytes:
    """Return a form, as `Form.told` gives it, as an XLSForm (XLSX)."""
    lines = list(lines_of(told))
    lists = lists_of(lines)
    book = Workbook()
    survey = book.worksheets[0]
    survey.title = "survey"
    labels = [f"{what}::{language(code)}" for what in ("label", "hint") for code in languages()]
    fill(survey, ["type", "name", *labels, *PLAIN], (row_of(line, lists) for line in lines))
    wording = [f"label::{language(code)}" for code in languages()]
    fill(book.create_sheet("choices"), ["list_name", "name", *wording], choices_in(lists))
    first = told["title"][languages()[0]]
    head = ["form_title", "form_id", "version", "default_language"]
    row = [first, f"kinward_{told['name']}", version, language(languages()[0])]
    fill(book.create_sheet("settings"), head, [row])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def fill(sheet: Worksheet, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a sheet: its head in bold, every cell as text."""
    for row in (head, *rows):
        sheet.append(list(row))
    for cells in sheet.iter_rows():
        for cell in cells:
            # Words that begin with "=" are words: no spreadsheet is to reckon with them.
            cell.data_type = "s" if cell.value is not None else cell.data_type
    for column, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = WIDTH
    sheet.freeze_panes = "C2"


def lists_of(lines: Iterable[Line]) -> dict[str, tuple[Told, ...]]:
    """Return the lists of choices by their names; the same choices stand in one list."""
    found: dict[str, tuple[Told, ...]] = {}
    for line in lines:
        if line.choices and line.choices not in found.values():
            found[f"{line.name}_{len(found) + 1}"] = line.choices
    return found


def row_of(line: Line, lists: dict[str, tuple[Told, ...]]) -> list[str]:
    """Return the cells of one line."""
    listed = next((name for name, choices in lists.items() if choices == line.choices), "")
    kind = f"{SELECT} {listed}" if line.type == SELECT else line.type
    words = [told.get(code, "") for told in (line.label, line.hint) for code in languages()]
    required = "yes" if line.required else ""
    rest = [line.relevant, line.constraint, line.default, line.parameters]
    return [kind, line.name, *words, required, *rest]


def choices_in(lists: dict[str, tuple[Told, ...]]) -> Iterable[list[str]]:
    """Yield the cells of each choice."""
    for name, choices in lists.items():
        for one in choices:
            yield [name, one["name"], *(one["label"].get(code, "") for code in languages())]
