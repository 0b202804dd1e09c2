"""Records of the People Finder Interchange Format, 1.1 to 1.4: read, checked, and written.

Source: http://zesty.ca/pfif/ (versions 1.1 to 1.4). Whatever the version, a record is told in the
fields of 1.4. One whose expiry date is past is a tombstone: its identifier and dates, nothing else.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any, Final
from xml.parsers import expat
from xml.sax.saxutils import escape

from django.utils.translation import gettext_lazy as _

from kinward.exchange.sources import REST, Entry, Place, Problem, UnfitFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.utils.functional import _StrPromise

Fields = dict[str, str]

NAMESPACE: Final = "http://zesty.ca/pfif/"
NEWEST: Final = "1.4"
CHUNK: Final = 1 << 16  # bytes
ID: Final = re.compile(r"[^/\s]+/\S+")
BIRTH: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
AGE: Final = re.compile(r"\d{1,3}(-\d{1,3})?")
OF_DESCRIPTION: Final = re.compile(r"^description:\s*")  # how `other` of 1.1 and 1.2 was written
NOT_OF_XML: Final = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MISSING = _("This is missing, and has to be there.")
NO_ID = _("This is no identifier of a record. It is written as example.org/person.1.")
NO_MOMENT = _("This is no moment. It is written as 2018-12-30T09:30:00Z.")
NO_BIRTH = _("This is no date of birth. It is written as 2012-05-30, 2012-05 or 2012.")
NO_AGE = _("This is no age. It is written as 7 or 5-7.")
NO_CODE = _("The format has no such word here.")
OTHER_DOMAIN = _("This record is of another registry than the one that hands it over.")
UNKNOWN_FIELD = _("The format has no such field; what it says is kept with the row.")
NO_PFIF = _("This is no PFIF of version 1.1, 1.2, 1.3 or 1.4.")
DOCTYPE = _("it declares a document type, which is not read")
NO_XML = _("This is no XML that can be read: %(why)s")


@cache
def words() -> Mapping[str, Any]:
    """Return the fields of every version, and what they say here."""
    return tomllib.loads(files("kinward.exchange.data").joinpath("pfif.toml").read_text("utf-8"))


@dataclass(slots=True, kw_only=True)
class Record:
    """A person of a document with the notes inside it, in the fields of its own version."""

    version: str
    fields: Fields
    notes: list[Fields]

    @property
    def person(self) -> Fields:
        """The person in the fields of 1.4."""
        return as_newest(self.fields)

    def expired(self, at: datetime) -> bool:
        """Tell whether its expiry date is past."""
        until = moment_in(self.fields.get("expiry_date", ""))
        return until is not None and until <= at


def as_newest(fields: Fields) -> Fields:
    """Return fields of any version under the names of 1.4; a full name out of its parts."""
    renamed = words()["renamed"]
    found = {renamed.get(name, name): value for name, value in fields.items()}
    if "other" in fields:
        found["description"] = OF_DESCRIPTION.sub("", fields["other"])
    parts = [found[part] for part in ("given_name", "family_name") if found.get(part)]
    if "full_name" not in found and parts:
        found["full_name"] = " ".join(parts)
    return found


def moment_in(text: str) -> datetime | None:
    """Return the moment that a field tells, in UTC; None where it tells none."""
    if not MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # as the 31st of June
        return None


# Reading


def read(content: IO[bytes], file: str) -> Iterator[Record]:
    """Yield every person of a document, however it is wrapped; notes beside them come as persons.

    Raises:
        UnfitFile: it is no XML, has a document type, or is none of the versions.
    """
    reading = Reading(file)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reading.refuse
    parser.StartElementHandler = reading.begin
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    try:
        while chunk := content.read(CHUNK):
            parser.Parse(chunk, False)  # noqa: FBT003 (it takes no name)
            yield from reading.done()
        parser.Parse(b"", True)  # noqa: FBT003 (likewise)
    except expat.ExpatError as error:
        raise UnfitFile(Problem(Place(file=file), NO_XML % {"why": error})) from error
    yield from reading.done()
    if not reading.version:
        raise UnfitFile(Problem(Place(file=file), NO_PFIF))
    yield from (Record(version=reading.version, fields={}, notes=[each]) for each in reading.beside)


class Reading:
    """A document while it is read, element by element."""

    def __init__(self, file: str) -> None:
        self.file, self.version = file, ""
        self.beside: list[Fields] = []  # notes that stand in no person
        self._records: list[Record] = []
        self._open: list[str] = []  # the names of elements of the format that have begun
        self._person: Record | None = None
        self._fields: Fields = {}
        self._words: list[str] = []

    def done(self) -> list[Record]:
        """Return the records that have ended since it was asked last."""
        found, self._records = self._records, []
        return found

    def refuse(self, *_declared: object) -> None:
        """Refuse a document type: entities stand in one, and they are how XML attacks.

        Raises:
            UnfitFile: always.
        """
        raise UnfitFile(Problem(Place(file=self.file), NO_XML % {"why": DOCTYPE}))

    def begin(self, tag: str, _attributes: object) -> None:
        """Begin an element.

        Raises:
            UnfitFile: it is of a version that there is not.
        """
        name = self.name_of(tag)
        self._words = []
        if name == "person":
            self._person = Record(version=self.version, fields={}, notes=[])
            self._fields = self._person.fields
        elif name == "note":
            self._fields = {}
        self._open.append(name)

    def text(self, words: str) -> None:
        """Take the words within an element."""
        self._words.append(words)

    def end(self, _tag: str) -> None:
        """End an element: a field, a note or a person."""
        name = self._open.pop()
        if name == "person" and self._person is not None:
            self._records.append(self._person)
            self._person = None
        elif name == "note":
            (self.beside if self._person is None else self._person.notes).append(self._fields)
            self._fields = self._person.fields if self._person else {}
        elif name and self._open[-1:] in (["person"], ["note"]):
            self.keep(name, "".join(self._words).strip())
        self._words = []

    def keep(self, field: str, said: str) -> None:
        """Keep what a field says; nothing of one that says nothing."""
        if said:
            self._fields[field] = said

    def name_of(self, tag: str) -> str:
        """Return the name of an element; empty for one that is not of the format.

        Raises:
            UnfitFile: it is of a version that there is not.
        """
        space, _brace, name = tag.rpartition("}")
        if not space.startswith(NAMESPACE):
            return ""
        self.version = space.removeprefix(NAMESPACE)
        if self.version not in words()["versions"]:
            raise UnfitFile(Problem(Place(file=self.file), NO_PFIF))
        return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Pfif:
    """A document of another registry, as a Source; `domain` is that registry's, if it is held to.

    `at` is when it is read: what expired by then is a tombstone.
    """

    name: str
    content: IO[bytes]
    at: datetime
    domain: str = ""

    @property
    def columns(self) -> Mapping[str, str]:
        """What the cells are called, and what each means."""
        return {**words()["columns"], REST: ""}

    def entries(self) -> Iterator[Entry]:
        """Yield each person in the order of the document.

        Raises:
            UnfitFile: see `read`.
        """
        for number, record in enumerate(read(self.content, self.name), 1):
            at = Place(file=self.name, record=record.fields.get("person_record_id") or str(number))
            if record.expired(self.at):
                kept = [field for field in words()["expired"]["kept"] if field in record.fields]
                yield Entry(place=at, cells={}, rest={each: record.fields[each] for each in kept})
            elif not record.fields:
                yield Entry(place=at, cells={}, rest={"notes": record.notes})
            else:
                yield Entry(
                    place=at,
                    cells=cells_of(record.person),
                    rest=rest_of(record),
                    problems=tuple(problems_of(record, at, self.domain)),
                    remarks=tuple(remarks_on(record, at)),
                )


def cells_of(person: Fields) -> Fields:
    """Return what a person's record says that has a place here, by column."""
    composed = words()["composed"]
    cells = {
        column: ", ".join(person[part] for part in parts if part in person)
        for column, parts in composed.items()
    }
    cells |= {
        column: person.get(column, "") for column in words()["columns"] if column not in composed
    }
    cells["source_date"] = cells["source_date"].partition("T")[0]
    if cells["sex"] not in {"female", "male"}:
        cells["sex"] = ""  # "other" is no answer here; what was written stands in the rest
    return {column: text for column, text in cells.items() if text}


def rest_of(record: Record) -> dict[str, object]:
    """Return all that is not in the cells word by word: every other field, and the notes."""
    person, told = record.person, cells_of(record.person)
    rest: dict[str, object] = {
        field: text for field, text in person.items() if told.get(field) != text
    }
    return rest | ({"notes": record.notes} if record.notes else {})


# Checking


def problems_of(record: Record, at: Place, domain: str) -> Iterator[Problem]:
    """Yield what keeps a record from being taken in."""
    fields, said = record.fields, words()["versions"][record.version]
    for field in said["must"]:
        if not fields.get(field):
            yield Problem(at.at(field), MISSING)
    for field, text in fields.items():
        if wrong := wrong_with(field, text):
            yield Problem(at.at(field), wrong)
    own = fields.get("person_record_id", "").partition("/")[0]
    if domain and own != domain:
        yield Problem(at.at("person_record_id"), OTHER_DOMAIN)


def remarks_on(record: Record, at: Place) -> Iterator[Problem]:
    """Yield what is told of a record and keeps nobody from taking it in: of its notes above all."""
    said = words()["versions"][record.version]
    for field in record.fields:
        if field not in said["person"]:
            yield Problem(at.at(field), UNKNOWN_FIELD)
    for number, note in enumerate(record.notes, 1):
        for field in words()["notes"]["must"]:
            if not note.get(field):
                yield Problem(at.at(f"note {number}: {field}"), MISSING)
        for field, text in note.items():
            if wrong := wrong_with(field, text):
                yield Problem(at.at(f"note {number}: {field}"), wrong)


def wrong_with(field: str, text: str) -> str | _StrPromise | None:
    """Return what is wrong with the text of a field, in words."""
    codes = words()["codes"].get(words()["renamed"].get(field, field))
    if codes is not None:
        return None if text in codes else NO_CODE
    if field.endswith("_record_id"):
        return None if ID.fullmatch(text) else NO_ID
    if field in {"source_date", "entry_date", "expiry_date"}:
        return None if moment_in(text) else NO_MOMENT
    if field == "date_of_birth":
        return None if BIRTH.fullmatch(text) else NO_BIRTH
    if field == "age":
        return None if AGE.fullmatch(text) else NO_AGE
    return None


# Writing


def written(records: Iterable[Record], version: str = NEWEST) -> Iterator[str]:
    """Yield the lines of a document of that version; fields it does not have are left out."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<pfif:pfif xmlns:pfif="{NAMESPACE}{version}">\n'
    said = words()["versions"][version]
    for record in records:
        yield "  <pfif:person>\n"
        yield from elements(record.fields, said["person"], "    ")
        for note in record.notes:
            yield "    <pfif:note>\n"
            yield from elements(note, said["note"], "      ")
            yield "    </pfif:note>\n"
        yield "  </pfif:person>\n"
    yield "</pfif:pfif>\n"


def elements(fields: Mapping[str, str], order: Iterable[str], indent: str) -> Iterator[str]:
    """Yield the elements of a record, in the order of its version."""
    for field in order:
        if fields.get(field):
            text = escape(NOT_OF_XML.sub("", fields[field]))
            yield f"{indent}<pfif:{field}>{text}</pfif:{field}>\n"


def tombstone(record: Record) -> Record:
    """Return what is left of a record that has expired."""
    kept = {
        each: record.fields[each] for each in words()["expired"]["kept"] if each in record.fields
    }
    return Record(version=record.version, fields=kept, notes=[])
