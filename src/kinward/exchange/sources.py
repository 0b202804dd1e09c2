"""What every format is read into: records, each with its place in the file and what is wrong.

A format is one module with a Source of its own. It reads the file and nothing else: whom a record
becomes, and whether it was there before, `people.listing` and `people.listed` decide as they do of
a list that somebody pastes. So a Source gives cells as they were written, under the names that the
format has for them, and says of the fixed ones what they mean.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from kinward.core.errors import RuleBroken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.utils.functional import _StrPromise

    from kinward.core.intake import Row

REST: Final = "rest"  # the column of what a format says and nobody here has a place for, as JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands in what was handed over.

    `record` is its own identifier there, or its number; `field` the path of a field in it.
    """

    file: str
    record: str = ""
    field: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.file, self.record, self.field) if part)

    def at(self, field: str) -> Place:
        """Return the place of a field of the same record."""
        return Place(file=self.file, record=self.record, field=field)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field, or with a record."""

    place: Place
    words: str | _StrPromise

    def __str__(self) -> str:
        return f"{self.place}: {self.words}"


class UnfitFile(RuleBroken):
    """The file as a whole cannot be read; it says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record of a file.

    `cells` are under the names of `Source.columns`, as they were written; several values of one
    stand one a line. `rest` is what else the record says, so that nothing is lost. A record with
    `problems` is reported and taken in no further; `remarks` are told, and keep nobody out.
    """

    place: Place
    cells: Mapping[str, str]
    rest: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()


class Source(Protocol):
    """A file of another system, read record by record."""

    @property
    def name(self) -> str:
        """What the file is called, for people."""
        ...

    @property
    def columns(self) -> Mapping[str, str]:
        """What the cells are called, and what each means: a word of `people.listing.MEANINGS`.

        NOTHING where the format leaves it open: a person then says it on the screen of columns.
        """
        ...

    def entries(self) -> Iterator[Entry]:
        """Yield each record in the order of the file.

        Raises:
            UnfitFile: the file cannot be read any further.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A file that was read to its end: what is taken in, and what is wrong."""

    columns: list[str]
    entries: list[Entry]

    @property
    def taken(self) -> list[Entry]:
        """The records that nothing is wrong with."""
        return [each for each in self.entries if not each.problems]

    @property
    def problems(self) -> list[Problem]:
        """What keeps records out."""
        return [problem for each in self.entries for problem in each.problems]

    @property
    def table(self) -> list[Row]:
        """The records as the rows of a list, under the names of the columns that they use."""
        used = [name for name in self.columns if any(name in each.cells for each in self.taken)]
        head: Row = (1, [*used, REST])
        return [head, *self.rows(used)]

    def rows(self, used: Sequence[str]) -> Iterable[Row]:
        """Yield a row for each record, numbered as in the file; all the rest of it as JSON."""
        for number, each in enumerate(self.entries, 1):
            if not each.problems:
                cells = [each.cells.get(name, "") for name in used]
                rest = json.dumps(each.rest, ensure_ascii=False) if each.rest else ""
                yield number, [*cells, rest]


def read_source(source: Source) -> Read:
    """Read a file to its end.

    Raises:
        UnfitFile: it cannot be.
    """
    return Read(columns=[*source.columns], entries=list(source.entries()))
