"""What a row of somebody's list says: its columns guessed, its cells read as statements or refused.

Nothing here is stored or asked of the database. A cell that cannot be read is named with its
column and why; the row then waits, whole, until somebody mends it.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kinward.core.errors import RuleBroken
from kinward.core.guarding import WordsRefused, objection, words_for
from kinward.people import births
from kinward.people.cells import answer_in, relative_in, values_in
from kinward.people.models import Answer, Certainty, Method, SaidBy
from kinward.people.naming import script_of, sex_in
from kinward.people.properties import PROPERTIES, Property, Shape
from kinward.people.rules import Statement, fault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.functional import _StrPromise

    from kinward.core.intake import Row

NOTHING: Final = ""  # the column is kept with the row, and says nothing about the child
NAME_PARTS: Final = ("given_name", "patronymic", "family_name")  # in the order a name has them
AGE: Final = "age"
AGE_AS_OF: Final = "age_as_of"
MEANINGS: Final[Mapping[str, str | _StrPromise]] = {
    "name": PROPERTIES["name"].label,
    "given_name": _("Part of the name: given name"),
    "patronymic": _("Part of the name: patronymic"),
    "family_name": _("Part of the name: family name"),
    "sex": PROPERTIES["sex"].label,
    "born": _("Date of birth"),
    AGE: _("Age in whole years"),
    AGE_AS_OF: _("Day on which the age was counted"),
} | {each.id: each.label for each in PROPERTIES.values() if each.id not in {"name", "sex", "born"}}
ONLY_ONCE: Final = frozenset(
    {"sex", "born", AGE, AGE_AS_OF, *NAME_PARTS}
    | {each.id for each in PROPERTIES.values() if not each.several}
)
MOST_ROWS: Final = 500  # of one list: they are registered in one transaction
MOST_COLUMNS: Final = 60
LEFT_OUT: Final = "…"  # in the place of words that are never kept
RUN: Final = ("=", "@")  # what a spreadsheet would run; "+" and "-" begin what people write
FAILED: Final = re.compile(r"#[A-Z0/]+[!?]?")  # as #REF!, #N/A
BETWEEN_WORDS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
SIGNS: Final = re.compile(r"[\W_]+")
SHORTEST: Final = 4  # letters of a header's word that is looked for among others

FORMULA = _("This is a formula, not what somebody wrote. Write what it stood for.")
TOO_MANY = _("This row has more cells than the list has columns.")
SAYS_NOTHING = _("No column of this row says anything about a child.")
RELATIVE = _("Write what the relative is to the child before the name: “grandparent: Name”.")
SEX = _("Write female or male; f, m, ж, м, أنثى, ذكر are read too.")


class UnfitList(RuleBroken):
    """There is no list in what was handed over, or more than is read at once."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell with words that are not kept: where it stands, and why."""

    row: int
    column: str
    words: WordsRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What holds for every row: who says so, how surely, as of when, and where it is written."""

    said_by: SaidBy = SaidBy.OFFICIAL
    certainty: Certainty = Certainty.PROBABLE
    as_of: str = ""  # EDTF
    source: str = ""
    stay: Mapping[str, str] = field(default_factory=dict)  # where everyone on a roster was


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a cell cannot be read; `column` counts from 0, and is None for the row itself."""

    column: int | None
    words: str | _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A row as it was read: what it says, or all that is wrong with it."""

    statements: tuple[Statement, ...] = ()
    wrong: tuple[Wrong, ...] = ()

    @property
    def said(self) -> tuple[tuple[str, str, tuple[tuple[str, Any], ...]], ...]:
        """What the row says, whoever says it and wherever: the same for the same child's row.

        That it stood on the roster of a day is left out: the next one names the same children.
        """
        told = (
            (one.property, str(one.answer), tuple(sorted(one.value.items())))
            for one in self.statements
            if one.property != "stay"
        )
        return tuple(sorted(told))

    def first(self, kind: str) -> Mapping[str, Any]:
        """Return the first value of a kind of fact; empty if there is none."""
        values = (one.value for one in self.statements if one.property == kind)
        return next(values, {})


# Columns


@cache
def headers() -> dict[str, str]:
    """Return what is written above columns, folded, and what such a column means."""
    words = tomllib.loads(files("kinward.people.data").joinpath("columns.toml").read_text("utf-8"))
    return {folded(word): meaning for meaning, listed in words.items() for word in listed}


def folded(header: str) -> str:
    """Return a header in lower case, its words with one space between them."""
    apart = BETWEEN_WORDS.sub(" ", header)  # as DateOfBirth
    return SIGNS.sub(" ", apart.casefold().replace("ё", "е")).strip()


def guess(header: str) -> str:
    """Return what a column with that header probably means; NOTHING where no word fits."""
    wanted, known = folded(header), headers()
    if wanted in known:
        return known[wanted]
    within = [word for word in known if f" {word} " in f" {wanted} " and len(word) >= SHORTEST]
    return known[max(within, key=len)] if within else NOTHING


def guesses(columns: Sequence[str]) -> list[str]:
    """Return what each column probably means; none that can stand only once stands twice."""
    found: list[str] = []
    for header in columns:
        meaning = guess(header)
        found.append(NOTHING if meaning in ONLY_ONCE and meaning in found else meaning)
    return found


def repeated(meanings: Sequence[str]) -> set[str]:
    """Return the meanings that can stand only once and are given to several columns."""
    return {each for each, times in Counter(meanings).items() if times > 1 and each in ONLY_ONCE}


def is_name(meaning: str) -> bool:
    """Tell whether the cells of such a column hold names, which are never taken for labels."""
    kind = PROPERTIES.get(meaning)
    return meaning in NAME_PARTS or (kind is not None and kind.shape == Shape.NAME)


# A whole list


def refusals_in(table: Sequence[Row]) -> list[Refusal]:
    """Return the cells of a list with words that are not kept; its first row names the columns.

    Raises:
        UnfitList: it has no rows, or too many.
        WordsRefused: a row taken together is what is never kept, as a genetic profile.
    """
    columns, rows = parted(table)
    found = []
    for number, cells in rows:
        if together := objection(" ".join(cells), is_name=True):
            raise WordsRefused("file", together)
        for header, cell in zip([*columns, *([""] * len(cells))], cells, strict=False):
            if wrong := objection(cell, is_name=is_name(guess(header))):
                found.append(Refusal(number, header, WordsRefused(header, wrong)))
    return found


def parted(table: Sequence[Row]) -> tuple[list[str], list[Row]]:
    """Return the names of the columns, which the first row gives, and the other rows.

    Raises:
        UnfitList: there are no others, or too many.
    """
    if len(table) < 2:  # noqa: PLR2004 (a row of names, and a row)
        raise UnfitList(
            gettext("A list has a first row that names its columns, and a row for a child.")
        )
    (_number, header), *rows = table
    if len(rows) > MOST_ROWS or len(header) > MOST_COLUMNS:
        raise UnfitList(
            gettext(
                "At most %(rows)d rows of %(columns)d columns are read at once. Send it in parts."
            )
            % {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
        )
    return header, rows


def without(
    refused: Sequence[Refusal], columns: list[str], rows: Sequence[Row]
) -> tuple[list[str], list[Row]]:
    """Return a list with a sign in the place of each cell whose words are not kept."""
    at_fault = {(each.row, each.column) for each in refused}

    def kept(number: int, cells: list[str]) -> list[str]:
        headers = [*columns, *([""] * len(cells))]
        return [
            LEFT_OUT if (number, header) in at_fault else cell
            for header, cell in zip(headers, cells, strict=False)
        ]

    return columns, [(number, kept(number, cells)) for number, cells in rows]


# Rows


def read_row(cells: Sequence[str], meanings: Sequence[str], told: Told) -> Read:
    """Return what a row says, or everything that is wrong with it."""
    reading = Reading(cells=cells, meanings=meanings, told=told)
    if len(cells) > len(meanings):
        reading.wrong.append(Wrong(None, TOO_MANY))
    reading.read()
    if not reading.statements and not reading.wrong:
        reading.wrong.append(Wrong(None, SAYS_NOTHING))
    if reading.wrong:
        return Read(wrong=tuple(reading.wrong))
    if told.stay:
        reading.say("stay", told.stay)
    return Read(statements=tuple(reading.statements))


@dataclass(slots=True, kw_only=True)
class Reading:
    """A row while it is read."""

    cells: Sequence[str]
    meanings: Sequence[str]
    told: Told
    statements: list[Statement] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    def read(self) -> None:
        """Read every cell, and the name that stands in parts."""
        for column, (meaning, cell) in enumerate(zip(self.meanings, self.cells, strict=False)):
            if meaning == NOTHING or not cell.strip():
                continue
            if cell.lstrip().startswith(RUN) or FAILED.fullmatch(cell.strip()):
                self.wrong.append(Wrong(column, FORMULA))
            elif meaning == AGE:
                self.read_age(column, cell)
            elif meaning in PROPERTIES:
                self.read_cell(column, PROPERTIES[meaning], cell)
        self.read_name_in_parts()

    def read_cell(self, column: int, kind: Property, cell: str) -> None:
        """Read a cell of a kind of fact."""
        answer = answer_in(cell)
        if answer != Answer.KNOWN:
            self.say(kind.id, {}, answer=answer)
        elif kind.shape == Shape.SEX:
            self.say_if(column, "sex", {"code": code} if (code := sex_in(cell)) else None, SEX)
        elif kind.shape == Shape.BIRTH:
            self.read_birth(column, cell)
        elif kind.shape == Shape.KIN:
            for text in values_in(kind, cell):
                self.say_if(column, kind.id, relative_in(text), RELATIVE)
        else:
            for text in values_in(kind, cell):
                self.read_text(column, kind, text)

    def read_text(self, column: int, kind: Property, text: str) -> None:
        """Read a name, a place or some words; the guard reads them first."""
        value = {"text": text}
        if kind.shape == Shape.NAME:
            value["script"] = script_of(text)
        if found := objection(text, is_name=is_name(kind.id)):
            self.wrong.append(Wrong(column, words_for(found)))
        else:
            self.say_if(column, kind.id, value, _("This is longer than is kept."))

    def read_birth(self, column: int, cell: str) -> None:
        """Read a date: ISO 8601-2, or as it is written by hand, in our calendar or the Hijri."""
        try:
            self.say_if(column, "born", births.born_in(cell), births.BIRTH)
        except births.Unread as wrong:
            self.wrong.append(Wrong(column, wrong.words))

    def read_age(self, column: int, cell: str) -> None:
        """Read an age, or two between which it is, with the day on which it was counted."""
        answer = answer_in(cell)
        if answer != Answer.KNOWN:
            self.say("born", {}, answer=answer)
            return
        counted_on = self.cell_of(AGE_AS_OF)
        as_of = births.date_in(counted_on) if counted_on else self.told.as_of
        try:
            self.say_if(column, "born", births.aged_in(cell, as_of), births.NO_DAY)
        except births.Unread as wrong:
            self.wrong.append(Wrong(column, wrong.words))

    def read_name_in_parts(self) -> None:
        """Put together a name that stands in several columns, in the order of a full name."""
        parts = [self.cell_of(each) for each in NAME_PARTS]
        known = [part for part in parts if part and answer_in(part) == Answer.KNOWN]
        if any(part.startswith(RUN) for part in known):
            return  # it was found wrong already
        if known:
            column = next(at for at, each in enumerate(self.meanings) if each in NAME_PARTS)
            self.read_text(column, PROPERTIES["name"], " ".join(known))
        elif any(parts):
            self.say("name", {}, answer=Answer.UNKNOWN)

    def cell_of(self, meaning: str) -> str:
        """Return the cell of the column with that meaning; empty if there is none."""
        pairs = zip(self.meanings, self.cells, strict=False)
        return next((cell.strip() for each, cell in pairs if each == meaning), "")

    def say_if(
        self,
        column: int,
        kind: str,
        value: Mapping[str, Any] | None,
        otherwise: str | _StrPromise,
    ) -> None:
        """State a value, if it can be stored; say otherwise what is wrong."""
        if value is None or fault(Statement(property=kind, value=value)):
            self.wrong.append(Wrong(column, otherwise))
        else:
            self.say(kind, value)

    def say(self, kind: str, value: Mapping[str, Any], *, answer: Answer = Answer.KNOWN) -> None:
        """State something as the list has it."""
        told = self.told
        said = Statement(
            property=kind,
            value=value,
            answer=answer,
            said_by=told.said_by,
            method=Method.LIST,
            certainty=told.certainty,
            source=told.source,
            as_of=told.as_of,
        )
        if said not in self.statements:
            self.statements.append(said)
