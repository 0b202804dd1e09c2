"""What a form of the field is made of: groups of questions, as plain data.

A form is shown by a phone, written as an XLSForm and read by the server from this one definition.
Its version is the digest of what a person is shown, in every language, and of what is asked.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils.translation import override

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import TextChoices
    from django.utils.functional import _StrPromise

SIGNS_OF_A_VERSION: Final = 16  # of the digest, in hexadecimals


class Type(StrEnum):
    """What is answered, and how an answer is written in JSON.

    TEXT     text
    NAME     text, as it was written
    CHOICE   the name of a choice
    DATE     text, a date of ISO 8601-2 as far as it is known: 2012, 2012-05, 2012-05-30, 2012~
    AGE      {"age": whole years, "as_of": day}, and maybe "age_to", the upper age
    PLACE    {"text"}, and maybe "code", the place of the gazetteer meant
    PHOTO    the id of a photograph that is sent after the texts
    COUNT    [{"child", "how", "at"}]: the taps of one counter, in their order
    NOTE     nothing: words that are shown
    CONSENT  nothing among the answers: {"purpose", "state", "giver"} among the consents, and maybe
             "form_version", "language", "named", "circumstances"
    """

    TEXT = "text"
    NAME = "name"
    CHOICE = "choice"
    DATE = "date"
    AGE = "age"
    PLACE = "place"
    PHOTO = "photo"
    COUNT = "count"
    NOTE = "note"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several answers."""

    name: str
    label: str | _StrPromise


@dataclass(frozen=True, slots=True)
class When:
    """A question is asked only where another of the same form has this answer."""

    question: str
    equals: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `property` and `part` say which statement its answer makes, if it makes one.

    `unknown` lets it be answered by {"answer": "unknown"}, "refused" or "not_asked" instead.
    Of a consent: for which `purpose` it is asked, who answers (`givers`), and in which `languages`
    it can be explained.
    """

    name: str
    type: Type
    label: str | _StrPromise
    hint: str | _StrPromise = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    relevant: When | None = None
    unknown: bool = False
    property: str = ""
    part: str = ""
    purpose: str = ""
    givers: tuple[Choice, ...] = ()
    languages: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that stand together; of one that repeats the answers are a list of objects."""

    name: str
    label: str | _StrPromise
    questions: tuple[Question, ...]
    repeat: bool = False
    most: int = 1
    relevant: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One kind of entry."""

    name: str
    title: str | _StrPromise
    groups: tuple[Group, ...]

    @property
    def version(self) -> str:
        """The digest of all that it asks, as anybody reads it."""
        told = json.dumps(self.told(), ensure_ascii=False, sort_keys=True)
        return sha256(told.encode()).hexdigest()[:SIGNS_OF_A_VERSION]

    def told(self) -> dict[str, Any]:
        """Return the form as JSON, in every language, without its version."""
        return {
            "name": self.name,
            "title": in_every_language(self.title),
            "groups": [told_of_group(each) for each in self.groups],
        }

    def questions(self) -> Iterator[tuple[Group, Question]]:
        """Yield each question with the group it stands in."""
        return ((group, each) for group in self.groups for each in group.questions)


def of_words(words: type[TextChoices], only: Sequence[str] = ()) -> tuple[Choice, ...]:
    """Return the choices that a list of words gives; of all, or of some."""
    return tuple(
        Choice(name=str(value), label=label)
        for value, label in zip(words.values, lazy_labels(words), strict=True)
        if not only or value in only
    )


def lazy_labels(words: type[TextChoices]) -> list[Any]:
    """Return the labels of a list of words, to be read in the language of whoever reads."""
    return [each._label_ for each in words]  # `label` is read in the language of now


def in_every_language(words: str | _StrPromise) -> dict[str, str]:
    """Return words in every language: code to words."""
    said = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            said[code] = str(words)
    return said


def told_of_group(group: Group) -> dict[str, Any]:
    """Return a group as JSON."""
    told: dict[str, Any] = {"name": group.name, "label": in_every_language(group.label)}
    if group.repeat:
        told |= {"repeat": True, "most": group.most}
    if group.relevant:
        told["relevant"] = told_of_when(group.relevant)
    return told | {"questions": [told_of_question(each) for each in group.questions]}


def told_of_question(question: Question) -> dict[str, Any]:
    """Return a question as JSON; what does not hold of it is left out."""
    told: dict[str, Any] = {
        "name": question.name,
        "type": str(question.type),
        "label": in_every_language(question.label),
    }
    if question.hint:
        told["hint"] = in_every_language(question.hint)
    told |= {key: True for key in ("required", "unknown") if getattr(question, key)}
    for key in ("choices", "givers", "languages"):
        if listed := getattr(question, key):
            told[key] = [
                {"name": one.name, "label": in_every_language(one.label)} for one in listed
            ]
    if question.relevant:
        told["relevant"] = told_of_when(question.relevant)
    if question.property:
        told["property"] = question.property
    if question.purpose:
        told["purpose"] = question.purpose
    return told


def told_of_when(when: When) -> dict[str, str]:
    """Return a condition as JSON."""
    return {"question": when.question, "equals": when.equals}
