"""Read lists and pairs of names from text, CSV, TSV and JSON files, and write results."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from kinmatch.errors import BadInput
from kinmatch.records.nesting import too_deep

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

NAME_COLUMNS = ("name", "names", "written")
PAIR_COLUMNS = (("left", "right"), ("a", "b"), ("name_a", "name_b"), ("name_l", "name_r"))
DELIMITERS = {".csv": ",", ".tsv": "\t"}
SHORTEST_PAIR = 2


@dataclass(frozen=True, slots=True)
class Table:
    """A file of rows: its column names, its rows, and which two columns hold the names."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def text_of(path: Path) -> str:
    """Return the text of a UTF-8 file.

    Raises BadInput naming the file and, for a broken byte, its line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror}") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{path}, row {line}: not UTF-8 text; save the file as UTF-8") from error


def read_json(path: Path) -> Any:
    """Return a JSON file. Raises BadInput naming the file and line."""
    text = text_of(path)
    if too_deep(text):
        raise BadInput(f"{path}: lists lie too deep in one another")
    try:
        held = json.loads(text)
        json.dumps(held, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise BadInput(f"{path}, row {error.lineno}: not JSON: {error.msg}") from error
    except UnicodeEncodeError as error:
        raise BadInput(
            f"{path}: holds half a character (\\u{ord(error.object[error.start]):x})"
        ) from error
    return held


def read_table(path: Path) -> Table:
    """Read a CSV or TSV file with a header line.

    Raises BadInput naming file, row and column of the first line that does not fit the header.
    """
    delimiter = DELIMITERS.get(path.suffix.lower())
    if delimiter is None:
        raise BadInput(f"{path}: expected a .csv, .tsv or .json file")
    reader = csv.reader(text_of(path).splitlines(keepends=True), delimiter=delimiter, strict=True)
    found: list[tuple[str, ...]] = []
    try:
        for row in reader:
            if row:
                check_width(path, reader.line_num, row, found[0] if found else tuple(row))
                found.append(tuple(row))
    except csv.Error as error:
        raise BadInput(f"{path}, row {reader.line_num}: {error}") from error
    if not found:
        raise BadInput(f"{path}: empty; expected a header line with column names")
    return Table(found[0], tuple(found[1:]))


def check_width(path: Path, line: int, row: Sequence[str], columns: tuple[str, ...]) -> None:
    """Raise BadInput when a row has more or fewer cells than there are columns."""
    if len(row) < len(columns):
        missing = columns[len(row)]
        raise BadInput(f'{path}, row {line}, column "{missing}": missing; the row ends before it')
    if len(row) > len(columns):
        raise BadInput(f"{path}, row {line}: {len(row)} cells, but {len(columns)} columns")


def column_place(path: Path, columns: tuple[str, ...], wanted: str) -> int:
    """Return the place of a column asked for by name. Raises BadInput listing those there are."""
    if wanted in columns:
        return columns.index(wanted)
    raise BadInput(f'{path}: no column "{wanted}"; there are: {", ".join(columns)}')


def pair_places(
    path: Path, columns: tuple[str, ...], left: str | None, right: str | None
) -> tuple[int, int]:
    """Return the places of the two columns of names: as asked, usual ones, or the first two."""
    usual = next((pair for pair in PAIR_COLUMNS if set(pair) <= set(columns)), columns[:2])
    wanted = (left or usual[0], right or usual[-1])
    first, second = (column_place(path, columns, column) for column in wanted)
    if first == second:
        raise BadInput(f"{path}: two columns of names are needed; give --left and --right")
    return first, second


def read_names(path: Path) -> list[str]:
    """Read names: one a line, or the `name` column of a CSV or TSV file, or `cands` of JSON.

    Raises BadInput naming file, row and column; also where there is no name.
    """
    suffix = path.suffix.lower()
    if suffix == ".json":
        return some(path, "cands", names_in(path, read_json(path), "cands"))
    if suffix not in DELIMITERS:
        lines = [line.strip() for line in text_of(path).splitlines() if line.strip()]
        return some(path, "names", lines)
    table = read_table(path)
    usual = next((name for name in NAME_COLUMNS if name in table.columns), table.columns[0])
    place = column_place(path, table.columns, usual)
    return some(path, usual, [row[place] for row in table.rows])


def some(path: Path, field: str, names: list[str]) -> list[str]:
    """Return names. Raises BadInput where there is none, or none that is more than blanks."""
    if any(map(str.strip, names)):
        return names
    raise BadInput(f'{path}: holds no names; expected at least one in "{field}"')


def read_queries(path: Path) -> list[str]:
    """Read names to search for, in the forms of `read_names`; of JSON, its `queries`.

    Raises BadInput, also where a query of JSON asks for a place that `cands` does not have.
    """
    if path.suffix.lower() != ".json":
        return read_names(path)
    held = read_json(path)
    names = some(path, "queries", names_in(path, held, "queries"))
    if isinstance(held, dict) and isinstance(held.get("cands"), list):
        check_places(path, held["queries"], len(held["cands"]))
    return names


def check_places(path: Path, queries: list[Any], count: int) -> None:
    """Raise BadInput naming the query [name, index or indices, …] that asks for no place there."""
    for row, query in enumerate(queries, start=1):
        wanted = query[1:2] if isinstance(query, list) else []
        for place in wanted[0] if wanted and isinstance(wanted[0], list) else wanted:
            if type(place) is not int or not 0 <= place < count:
                raise BadInput(
                    f'{path}, row {row}, column "queries": expected the index of one of the'
                    f' {count} names in "cands", from 0, got {place!r}'
                )


def names_in(path: Path, held: Any, field: str) -> list[str]:
    """Return the names of a JSON list, or of the list under `field`; an entry may be [name, …].

    Raises BadInput naming the file and the entry.
    """
    entries = held.get(field) if isinstance(held, dict) else held
    if not isinstance(entries, list):
        raise BadInput(f'{path}: expected a list of names, or an object with a list "{field}"')
    names = [entry[0] if isinstance(entry, list) and entry else entry for entry in entries]
    for row, name in enumerate(names, start=1):
        if not isinstance(name, str):
            raise BadInput(f'{path}, row {row}, column "{field}": expected a name, got {name!r}')
    return cast("list[str]", names)


def read_pairs(path: Path) -> tuple[dict[str, Any], list[list[Any]]]:
    """Read {"pairs": [[name, name, …]]}; return the whole object and its pairs.

    Raises BadInput naming the file and the pair.
    """
    held = read_json(path)
    pairs = held.get("pairs") if isinstance(held, dict) else None
    if not isinstance(pairs, list):
        raise BadInput(f'{path}: expected an object with a list "pairs"')
    for row, pair in enumerate(pairs, start=1):
        if not (isinstance(pair, list) and len(pair) >= SHORTEST_PAIR):
            raise BadInput(f'{path}, row {row}, column "pairs": expected [name, name, …]')
        for column, name in enumerate(pair[:SHORTEST_PAIR], start=1):
            if not isinstance(name, str):
                raise BadInput(f"{path}, row {row}, column {column}: expected a name, got {name!r}")
    if not pairs:
        raise BadInput(f'{path}: holds no pairs of names; expected at least one in "pairs"')
    return held, pairs


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows as CSV, or TSV by the file's ending. Raises BadInput when it cannot be."""
    delimiter = DELIMITERS.get(path.suffix.lower(), ",")
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from error


def write_json(path: Path, held: object) -> None:
    """Write a value as JSON with letters of every script. Raises BadInput when it cannot be."""
    try:
        path.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror}") from error
