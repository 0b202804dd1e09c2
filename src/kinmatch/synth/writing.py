"""The files of a caseload, written part by part as CSV or Parquet."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, Self

from kinmatch.errors import BadInput
from kinmatch.synth.row import COLUMNS
from kinmatch.synth.truth import Pair, Record, Truth, cells, columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from types import TracebackType

    from kinmatch.synth.caseload import Caseload

TABLES = {
    "found": COLUMNS,
    "sought": COLUMNS,
    "truth": columns(Pair),
    "truth_records": columns(Record),
    "truth_families": columns(Truth),
}


class Form(StrEnum):
    """The form of the files; the value is also the ending of their names."""

    CSV = "csv"
    PARQUET = "parquet"


class Table(Protocol):
    """One file that lines are added to."""

    def add(self, lines: Iterable[Sequence[str]]) -> None:
        """Add lines."""


class CsvTable:
    """One file as UTF-8 CSV."""

    def __init__(self, path: Path, names: Sequence[str], stack: ExitStack) -> None:
        file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
        self.writer: Any = csv.writer(file, lineterminator="\n")
        self.writer.writerow(names)

    def add(self, lines: Iterable[Sequence[str]]) -> None:
        """Add lines."""
        self.writer.writerows(lines)


class ParquetTable:
    """One file as Parquet, all columns text; one row group for each part."""

    def __init__(self, path: Path, names: Sequence[str], stack: ExitStack) -> None:
        # Slow to import, and most caseloads are CSV.
        arrow: Any = import_module("pyarrow")
        parquet: Any = import_module("pyarrow.parquet")
        self.arrow, text = arrow, arrow.string()
        self.schema = arrow.schema([(name, text) for name in names])
        self.writer: Any = stack.enter_context(parquet.ParquetWriter(path, self.schema))

    def add(self, lines: Iterable[Sequence[str]]) -> None:
        """Add lines."""
        columns = list(zip(*lines, strict=True)) or [()] * len(self.schema)
        self.writer.write_table(self.arrow.table(columns, schema=self.schema))


class Tables:
    """The files of a caseload in one folder, made if absent; a context manager.

    Args:
        folder: where they are written.
        form: as what.

    Raises:
        BadInput: on entering, the folder cannot be written.
    """

    def __init__(self, folder: Path, form: Form) -> None:
        self.folder = folder
        self.paths = tuple(folder / f"{name}.{form}" for name in TABLES)
        self.kind = CsvTable if form is Form.CSV else ParquetTable
        self.stack = ExitStack()
        self.tables: list[Table] = []

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.tables = [
                self.kind(path, names, self.stack)
                for path, names in zip(self.paths, TABLES.values(), strict=True)
            ]
        except OSError as error:
            raise BadInput(f"{self.folder}: cannot be written ({error.strerror})") from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stack.close()

    def append(self, part: Caseload) -> None:
        """Write a part of a caseload."""
        lines = (
            [row.cells() for row in part.found],
            [row.cells() for row in part.sought],
            [cells(pair) for pair in part.truth],
            [cells(record) for record in part.records],
            [cells(family) for family in part.families],
        )
        for table, each in zip(self.tables, lines, strict=True):
            table.add(each)
