"""A file of persons: every row accounted for, every bad cell named, nothing dropped silently."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kinmatch.errors import BadInput
from kinmatch.records import cells
from kinmatch.records.person import Person
from kinmatch.records.tables import Line, read_lines, text_in
from kinmatch.showing import as_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

COLUMNS = (
    "id",
    "name",
    "given_name",
    "family_name",
    "sex",
    "born",
    "age",
    "age_as_of",
    "father",
    "father_died",
    "mother",
    "mother_born",
    "siblings",
    "sibling_ids",
    "sibling_births",
    "grandparents",
    "group",
    "place",
    "separated",
    "separated_at",
    "languages",
    "marks",
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Records:
    """The persons of one file, and what became of each of its rows."""

    path: Path
    persons: tuple[Person, ...]
    rows: int  # below the header
    blank: int  # rows in which nothing is written
    ignored: tuple[str, ...] = ()  # columns that are not compared, in the order of the file
    kept: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # id -> their cells

    @property
    def without_name(self) -> int:
        """How many persons have no name of their own; they can still match by their kin."""
        return sum(not person.called for person in self.persons)

    def __repr__(self) -> str:
        """Return how many there are, for a notebook or a debugger."""
        return f"Records({self.path.name}: {len(self.persons)} persons, {self.blank} blank rows)"

    def _repr_html_(self) -> str:
        """Return the first persons as a table; notebooks ask for it by this name."""
        return as_html(map(_shown, self.persons), repr(self))


def read(path: Path | str, *, encoding: str = "utf-8") -> Records:
    """Read the persons of a CSV, TSV, XLSX, Parquet or JSON Lines file.

    Columns (only `id` must be there, in any order and case): id, name, given_name, family_name,
    sex, born (EDTF), age, age_as_of (EDTF), father, father_died (EDTF), mother, mother_born (EDTF),
    siblings, sibling_ids, sibling_births (EDTF), grandparents, group, place, separated (EDTF: when
    the person and the family lost one another), separated_at (where they did), languages, marks.
    Several values stand in one cell with a bar between them. `encoding` is that of a text file
    without a byte order mark.

    Raises:
        BadInput: a file, row or cell that cannot be understood; the text says where, and what
            was expected.
    """
    path = Path(path)
    table = read_lines(path, encoding=encoding)
    lines = [_recognised(line) for line in table.lines]
    columns: dict[str, str] = {}
    for column in table.columns:
        other = columns.setdefault(_plain(column), column)
        if other != column:
            raise BadInput(f'{path}: columns "{other}" and "{column}" have one name')
    if "id" not in columns:
        raise BadInput(f'{path}: there is no column "id"; found {", ".join(table.columns)}')
    written = [line for line in lines if not line.blank]
    _refuse_repeated_ids(path, written)
    persons = {line.cells["id"]: _person(line.cells, partial(_bad, path, line)) for line in written}
    ignored = tuple(name for plain, name in columns.items() if plain not in COLUMNS)
    return Records(
        path=path,
        persons=_with_siblings(path, persons, written),
        rows=len(lines),
        blank=len(lines) - len(written),
        ignored=ignored,
        kept={
            line.cells["id"]: {column: line.cells[_plain(column)] for column in ignored}
            for line in written
        },
    )


def person_of(told: Mapping[str, str], identity: str = "?") -> Person:
    """Return a person told by column, as in a row of a file; no column is mandatory.

    Raises:
        BadInput: a column or a value that cannot be understood; `sibling_ids` is none here.
    """
    cells_told = {_plain(column): _told(column, value) for column, value in told.items()}
    known = [column for column in COLUMNS if column != "sibling_ids"]
    if unknown := cells_told.keys() - set(known):
        raise BadInput(f'"{min(unknown)}" is no column of a person; there are {", ".join(known)}')

    def bad(column: str, said: str) -> BadInput:
        return BadInput(f'{column} "{cells_told[column]}": {said}')

    return _person({"id": identity, **cells_told}, bad)


def _told(column: str, value: str) -> str:
    try:
        return text_in(value)
    except BadInput as error:
        raise BadInput(f"{column}: {error}") from error


def _shown(person: Person) -> dict[str, str]:
    """Return what a notebook shows of a person."""
    several = {
        "name": person.called,
        "father": person.father,
        "mother": person.mother,
        "siblings": person.siblings,
        "place": person.places,
    }
    return {
        "id": person.id,
        "sex": person.sex or "",
        "born": str(person.born or ""),
        **{column: " | ".join(values) for column, values in several.items()},
        "group": person.group or "",
    }


@lru_cache(maxsize=1_000)
def _plain(column: str) -> str:
    return column.strip().casefold().replace(" ", "_")


def _recognised(line: Line) -> Line:
    return Line(line.number, {_plain(column): cell for column, cell in line.cells.items()})


def _refuse_repeated_ids(path: Path, lines: Iterable[Line]) -> None:
    seen: dict[str, int] = {}
    for line in lines:
        identity = line.cells["id"]
        if not identity:
            raise _bad(path, line, "id", "expected an id, of any kind, that no other row has")
        if identity in seen:
            raise _bad(path, line, "id", f"row {seen[identity]} has this id too")
        seen[identity] = line.number


def _person(told: Mapping[str, str], bad: Callable[[str, str], BadInput]) -> Person:
    """Return the person some cells tell of; `bad` says where a cell stands that is none."""

    def value(column: str, reading: Callable[[str], T]) -> T:
        try:
            return reading(told.get(column, ""))
        except BadInput as error:
            raise bad(column, str(error)) from error

    as_of = value("age_as_of", cells.edtf)
    born = value("born", cells.edtf)
    by_age = value("age", lambda cell: cells.age(cell, as_of))
    return Person(
        id=told["id"],
        names=value("name", cells.several),
        given=value("given_name", cells.several),
        family=value("family_name", cells.several),
        sex=value("sex", cells.sex),
        born=born or by_age,  # a date that someone wrote down says more than an age
        told=by_age if born else None,
        father=value("father", cells.several),
        father_died=value("father_died", cells.edtf),
        mother=value("mother", cells.several),
        mother_born=value("mother_born", cells.edtf),
        siblings=value("siblings", cells.several),
        sibling_births=value("sibling_births", cells.several_edtf),
        grandparents=value("grandparents", cells.several),
        places=value("place", cells.several),
        separated=value("separated", cells.edtf),
        separated_at=value("separated_at", cells.several),
        languages=value("languages", cells.several),
        marks=value("marks", cells.several),
        group=told.get("group") or None,
    )


def _with_siblings(
    path: Path, persons: Mapping[str, Person], lines: Iterable[Line]
) -> tuple[Person, ...]:
    """Add to each person the names of those who share a group or are referred to, both ways."""
    together: dict[str, set[str]] = defaultdict(set)
    members: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        identity = line.cells["id"]
        for other in cells.several(line.cells.get("sibling_ids", "")):
            if other not in persons:
                raise _bad(path, line, "sibling_ids", f'no row of this file has the id "{other}"')
            together[identity].add(other)
            together[other].add(identity)
        if group := persons[identity].group:
            members[group].append(identity)
    for identities in members.values():
        for identity in identities:
            together[identity] |= set(identities)
    groups = _grouped_by_reference(persons, together)
    return tuple(
        _sibling_of(
            person,
            groups.get(person.id, person.group),
            [persons[other] for other in sorted(together[person.id] - {person.id})],
        )
        for person in persons.values()
    )


def _grouped_by_reference(
    persons: Mapping[str, Person], together: Mapping[str, set[str]]
) -> dict[str, str]:
    """Return a group for those who bear none but refer to one another, named after one of them."""
    groups: dict[str, str] = {}
    for identity, person in persons.items():
        if person.group or identity in groups:
            continue
        reached, ahead = {identity}, [identity]
        while ahead:
            more = together.get(ahead.pop(), set()) - reached
            reached |= more
            ahead += more
        named = next((persons[one].group for one in sorted(reached) if persons[one].group), None)
        if len(reached) > 1:
            groups |= dict.fromkeys(reached, named or f"with {min(reached)}")
    return groups


def _sibling_of(person: Person, group: str | None, others: Sequence[Person]) -> Person:
    names = [*person.siblings, *(name for other in others for name in other.called)]
    # Only those known to be of one mother: half-brothers may be born in one month.
    births = [other.born for other in others if other.born and person.mother == other.mother != ()]
    return replace(
        person,
        group=group,
        siblings=tuple(dict.fromkeys(names)),
        sibling_births=tuple(dict.fromkeys([*person.sibling_births, *births])),
    )


def _bad(path: Path, line: Line, column: str, expected: str) -> BadInput:
    cell = line.cells.get(column, "")
    return BadInput(f'{path}, row {line.number}, column {column}, "{cell}": {expected}')
