"""Cases of Primero as JSON, in both shapes it gives them: of its API, and of its export.

The API wraps flat records, {"data": [{"case_id": …}], "metadata": {…}}; the export of version 2 is
a list of rows whose fields stand in "data", that of version 1 a list of flat records. Forms within
a case (subforms) are lists of records in a field. Source: https://github.com/primeroIMS/primero
(app/controllers/api, app/models/exporters).
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any, Final

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from kinward.exchange.sources import REST, Entry, Place, Problem, UnfitFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kinward.people.models import Person
    from kinward.people.rules import Fact

Case = dict[str, Any]

NO_JSON = _("This is no JSON that can be read: line %(line)d, column %(column)d.")
NO_CASES = _("This is no list of cases, as Primero’s API or its export gives one.")
NO_CASE = _("This is no case: a case has fields with names.")
NO_TEXT = _("This field holds %(kind)s, where words, a number or a list of words stands.")
CHILD_PROTECTION: Final = "primeromodule-cp"


class Form(StrEnum):
    """The shapes in which Primero gives cases."""

    API = "api"
    EXPORT = "export"


@cache
def words() -> Mapping[str, Any]:
    """Return what each field says here, and the words of Primero's lists."""
    return tomllib.loads(files("kinward.exchange.data").joinpath("primero.toml").read_text("utf-8"))


# Reading


def cases_in(content: IO[bytes], file: str) -> list[Any]:
    """Return the cases of a file in any of its shapes, each as a flat record.

    Raises:
        UnfitFile: it is no JSON, or holds no list of cases.
    """
    try:
        said = json.load(content)
    except json.JSONDecodeError as error:
        at = {"line": error.lineno, "column": error.colno}
        raise UnfitFile(Problem(Place(file=file), NO_JSON % at)) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise UnfitFile(Problem(Place(file=file), NO_CASES)) from error
    wrapped = said["data"] if isinstance(said, dict) and "data" in said else said
    listed = [wrapped] if isinstance(wrapped, dict) else wrapped
    if not isinstance(listed, list) or not listed:
        raise UnfitFile(Problem(Place(file=file), NO_CASES))
    return [flat(each) for each in listed]


def flat(row: Any) -> Any:
    """Return the fields of a row of an export, those beside its "data" too."""
    if isinstance(row, dict) and isinstance(row.get("data"), dict):
        return {name: value for name, value in row.items() if name != "data"} | row["data"]
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Primero:
    """A file of cases, as a Source."""

    name: str
    content: IO[bytes]

    @property
    def columns(self) -> Mapping[str, str]:
        """What the cells are called, and what each means."""
        return {**words()["columns"], REST: ""}

    def entries(self) -> Iterator[Entry]:
        """Yield each case in the order of the file.

        Raises:
            UnfitFile: see `cases_in`.
        """
        for number, case in enumerate(cases_in(self.content, self.name), 1):
            if not isinstance(case, dict):
                place = Place(file=self.name, record=str(number))
                yield Entry(place=place, cells={}, problems=(Problem(place, NO_CASE),))
                continue
            called = case.get("case_id") or case.get("case_id_display") or number
            place = Place(file=self.name, record=str(called))
            cells, rest = parted(case)
            yield Entry(
                place=place, cells=cells, rest=rest, problems=tuple(problems_of(case, place))
            )


def parted(case: Case) -> tuple[dict[str, str], Case]:
    """Return what a case says that has a place here, by column, and all the rest of it."""
    cells, rest = {}, dict(case)
    section = words()["relative"]["section"]
    for field in words()["columns"]:
        if field != section and (values := texts(case.get(field))):
            cells[field] = as_cell(values)
            rest.pop(field)
    if "name" not in cells and (whole := name_of(case)):
        cells["name"] = whole
    if "date_of_birth" in cells and "age" in cells:
        rest["age"] = case["age"]  # Primero counts it from the date
        del cells["age"]
    if lines := [line for member in members_of(case) if (line := line_of(member))]:
        cells[section] = json.dumps(lines, ensure_ascii=False)
        left = [left_of(member) for member in members_of(case)]
        rest[section] = left if any(left) else []
    return cells, {name: value for name, value in rest.items() if value not in (None, "", [], {})}


def as_cell(values: list[str]) -> str:
    """Return values as a cell from which just these are read again."""
    plain = len(values) == 1 and not set(values[0]) & set("|;؛\n[")
    return values[0] if plain else json.dumps(values, ensure_ascii=False)


def texts(value: Any) -> list[str]:
    """Return the words that a field holds; none where it holds something else, or nothing."""
    held = value if isinstance(value, list) else [value]
    if any(isinstance(each, (dict, list)) for each in held):
        return []
    return [
        str(each).strip()
        for each in held
        if each is not None and not isinstance(each, bool) and str(each).strip()
    ]


def name_of(case: Case) -> str:
    """Return a name put together from its parts; empty if there are none."""
    return " ".join(text for part in words()["parts"]["name"] for text in texts(case.get(part)))


def members_of(case: Case) -> list[Case]:
    """Return the relatives that a case tells of, each a record of its own."""
    held = case.get(words()["relative"]["section"])
    return [each for each in held if isinstance(each, dict)] if isinstance(held, list) else []


def line_of(member: Case) -> str:
    """Return a relative as lists tell of one; empty where the relation has no place here."""
    fields, relations = words()["relative"], words()["relations"]
    relation = relations.get(str(member.get(fields["relation"], "")).lower())
    if relation is None:
        return ""
    parts = {
        "sex": words()["sexes"].get(str(member[fields["relation"]]).lower(), ""),
        "life": words()["lives"].get(str(member.get(fields["life"], "")).lower(), ""),
        "together": words()["yes_or_no"].get(str(member.get(fields["together"], "")).lower(), ""),
    }
    told = ", ".join(f"{part}={said}" for part, said in parts.items() if said)
    name = " ".join(texts(member.get(fields["name"])))
    return f"{relation}: {name}{f' [{told}]' if told else ''}"


def left_of(member: Case) -> Case:
    """Return what a relative's record says and `line_of` does not; all of it where that is none."""
    if not line_of(member):
        return member
    taken = {words()["relative"][part] for part in ("name", "relation", "life", "together")}
    return {name: value for name, value in member.items() if name not in taken}


def problems_of(case: Case, place: Place) -> Iterator[Problem]:
    """Yield the fields that hold what no such field can."""
    for field in words()["columns"]:
        value = case.get(field)
        if field == words()["relative"]["section"]:
            fits = value is None or isinstance(value, list)
        else:
            fits = value in (None, "", [], {}) or bool(texts(value))
        if not fits:
            yield Problem(place.at(field), NO_TEXT % {"kind": type(value).__name__})


def unmapped(entries: Iterable[Entry]) -> Counter[str]:
    """Count the fields that records say something in and that have no place here."""
    found: Counter[str] = Counter()
    section = words()["relative"]["section"]
    for entry in entries:
        for field, value in entry.rest.items():
            if field == section and isinstance(value, list):
                within = {name for member in value for name in member}
                found.update(f"{section}.{name}" for name in within)
            else:
                found[field] += 1
    return found


# Writing


def as_case(person: Person, facts: Mapping[str, Fact]) -> Case:
    """Return a child as a case, from what stands of it that its reader may see."""
    case: Case = {
        "id": str(person.pk),
        "case_id": person.reference,
        "module_id": CHILD_PROTECTION,
        "registration_date": localdate(person.registered_at).isoformat(),
    }
    for kind, field in words()["out"].items():
        said = [saying.value["text"] for saying in known(facts, kind)]
        if kind == "name" and said:
            case["name"], said = said[0], said[1:]
        if said:
            case[field] = said if field in {"nationality", "language"} or len(said) > 1 else said[0]
    for saying in known(facts, "sex")[:1]:
        case["sex"] = saying.value["code"]
    for saying in known(facts, "born")[:1]:
        case |= birth(saying.value)
    if members := [*relatives(facts)]:
        case[words()["relative"]["section"]] = members
    return case


def known(facts: Mapping[str, Fact], kind: str) -> tuple[Any, ...]:
    """Return the sayings of a kind of fact that hold a value."""
    return facts[kind].known if kind in facts else ()


def birth(value: Mapping[str, Any]) -> Case:
    """Return a date of birth, or an age with the day it was counted on."""
    if "edtf" in value:
        exact = not set(str(value["edtf"])) & set("~?X/%")
        return {"date_of_birth": value["edtf"], "estimated": not exact}
    return {"age": value["age"], "registration_date": value["as_of"], "estimated": True}


def relatives(facts: Mapping[str, Fact]) -> Iterator[Case]:
    """Yield a record for each relative that stands with a child."""
    fields = words()["relative"]
    for kind, relation in (("father", "father"), ("mother", "mother"), ("sibling", "other_family")):
        for saying in known(facts, kind):
            yield {fields["name"]: saying.value["text"], fields["relation"]: relation}
    for saying in known(facts, "relative"):
        value = saying.value
        told = {
            fields["name"]: value.get("text"),
            fields["relation"]: relation_of(value),
            fields["life"]: value.get("life"),
            fields["together"]: value.get("together"),
        }
        yield {name: said for name, said in told.items() if said}


def relation_of(value: Mapping[str, Any]) -> str:
    """Return Primero's word for what a relative is; that of any other where it has none."""
    sexes = words()["sexes"]
    fitting = [word for word, ours in words()["relations"].items() if ours == value["relation"]]
    same_sex = [word for word in fitting if value.get("sex") in (None, sexes.get(word))]
    return next(iter([*same_sex, *fitting]), "other_family")


def written(cases: list[Case], form: Form) -> str:
    """Return cases as a file of that shape."""
    if form == Form.API:
        paged = {"total": len(cases), "per": len(cases), "page": 1}
        return json.dumps({"data": cases, "metadata": paged}, ensure_ascii=False, indent=1)
    rows = [
        {"id": case["id"], "data": {name: value for name, value in case.items() if name != "id"}}
        for case in cases
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)
