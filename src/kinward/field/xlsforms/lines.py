"""The lines of an XLSForm that one question becomes, and the names they bear.

ODK has no date as far as it is known, no age with its day and no consent with its giver: such a
question becomes several lines, whose names begin with its own. `answers` puts them together again.
The standard is the XLSForm of xlsform.org, as pyxform reads it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from kinward.field.definitions import Type, in_every_language
from kinward.people.models import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Told = dict[str, Any]  # a part of a form as `Form.told` gives it
Words = dict[str, str]  # the code of a language → words

SELECT: Final = "select_one"
BEGIN, END = "begin_", "end_"
GROUP, REPEAT = "group", "repeat"
OF_A_GROUP: Final = "_group"  # a group and a question may bear one name; here none may
WHY: Final = "_unknown"
GIVER, LANGUAGE, STATE = "_giver", "_language", "_state"
AS_OF, UPPER = "_as_of", "_to"
CHILD, HOW, AT = "_child", "_how", "_at"
RECORD: Final = "record"
ABOUT_SOMEBODY: Final = frozenset({"annex", "count", "visit"})  # forms about who is known already
PARTIAL_DATE: Final = "regex(., '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?~?$')"
ANY_AGE: Final = ". >= 0 and . <= 120"
NOT_KNOWN: Final = (Answer.UNKNOWN, Answer.REFUSED, Answer.NOT_ASKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the sheet `survey`. `choices` are those of its list."""

    type: str
    name: str
    label: Words = field(default_factory=dict)
    hint: Words = field(default_factory=dict)
    required: bool = False
    relevant: str = ""
    constraint: str = ""
    default: str = ""
    parameters: str = ""
    choices: tuple[Told, ...] = ()


def lines_of(told: Told) -> Iterator[Line]:
    """Yield the lines of a form, as `Form.told` gives it, in the order of its questions."""
    if told["name"] in ABOUT_SOMEBODY:
        label = in_every_language(_("The reference by which Kinward knows who this is about"))
        yield Line(type="text", name=RECORD, label=label, required=True)
    for group in told["groups"]:
        kind = REPEAT if group.get("repeat") else GROUP
        name = group["name"] if group.get("repeat") else group["name"] + OF_A_GROUP
        when = condition(group.get("relevant"))
        yield Line(type=BEGIN + kind, name=name, label=group["label"], relevant=when)
        for question in group["questions"]:
            yield from lines_of_question(question)
        yield Line(type=END + kind, name=name)


def condition(when: Mapping[str, str] | None) -> str:
    """Return a condition as ODK writes it."""
    return f"${{{when['question']}}} = '{when['equals']}'" if when else ""


def lines_of_question(told: Told) -> Iterator[Line]:
    """Yield the lines of one question, and the one that asks why there is no answer."""
    first = Line(
        type="text",
        name=told["name"],
        label=told["label"],
        hint=told.get("hint", {}),
        required=told.get("required", False),
        relevant=condition(told.get("relevant")),
        choices=tuple(told.get("choices", ())),
    )
    yield from SHAPES.get(Type(told["type"]), as_text)(first, told)
    if told.get("unknown"):
        empty = f"../{first.name} = ''"
        yield Line(
            type=SELECT,
            name=first.name + WHY,
            label=in_every_language(_("If there is no answer: why?")),
            relevant=f"{first.relevant} and {empty}" if first.relevant else empty,
            choices=choices_of(NOT_KNOWN),
        )


def choices_of(words: Sequence[Answer]) -> tuple[Told, ...]:
    """Return words as the choices of a form."""
    return tuple({"name": str(w.value), "label": in_every_language(w._label_)} for w in words)


def as_text(line: Line, _told: Told) -> Iterator[Line]:
    """Yield a question that is answered in words."""
    yield line


def as_choice(line: Line, _told: Told) -> Iterator[Line]:
    """Yield a question that is answered by one of its choices."""
    yield replace(line, type=SELECT)


def as_date(line: Line, _told: Told) -> Iterator[Line]:
    """Yield a date, written as far as it is known: ODK's own asks for the day."""
    yield replace(line, constraint=PARTIAL_DATE)


def as_age(line: Line, _told: Told) -> Iterator[Line]:
    """Yield an age in whole years, the upper one, and the day it is of."""
    yield replace(line, type="integer", constraint=ANY_AGE)
    more = replace(line, hint={}, required=False, constraint=ANY_AGE)
    upper = in_every_language(_("To, if it is between two ages"))
    yield replace(more, type="integer", name=line.name + UPPER, label=upper)
    day = in_every_language(_("Age on which day?"))
    yield replace(
        more, type="date", name=line.name + AS_OF, label=day, constraint="", default="today()"
    )


def as_photo(line: Line, _told: Told) -> Iterator[Line]:
    """Yield a photograph."""
    yield replace(line, type="image", parameters="max-pixels=1280")


def as_count(line: Line, _told: Told) -> Iterator[Line]:
    """Yield the taps of a head count as lines that repeat."""
    yield replace(line, type=BEGIN + REPEAT, hint={}, required=False, choices=())
    who = in_every_language(_("The code on the wristband of the child"))
    yield Line(type="text", name=line.name + CHILD, label=who, required=True)
    yield replace(line, type=SELECT, name=line.name + HOW, required=True, relevant="")
    when = in_every_language(_("When?"))
    yield Line(type="dateTime", name=line.name + AT, label=when, default="now()")
    yield Line(type=END + REPEAT, name=line.name)


def as_note(line: Line, _told: Told) -> Iterator[Line]:
    """Yield words that are shown."""
    yield replace(line, type="note", required=False)


def as_consent(line: Line, told: Told) -> Iterator[Line]:
    """Yield what was answered when consent was asked for, by whom, explained in which language."""
    yield replace(line, type=SELECT, name=line.name + STATE)
    more = replace(line, type=SELECT, hint={})
    giver = in_every_language(_("Who answers?"))
    yield replace(more, name=line.name + GIVER, label=giver, choices=tuple(told.get("givers", ())))
    spoken = in_every_language(_("In which language was it explained?"))
    languages = tuple(told.get("languages", ()))
    name = line.name + LANGUAGE
    yield replace(more, name=name, label=spoken, choices=languages, required=False)


SHAPES: Final[Mapping[Type, Callable[[Line, Told], Iterator[Line]]]] = {
    Type.CHOICE: as_choice,
    Type.DATE: as_date,
    Type.AGE: as_age,
    Type.PHOTO: as_photo,
    Type.COUNT: as_count,
    Type.NOTE: as_note,
    Type.CONSENT: as_consent,
}
