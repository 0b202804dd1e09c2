"""A submission of ODK or Kobo as the answers of an entry: what a phone of ours would have sent."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kinward.field.definitions import Type
from kinward.field.xlsforms.lines import (
    AS_OF,
    AT,
    CHILD,
    GIVER,
    HOW,
    LANGUAGE,
    RECORD,
    STATE,
    UPPER,
    WHY,
    Told,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kinward.field.xlsforms.submissions import Submission, Values


@dataclass(slots=True, kw_only=True)
class Answered:
    """What a submission says: as an entry holds it, whom it is about, and what has no place.

    `rest` is the path of each answer that our form does not ask for, with what was answered.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    consents: list[dict[str, Any]] = field(default_factory=list)
    record: str = ""
    rest: dict[str, str] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """Return it as the plain text of an entry."""
        return {"answers": self.answers, "consents": self.consents}


def answered(sent: Submission, told: Told) -> Answered:
    """Return what a submission says, held against a form as `Form.told` gives it."""
    repeated = {group["name"] for group in told["groups"] if group.get("repeat")}
    asked = [question for group in told["groups"] for question in group["questions"]]
    counted = {question["name"] for question in asked if question["type"] == Type.COUNT}
    values = flat(sent.values, repeated | counted)
    found = Answered(record=values.pop(RECORD, ""))
    for group in told["groups"]:
        if group.get("repeat"):
            rows = values.pop(group["name"], [])
            made = [row_of(group, dict(row), sent, found, at) for at, row in enumerate(rows, 1)]
            if kept := [row for row in made if row]:
                found.answers[group["name"]] = kept
        else:
            found.answers |= answers_of(group, values, sent, found)
    found.rest |= {name: str(value) for name, value in values.items() if value not in ("", [])}
    return found


def flat(values: Values, repeated: Collection[str]) -> Values:
    """Return values with groups that do not repeat dissolved: in XML both look alike."""
    found: Values = {}
    for name, value in values.items():
        if not isinstance(value, list):
            found.setdefault(name, value)
        elif name in repeated:
            found[name] = [flat(row, repeated) for row in value]
        elif len(value) == 1:
            inside = flat(value[0], repeated)
            found |= {key: said for key, said in inside.items() if key not in found}
            lost = {f"{name}/{key}": said for key, said in inside.items() if found[key] != said}
            found |= lost
        else:
            found[name] = json.dumps(value, ensure_ascii=False)
    return found


def row_of(group: Told, row: Values, sent: Submission, found: Answered, at: int) -> Values:
    """Return one row of a group that repeats; what it holds besides is kept apart."""
    made = answers_of(group, row, sent, found)
    found.rest |= {f"{group['name']}[{at}]/{name}": str(said) for name, said in row.items() if said}
    return made


def answers_of(group: Told, values: Values, sent: Submission, found: Answered) -> Values:
    """Take the answers to the questions of a group out of `values`."""
    made: Values = {}
    for question in group["questions"]:
        name = question["name"]
        take = TAKERS.get(Type(question["type"]), text_in)
        answer = take(question, values, sent, found)
        why = values.pop(name + WHY, "") if question.get("unknown") else ""
        if answer not in (None, "", [], {}):
            made[name] = answer
        elif why:
            made[name] = {"answer": choice_named(why, ())}
    return made


def text_in(question: Told, values: Values, _sent: Submission, _found: Answered) -> str:
    """Return words as they were written."""
    return str(values.pop(question["name"], "")).strip()


def plain_figures(written: str) -> str:
    """Return a text with the figures of any script as 0 to 9."""
    return "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() and not sign.isascii() else sign
        for sign in written
    )


def date_in(question: Told, values: Values, _sent: Submission, _found: Answered) -> str:
    """Return a date as far as it is known; a moment of ODK is cut to its day."""
    return plain_figures(str(values.pop(question["name"], "")).strip()).split("T")[0]


def choice_in(question: Told, values: Values, _sent: Submission, _found: Answered) -> str:
    """Return the name of a choice."""
    return choice_named(str(values.pop(question["name"], "")), question.get("choices", ()))


def choice_named(said: str, choices: Iterable[Told]) -> str:
    """Return the name of what was chosen: exports write its name, or its words in a language."""
    plain = said.strip()
    for one in choices:
        words = [one["name"], *one["label"].values()]
        if plain.casefold() in [each.casefold() for each in words]:
            return str(one["name"])
    return plain


def place_in(question: Told, values: Values, _sent: Submission, _found: Answered) -> Any:
    """Return a place in words."""
    said = str(values.pop(question["name"], "")).strip()
    return {"text": said} if said else ""


def whole(written: Any) -> Any:
    """Return a whole number; what is none as it was written, for the form to refuse."""
    plain = plain_figures(str(written).strip())
    return int(plain) if plain.isdecimal() else plain


def age_in(question: Told, values: Values, sent: Submission, _found: Answered) -> Any:
    """Return an age with its day; without a day of its own it is of the day it was sent."""
    name = question["name"]
    age, upper, day = (values.pop(name + end, "") for end in ("", UPPER, AS_OF))
    if age == "":
        return ""
    made = {"age": whole(age), "as_of": plain_figures(str(day or sent.sent_on))[:10]}
    return made | ({"age_to": whole(upper)} if upper != "" else {})


def photo_in(question: Told, values: Values, _sent: Submission, found: Answered) -> None:
    """Keep the name of a photograph apart: the file is not in the submission."""
    if name := values.pop(question["name"], ""):
        found.rest[question["name"]] = str(name)


def note_in(question: Told, values: Values, _sent: Submission, _found: Answered) -> None:
    """Leave out what was only shown."""
    values.pop(question["name"], "")


def count_in(question: Told, values: Values, _sent: Submission, _found: Answered) -> Any:
    """Return the taps of a count."""
    name = question["name"]
    ways = question.get("choices", ())
    return [
        {
            "child": row.get(name + CHILD, ""),
            "how": choice_named(row.get(name + HOW, ""), ways),
            "at": row.get(name + AT, ""),
        }
        for row in values.pop(name, [])
    ]


def consent_in(question: Told, values: Values, _sent: Submission, found: Answered) -> None:
    """Put what was answered when consent was asked for among the consents."""
    name = question["name"]
    ends = {STATE: "choices", GIVER: "givers", LANGUAGE: "languages"}
    state, giver, language = (
        choice_named(str(values.pop(name + end, "")), question.get(key, ()))
        for end, key in ends.items()
    )
    if state:
        told = {"purpose": question["purpose"], "state": state, "giver": giver}
        found.consents.append(told | ({"language": language} if language else {}))


TAKERS: Final[Mapping[Type, Any]] = {
    Type.DATE: date_in,
    Type.CHOICE: choice_in,
    Type.PLACE: place_in,
    Type.AGE: age_in,
    Type.PHOTO: photo_in,
    Type.NOTE: note_in,
    Type.COUNT: count_in,
    Type.CONSENT: consent_in,
}
