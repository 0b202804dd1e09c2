"""Submissions of ODK and Kobo, from the files their servers give: OpenRosa XML, JSON, CSV.

Whatever the file, a submission is the names of questions with what was answered; groups are gone,
a group that repeats is a list. Nothing is judged here: `answers` holds it against a form.
"""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5
from xml.parsers import expat

from django.utils.translation import gettext as _

from kinward.core.errors import RuleBroken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Values = dict[str, Any]  # a question → text; a group that repeats → a list of such

ROWS_OF: Final = re.compile(r"([A-Za-z_][\w.-]*)\[(\d+)\]")
KIND: Final = re.compile(r"(?:kinward_)?([a-z]+)")
# Submissions that are no UUID themselves get one of this space, always the same.
SPACE: Final = UUID("6f3b9f0e-4c1d-5d0a-9a55-0d6b8a3f2c71")
IDS: Final = ("meta/instanceID", "instanceID", "_uuid", "KEY")
FORMS: Final = ("_xform_id_string", "form_id")
VERSIONS: Final = ("__version__", "version", "FormVersion")
SENT: Final = ("_submission_time", "SubmissionDate", "end", "today", "start")
LONGEST: Final = 50_000_000  # bytes of a file


class NoSubmissions(RuleBroken):
    """The file holds no submissions that can be read; it says where it went wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One submission as it stands in a file. `row` counts from 1; `sent_on` is a day, if told."""

    row: int
    instance: str
    form: str
    version: str
    sent_on: str
    values: Values
    attachments: tuple[str, ...] = field(default=())

    @property
    def id(self) -> UUID:
        """Its own UUID, or one that always follows from what it calls itself."""
        plain = self.instance.removeprefix("uuid:")
        try:
            return UUID(plain)
        except ValueError:
            return uuid5(SPACE, plain)


def submissions_in(content: bytes, *, name: str) -> list[Submission]:
    """Return the submissions of a file, by what it holds and not by its name.

    Raises:
        NoSubmissions: it cannot be read, or one says of no form or itself which it is.
    """
    if len(content) > LONGEST:
        raise NoSubmissions(_("%(file)s: the file is too large.") % {"file": name})
    head = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    try:
        told = READERS.get(head, in_csv)(content)
        return [submission(row, each) for row, each in enumerate(told, start=1)]
    except (expat.ExpatError, UnicodeDecodeError, csv.Error, ValueError) as error:
        said = {"file": name, "why": str(error)[:200]}
        raise NoSubmissions(_("%(file)s cannot be read: %(why)s") % said) from error


def first_of(told: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """Return the first of these that is there, as text."""
    return next((str(told[name]).strip() for name in names if told.get(name)), "")


def submission(row: int, told: Mapping[str, Any]) -> Submission:
    """Return one submission, its own marks set apart from what was answered.

    Raises:
        ValueError: it does not say which it is.
    """
    instance = first_of(told, IDS)
    if not instance:
        raise ValueError(_("row %(row)d has neither meta/instanceID nor _uuid") % {"row": row})
    form = KIND.fullmatch(first_of(told, FORMS))
    files = [str(each.get("filename", "")) for each in told.get("_attachments") or []]
    marks = {*IDS, *FORMS, *VERSIONS, *SENT, "formhub/uuid", "deviceid", "meta/instanceName"}
    answered = {
        path: value
        for path, value in told.items()
        if path not in marks and not path.startswith(("_", "meta/"))
    }
    return Submission(
        row=row,
        instance=instance,
        form=form[1] if form else "",
        version=first_of(told, VERSIONS),
        sent_on=first_of(told, SENT)[:10],
        values=without_groups(answered),
        attachments=tuple(name.rsplit("/", 1)[-1] for name in files),
    )


def without_groups(told: Mapping[str, Any]) -> Values:
    """Return answers by the last word of their path; "names[2]/name" is the second of a list."""
    found: Values = {}
    for path, value in told.items():
        *around, name = path.split("/")
        if (repeats := next(filter(None, map(ROWS_OF.fullmatch, around)), None)) is not None:
            rows = found.setdefault(repeats[1], [])
            rows.extend({} for _missing in range(int(repeats[2]) - len(rows)))
            rows[int(repeats[2]) - 1][name] = value
        elif isinstance(value, list):
            found[name] = [without_groups(each) for each in value if isinstance(each, dict)]
        elif isinstance(value, dict):
            found |= without_groups(value)
        elif value not in (None, ""):
            found[name] = value if isinstance(value, str) else text_of(value)
    return found


def text_of(value: Any) -> str:
    """Return a value of JSON as ODK writes it in XML."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


# The files


@dataclass(slots=True)
class Element:
    """An element of a document, its namespace left off."""

    name: str
    marks: Mapping[str, str]
    inside: list[Element] = field(default_factory=list)
    text: str = ""


class Tree:
    """The elements of a document as they come; no document type has a place in a submission."""

    def __init__(self) -> None:
        self.open = [Element("", {})]

    def refuse(self, *_said: object) -> None:
        """Refuse a document type: it could name files, or grow without end."""
        raise ValueError(_("a document type has no place in a submission"))

    def begin(self, name: str, marks: Mapping[str, str]) -> None:
        """Open an element."""
        made = Element(name.rpartition("}")[2], marks)
        self.open[-1].inside.append(made)
        self.open.append(made)

    def end(self, _name: str) -> None:
        """Close it."""
        self.open.pop()

    def say(self, text: str) -> None:
        """Take words of the element that is open."""
        self.open[-1].text += text


def in_xml(content: bytes) -> Iterator[dict[str, Any]]:
    """Yield the submission of an OpenRosa document, or all that stand in one element."""
    tree = Tree()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = tree.refuse
    parser.StartElementHandler = tree.begin
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.say
    parser.Parse(content, True)  # noqa: FBT003 (it is the whole document)
    root = tree.open[0].inside[0]
    single = "id" in root.marks or any(each.name == "meta" for each in root.inside)
    for each in [root] if single else root.inside:
        marks = {"form_id": each.marks.get("id"), "version": each.marks.get("version")}
        yield marks | in_element(each)


def in_element(element: Element) -> dict[str, Any]:
    """Return what an element says; elements with others inside are a list, be it of one."""
    found: dict[str, Any] = {}
    for each in element.inside:
        if each.name == "meta":
            found |= {f"meta/{one.name}": one.text.strip() for one in each.inside}
        elif each.inside:
            found.setdefault(each.name, []).append(in_element(each))
        else:
            found.setdefault(each.name, each.text.strip())
    return found


def in_json(content: bytes) -> Iterator[dict[str, Any]]:
    """Yield the submissions of Kobo's JSON: a list, one alone, or a page of results."""
    told = json.loads(content.decode("utf-8-sig"))
    if isinstance(told, dict):
        told = told.get("results", [told])
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        raise ValueError(_("a list of submissions was expected"))
    yield from told


def in_csv(content: bytes) -> Iterator[dict[str, Any]]:
    """Yield the submissions of a CSV, whichever of , ; and the tabulator is between the cells."""
    text = content.decode("utf-8-sig")
    head = text.split("\n", 1)[0]
    between = max(",;\t", key=head.count)
    for row in csv.DictReader(StringIO(text, newline=""), delimiter=between):
        yield {path: cell for path, cell in row.items() if path and isinstance(cell, str)}


READERS: Final = {b"<": in_xml, b"[": in_json, b"{": in_json}
