"""An XLSForm as a programme has it, read line by line: what it asks, and what is wrong with it.

Sheets are read by the names of their columns, as pyxform reads them; each fault names its sheet,
row and column. Nothing of the file is thrown away: what the reader has no word for is listed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from kinward.core.errors import RuleBroken
from kinward.field.xlsforms.lines import BEGIN, END, Line, Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from openpyxl.worksheet.worksheet import Worksheet

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
MOST_ROWS: Final = 5_000
NAME: Final = re.compile(r"[A-Za-z_][\w.-]*")
TRANSLATED: Final = re.compile(r"(label|hint)\s*:{1,2}\s*(.+)")
CODE: Final = re.compile(r"\(([a-z]{2,3})\)\s*$")
SAYS_YES: Final = frozenset({"yes", "true", "true()"})
OTHER_WORDS: Final = {
    "begin group": "begin_group",
    "end group": "end_group",
    "begin repeat": "begin_repeat",
    "end repeat": "end_repeat",
    "photo": "image",
    "string": "text",
    "int": "integer",
    "select one": "select_one",
    "select one from": "select_one",
    "select all that apply from": "select_multiple",
    "select multiple": "select_multiple",
}
PLAIN_COLUMNS: Final = ("relevant", "constraint", "default", "parameters")
COLUMNS: Final = frozenset(
    {"type", "name", "list_name", "label", "hint", "required", *PLAIN_COLUMNS}
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell; `row` counts as the spreadsheet does, 0 for the whole sheet."""

    sheet: str
    row: int
    column: str
    words: str

    def __str__(self) -> str:
        place = [self.sheet, _("row %(row)d") % {"row": self.row} if self.row else "", self.column]
        return f"{', '.join(filter(None, place))}: {self.words}"


@dataclass(slots=True, kw_only=True)
class Drawn:
    """A form as somebody drew it: its lines, each with its row and the groups it stands in.

    `more` lists cells of columns the reader has no word for: (sheet, row, column, what it says).
    """

    form: str = ""
    version: str = ""
    title: dict[str, str] = field(default_factory=dict)
    lines: list[tuple[int, Line]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    more: list[tuple[str, int, str, str]] = field(default_factory=list)

    def blame(self, sheet: str, row: int, column: str, words: str) -> None:
        """Note what is wrong."""
        self.faults.append(Fault(sheet, row, column, words))


class NoXLSForm(RuleBroken):
    """The file is no spreadsheet, or has no sheet of questions."""


Row = tuple[int, dict[str, str]]


def drawn(content: bytes) -> Drawn:
    """Read an XLSForm.

    Raises:
        NoXLSForm: it is none.
    """
    try:
        book = load_workbook(BytesIO(content), data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise NoXLSForm(_("This file cannot be read as a spreadsheet (XLSX).")) from error
    sheets = {sheet.title.strip().lower(): sheet for sheet in book.worksheets}
    if SURVEY not in sheets:
        raise NoXLSForm(_("The file has no sheet called survey."))
    found = Drawn()
    rows = {name: list(rows_of(sheet)) for name, sheet in sheets.items()}
    lists = choices_of(rows.get(CHOICES, []), found)
    lines_of(rows[SURVEY], lists, found)
    for _number, row in rows.get(SETTINGS, [])[:1]:
        found.form, found.version = row.get("form_id", ""), row.get("version", "")
        found.title = {settings.LANGUAGE_CODE[:2]: row.get("form_title", "")}
    unbalanced(found)
    return found


def rows_of(sheet: Worksheet) -> Iterator[Row]:
    """Yield the rows of a sheet that say something, each with its number, by column."""
    head: list[str] = []
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_row=MOST_ROWS), start=1):
        told = ["" if cell is None else text_of(cell) for cell in cells]
        if not head:
            head = [column_of(each) for each in told] if any(told) else []
        elif any(told):
            yield number, {name: said for name, said in zip(head, told, strict=False) if name}


def text_of(cell: Any) -> str:
    """Return a cell as text; a whole number without a point, yes and no as ODK has them."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def column_of(head: str) -> str:
    """Return the name of a column: label::ru for each way a language is written there."""
    plain = head.strip()
    if translated := TRANSLATED.fullmatch(plain):
        return f"{translated[1]}::{language_of(translated[2])}"
    return {"list name": "list_name", "caption": "label"}.get(plain.lower(), plain.lower())


def language_of(written: str) -> str:
    """Return the code of a language: "Русский (ru)", "ru", "Russian" and "русский" are ru."""
    if code := CODE.search(written):
        return code[1]
    plain = written.strip().lower()
    known = {str(name).lower(): code for code, name in settings.LANGUAGES}
    known |= {"english": "en", "russian": "ru", "arabic": "ar", "русский": "ru", "العربية": "ar"}
    return known.get(plain, plain)


def words_in(row: Mapping[str, str], what: str) -> dict[str, str]:
    """Return labels or hints by language; one without a language is in the first of ours."""
    first = settings.LANGUAGES[0][0]
    found = {first: row[what]} if row.get(what) else {}
    marked = f"{what}::"
    told = {name.removeprefix(marked): said for name, said in row.items() if said}
    return found | {code: said for code, said in told.items() if f"{marked}{code}" in row}


def choices_of(rows: Iterable[Row], found: Drawn) -> dict[str, list[Told]]:
    """Return the lists of choices; what is wrong with one is noted."""
    lists: dict[str, list[Told]] = {}
    for number, row in rows:
        listed, name = row.get("list_name", ""), row.get("name", "")
        if not listed:
            found.blame(CHOICES, number, "list_name", _("The choice belongs to no list."))
            continue
        if not name or " " in name:
            found.blame(CHOICES, number, "name", _("A choice needs a name without spaces."))
            continue
        if name in [one["name"] for one in lists.get(listed, [])]:
            found.blame(CHOICES, number, "name", _("“%(name)s” stands twice.") % {"name": name})
            continue
        words = words_in(row, "label")
        if not words:
            found.blame(CHOICES, number, "label", _("There are no words for it."))
        lists.setdefault(listed, []).append({"name": name, "label": words})
        keep_more(CHOICES, number, row, found)
    return lists


def keep_more(sheet: str, number: int, row: Mapping[str, str], found: Drawn) -> None:
    """List the cells of columns that the reader has no word for."""
    for column, said in row.items():
        if said and column.split("::")[0] not in COLUMNS:
            found.more.append((sheet, number, column, said))


def lines_of(rows: Iterable[Row], lists: Mapping[str, list[Told]], found: Drawn) -> None:
    """Read the sheet of questions into `found`."""
    for number, row in rows:
        kind, listed = kind_of(row.get("type", ""))
        if not is_sound(number, row, kind, found):
            continue
        chosen = kind.startswith("select_")
        if chosen and listed not in lists:
            words = _("There is no list “%(list)s” on the sheet choices.") % {"list": listed}
            found.blame(SURVEY, number, "type", words)
        line = Line(
            type=kind,
            name=row.get("name", ""),
            label=words_in(row, "label"),
            hint=words_in(row, "hint"),
            required=row.get("required", "").lower() in SAYS_YES,
            choices=tuple(lists.get(listed, ())) if chosen else (),
        )
        plain: dict[str, Any] = {name: row[name] for name in PLAIN_COLUMNS if row.get(name)}
        found.lines.append((number, replace(line, **plain)))
        keep_more(SURVEY, number, row, found)


def is_sound(number: int, row: Mapping[str, str], kind: str, found: Drawn) -> bool:
    """Tell whether a row is a question with a name; what is wrong with it is noted."""
    if not kind:
        if row.get("name") or words_in(row, "label"):
            found.blame(SURVEY, number, "type", _("What kind of question is it?"))
        return False
    if not NAME.fullmatch(row.get("name", "")) and not kind.startswith(END):
        words = _("A question needs a name of letters and figures.")
        found.blame(SURVEY, number, "name", words)
        return False
    return True


def kind_of(told: str) -> tuple[str, str]:
    """Return the type of a line in one spelling, and the list it chooses from."""
    plain = " ".join(told.split())
    for spelled, kind in sorted(OTHER_WORDS.items(), key=lambda pair: -len(pair[0])):
        if plain.lower() == spelled or plain.lower().startswith(spelled + " "):
            return kind, plain[len(spelled) :].strip().split(" ")[0]
    first, _space, rest = plain.partition(" ")
    return (first, rest.split(" ")[0]) if first.startswith("select_") else (plain, "")


def unbalanced(found: Drawn) -> None:
    """Note groups that are not closed, closings of none, and names that stand twice together."""
    opened: list[tuple[int, Line, Counter[str]]] = []
    names: Counter[str] = Counter()
    for number, line in found.lines:
        if line.type.startswith(END):
            if not opened or opened[-1][1].type.removeprefix(BEGIN) != line.type.removeprefix(END):
                found.blame(SURVEY, number, "type", _("It closes what was not opened."))
                continue
            names = opened.pop()[2]
            continue
        names[line.name] += 1
        if names[line.name] > 1:
            words = _("“%(name)s” stands twice.") % {"name": line.name}
            found.blame(SURVEY, number, "name", words)
        if line.type.startswith(BEGIN):
            opened.append((number, line, names))
            names = Counter()
    for number, _line, _names in opened:
        found.blame(SURVEY, number, "type", _("It is not closed."))
