"""Files of rows as rows of text: CSV, TSV, XLSX, Parquet and JSON Lines, told by their suffix."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kinmatch.errors import BadInput
from kinmatch.records.nesting import too_deep

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

BETWEEN = "|"  # several values in one cell
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
KINDS = "CSV (.csv), TSV (.tsv), Excel (.xlsx), Parquet (.parquet) or JSON Lines (.jsonl)"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: where it stands, and the text of its cells by column."""

    number: int  # as a person counts in the file; the header, where there is one, is 1
    cells: Mapping[str, str]

    @property
    def blank(self) -> bool:
        """Whether nothing at all is written in it."""
        return not any(self.cells.values())


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a file in order, and its rows."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def read_lines(path: Path, *, encoding: str = "utf-8") -> Table:
    """Read a file of rows; every cell becomes text, trimmed.

    Raises:
        BadInput: the file is not there, is of another kind, or is broken.
    """
    suffix = path.suffix.lower()
    if suffix not in READERS:
        raise BadInput(f"{path}: cannot read this kind of file; expected {KINDS}")
    if not path.is_file():
        raise BadInput(f"{path}: there is no such file")
    table = READERS[suffix](path, encoding)
    if not table.columns:
        raise BadInput(f"{path}: the file is empty; expected a row of column names")
    return table


def text_of(path: Path, encoding: str) -> str:
    """Return the text of a file; a byte order mark wins over `encoding`.

    The old one-byte pages accept any bytes, so they are never guessed: Arabic read as Cyrillic
    would match nobody and look like a result.

    Raises:
        BadInput: it is not in that encoding, or there is no such encoding.
    """
    raw = path.read_bytes()
    named = next((name for mark, name in MARKS.items() if raw.startswith(mark)), encoding)
    try:
        return raw.decode(named)
    except LookupError as error:
        raise BadInput(f'there is no encoding "{encoding}"; try windows-1256') from error
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        raise BadInput(
            f"{path}, row {row}: the text is not {named}; name its encoding (windows-1256 for"
            " Arabic, windows-1251 for Cyrillic) or save it as UTF-8"
        ) from error


def _read_csv(path: Path, encoding: str) -> Table:
    text = text_of(path, encoding)
    header = text.partition("\n")[0]
    # Excel writes semicolons where the comma is the decimal sign, as in Russian.
    return _read_delimited(path, text, ";" if header.count(";") > header.count(",") else ",")


def _read_tsv(path: Path, encoding: str) -> Table:
    return _read_delimited(path, text_of(path, encoding), "\t")


def _read_delimited(path: Path, text: str, delimiter: str) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, Sequence[Any]]] = []
    number = 1
    try:
        for row in reader:
            rows.append((number, row))
            number = reader.line_num + 1
    except csv.Error as error:
        # Where the row begins: a quotation mark left open takes in all that follows.
        raise BadInput(f"{path}, row {number}: not well-formed CSV ({error})") from error
    return _with_header(path, rows)


def _read_xlsx(path: Path, _encoding: str) -> Table:
    openpyxl: Any = import_module("openpyxl")  # slow to import, and most files are CSV
    try:
        # Read only, a workbook stays open until it is closed; and a sheet left in the middle of its
        # rows, for what a cell holds, keeps the file of the workbook open still: so it is ours.
        with (
            path.open("rb") as file,
            closing(openpyxl.load_workbook(file, read_only=True, data_only=True)) as book,
        ):
            sheet = _only_sheet(path, book)
            rows = [[_cell(path, cell) for cell in row] for row in sheet.iter_rows()]
    except BadInput:
        raise
    except Exception as error:  # openpyxl lets through whatever zip and XML raise
        raise BadInput(f"{path}: not an Excel workbook (.xlsx)") from error
    return _with_header(path, list(enumerate(rows, 1)))


def _only_sheet(path: Path, book: Any) -> Any:
    """Return the sheet that says anything; of two, one would be dropped silently."""
    told = [
        sheet
        for sheet in book.worksheets
        if any(value is not None for row in sheet.iter_rows(values_only=True) for value in row)
    ]
    if len(told) > 1:
        names = ", ".join(f'"{sheet.title}"' for sheet in told)
        raise BadInput(f"{path}: something is written on several sheets ({names}); expected one")
    return (told or book.worksheets)[0]


def _cell(path: Path, cell: Any) -> Any:
    """Return what a cell holds; a formula that failed holds nothing anyone wrote."""
    if cell.data_type == "e":
        raise BadInput(
            f"{path}, row {cell.row}, column {cell.column_letter}: the error {cell.value}; "
            "expected a value"
        )
    return cell.value


def _with_header(path: Path, rows: Iterable[tuple[int, Sequence[Any]]]) -> Table:
    """Take the first row that says anything for the names of the columns."""
    rest = iter(rows)
    columns: list[str] = []
    for _, row in rest:
        columns = [text_in(value) for value in row]
        if any(columns):
            break
    while columns and not columns[-1]:
        columns.pop()
    _refuse_bad_columns(path, columns)
    return Table(tuple(columns), tuple(_line(path, columns, number, row) for number, row in rest))


def _line(path: Path, columns: Sequence[str], number: int, row: Sequence[Any]) -> Line:
    cells = [text_in(value) for value in row]
    if any(cells[len(columns) :]):
        raise BadInput(
            f"{path}, row {number}: {len(cells)} cells under {len(columns)} columns; "
            "a cell that holds the separator must stand in quotation marks"
        )
    cells += [""] * (len(columns) - len(cells))
    return Line(number, dict(zip(columns, cells, strict=False)))


def _refuse_bad_columns(path: Path, columns: Sequence[str]) -> None:
    for position, column in enumerate(columns, 1):
        if not column:
            raise BadInput(f"{path}: column {position} has no name")
        if column in columns[: position - 1]:
            raise BadInput(f'{path}: two columns are called "{column}"')


def _read_parquet(path: Path, _encoding: str) -> Table:
    parquet: Any = import_module("pyarrow.parquet")  # slow to import, and most files are CSV
    try:
        table = parquet.read_table(path)
        rows = table.to_pylist()
    except (OSError, ValueError) as error:
        raise BadInput(f"{path}: not a Parquet file") from error
    _refuse_bad_columns(path, table.column_names)
    return _of_mappings(path, table.column_names, enumerate(rows, 1))


def _read_json_lines(path: Path, encoding: str) -> Table:
    columns: dict[str, None] = {}  # a set that keeps its order
    records: list[tuple[int, dict[str, Any]]] = []
    for number, line in enumerate(text_of(path, encoding).split("\n"), 1):
        record = _json_object(path, number, line)
        columns |= dict.fromkeys(record)
        records.append((number, record))
    while records and not records[-1][1]:
        records.pop()
    return _of_mappings(path, tuple(columns), records)


def _json_object(path: Path, number: int, line: str) -> dict[str, Any]:
    if not line.strip():
        return {}
    if too_deep(line):
        raise BadInput(f"{path}, row {number}: not JSON; lists lie too deep in one another")
    try:
        record = json.loads(line, object_pairs_hook=_each_once)
    except ValueError as error:
        raise BadInput(f"{path}, row {number}: not JSON; expected one object a line") from error
    except BadInput as error:
        raise BadInput(f"{path}, row {number}: {error}") from error
    if not isinstance(record, dict):
        raise BadInput(f'{path}, row {number}: expected a JSON object, such as {{"id": "1"}}')
    return record


def _each_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, value in pairs:
        if _whole(name) in told:
            raise BadInput(f'"{name}" stands there twice')
        told[name] = value
    return told


def _whole(text: str) -> str:
    """Return a text. Raises BadInput for half a character, which no file could hold."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadInput("holds half a character (a lone surrogate), which is no text") from error
    return text


def _of_mappings(
    path: Path, columns: Sequence[str], records: Iterable[tuple[int, Mapping[str, Any]]]
) -> Table:
    return Table(
        tuple(columns),
        tuple(
            Line(number, {one: _text_at(path, number, one, record.get(one)) for one in columns})
            for number, record in records
        ),
    )


def _text_at(path: Path, number: int, column: str, value: Any) -> str:
    try:
        return text_in(value)
    except BadInput as error:
        raise BadInput(f"{path}, row {number}, column {column}: {error}") from error


def text_in(value: Any) -> str:
    """Return a cell as text: days as ISO 8601, whole numbers without a point, lists with bars.

    Nothing, and what is not a number, is empty.

    Raises:
        BadInput: it is bytes, has parts of its own with names, or holds half a character.
    """
    if isinstance(value, bytes | dict):
        raise BadInput("expected text, a number, a day, or a list of these")
    if value is None or value != value:  # noqa: PLR0124 - NaN alone is not itself
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return BETWEEN.join(text_in(one) for one in value)
    return _whole(str(value)).strip()


READERS = {
    ".csv": _read_csv,
    ".tsv": _read_tsv,
    ".tab": _read_tsv,
    ".xlsx": _read_xlsx,
    ".parquet": _read_parquet,
    ".jsonl": _read_json_lines,
    ".ndjson": _read_json_lines,
}
