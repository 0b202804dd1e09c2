"""What every format is read into: records, each with its place in the file and what is wrong.

A format is one module with a Source of its own. It reads the file and nothing else: whom a record
becomes, and whether it was there before, `people.listing` and `people.listed` decide as they do of
a list that somebody pastes. So a Source gives cells as they were written, under the names that the
format has for them, and says of the fixed ones what they mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from kinward.core.errors import RuleBroken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.utils.functional import _StrPromise

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
