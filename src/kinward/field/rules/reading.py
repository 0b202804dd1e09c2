"""What the answers of an entry say, held against the form that asked for them.

Nothing is asked of the database. What cannot be read is named by its question; in a group that
repeats as "rows.2.age", counted from 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from kinward.field.definitions import FORMS, Type
from kinward.people.consents import ConsentPurpose, Giver, State
from kinward.people.models import Answer, Certainty, Method, SaidBy
from kinward.people.naming import days_of, script_of
from kinward.people.properties import PROPERTIES, Shape
from kinward.people.rules import ConsentAnswer, Fault, Statement, fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kinward.field.definitions import Form, Group, Question

LONGEST: Final = 20_000  # characters of one answer
WAYS_OF_NOT_KNOWING: Final = {
    "unknown": Answer.UNKNOWN,
    "refused": Answer.REFUSED,
    "not_asked": Answer.NOT_ASKED,
}


class Wrong(StrEnum):
    """What can be wrong with an answer, beside the faults of a statement."""

    NO_FORM = "no_form"  # there is no such form
    NO_QUESTION = "no_question"  # the form does not ask that
    LACKING = "lacking"  # it has to be answered
    CHOICE = "choice"  # it is none of the choices
    UNREADABLE = "unreadable"  # it is not written as such answers are
    TOO_MANY = "too_many"  # rows of a group
    CONSENT = "consent"  # it has no such answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the questions of one group, or all that do not repeat, were answered with."""

    values: Mapping[str, Any] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()


@dataclass(slots=True, kw_only=True)
class Read:
    """An entry as it was read, with all that is wrong."""

    form: Form
    plain: Row = field(default_factory=Row)
    rows: dict[str, list[Row]] = field(default_factory=dict)  # by the name of the group
    consents: list[ConsentAnswer] = field(default_factory=list)
    wrong: dict[str, Wrong | Fault] = field(default_factory=dict)  # by question

    def said(self) -> list[Statement]:
        """Everything that is said about the one person of the form."""
        several = [one for rows in self.rows.values() for row in rows for one in row.statements]
        return [*self.plain.statements, *several]


def read(kind: str, told: Any, *, version: str) -> Read:
    """Read what an entry holds: {"answers", "consents"}; `version` is that of its form."""
    form = FORMS[kind]
    found = Read(form=form)
    answers = told.get("answers") if isinstance(told, dict) else None
    if not isinstance(answers, dict):
        found.wrong["answers"] = Wrong.UNREADABLE
        return found
    several = {group.name: group for group in form.groups if group.repeat}
    plain = [each for group in form.groups if not group.repeat for each in group.questions]
    known = {each.name for each in plain} | set(several)
    found.wrong |= dict.fromkeys(map(str, set(answers) - known), Wrong.NO_QUESTION)
    how = circumstances(answers)
    found.plain = read_row(plain, answers, how, found.wrong, at="")
    for name, group in several.items():
        found.rows[name] = read_rows(group, answers.get(name, []), how, found.wrong)
    found.consents = read_consents(form, told.get("consents", []), version, found.wrong)
    return found


def circumstances(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return who says all this and how; what is not one of the words is refused with its row."""
    words: dict[str, Any] = {"said_by": SaidBy, "method": Method, "certainty": Certainty}
    told = {
        name: these(answers[name])
        for name, these in words.items()
        if answers.get(name) in these.values
    }
    texts = {name: answers.get(name) for name in ("as_of", "source")}
    return told | {name: said.strip() for name, said in texts.items() if isinstance(said, str)}


def read_rows(
    group: Group, rows: Any, how: Mapping[str, Any], wrong: dict[str, Wrong | Fault]
) -> list[Row]:
    """Read a group that repeats."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        wrong[group.name] = Wrong.UNREADABLE
        return []
    if len(rows) > group.most:
        wrong[group.name] = Wrong.TOO_MANY
        return []
    known = {each.name for each in group.questions}
    read = []
    for number, row in enumerate(rows, start=1):
        at = f"{group.name}.{number}."
        wrong |= {f"{at}{name}": Wrong.NO_QUESTION for name in set(row) - known}
        read.append(read_row(group.questions, row, how, wrong, at=at))
    return read


def read_row(
    questions: Sequence[Question],
    answers: Mapping[str, Any],
    how: Mapping[str, Any],
    wrong: dict[str, Wrong | Fault],
    *,
    at: str,
) -> Row:
    """Read the answers to some questions; statements of one kind of fact are put together."""
    values: dict[str, Any] = {}
    made: dict[str, Statement] = {}
    for each in questions:
        given = answers.get(each.name)
        if given in (None, "", [], {}):
            if is_needed(each, answers):
                wrong[f"{at}{each.name}"] = Wrong.LACKING
            continue
        if (bad := unfit(each, given)) is not None:
            wrong[f"{at}{each.name}"] = bad
            continue
        values[each.name] = given
        if each.property:
            one = statement_of(each, given, how)
            made[each.name] = joined(made, one) if each.part == "edtf" else one
    kept = together(made)
    for name, one in kept.items():
        if (faulty := fault(one)) is not None:
            wrong[f"{at}{name}"] = faulty
    return Row(values=values, statements=tuple(kept.values()))


def together(made: Mapping[str, Statement]) -> dict[str, Statement]:
    """Return statements without those that another took up: of what happened, and when."""
    dated = {one.property for name, one in made.items() if name.endswith("_on")}
    whens = {each for each in dated if PROPERTIES[each].shape == Shape.WHEN}
    return {name: one for name, one in made.items() if name not in whens}


def joined(made: Mapping[str, Statement], when: Statement) -> Statement:
    """Return what happened in words, with its date."""
    told = made.get(when.property)
    words = dict(told.value) if told else {}
    return replace(when, value=words | {"edtf": when.value["edtf"]})


def is_needed(question: Question, answers: Mapping[str, Any]) -> bool:
    """Tell whether a question has to be answered; consents are among the consents."""
    if not question.required or question.type in {Type.CONSENT, Type.NOTE}:
        return False
    when = question.relevant
    return when is None or answers.get(when.question) == when.equals


def unfit(question: Question, given: Any) -> Wrong | None:
    """Return what is wrong with how an answer is written, or None."""
    if isinstance(given, dict) and "answer" in given:
        fits = question.unknown and set(given) == {"answer"}
        return None if fits and given["answer"] in WAYS_OF_NOT_KNOWING else Wrong.UNREADABLE
    if question.type == Type.CHOICE:
        return None if given in [each.name for each in question.choices] else Wrong.CHOICE
    return None if READABLE[question.type](given) else Wrong.UNREADABLE


def is_text(given: Any) -> bool:
    """Tell whether it is text of a sensible length."""
    return isinstance(given, str) and len(given) <= LONGEST and "\0" not in given


def is_date(given: Any) -> bool:
    """Tell whether it is a date that can be read."""
    return is_text(given) and days_of(given.strip()) is not None


def is_place(given: Any) -> bool:
    """Tell whether it is a place: its text, or an object of it."""
    return is_text(given) or (
        isinstance(given, dict)
        and set(given) <= {"text", "code"}
        and all(map(is_text, given.values()))
    )


def is_age(given: Any) -> bool:
    """Tell whether it is an age and the day it was counted."""
    if not isinstance(given, dict) or not {"age"} <= set(given) <= {"age", "age_to", "as_of"}:
        return False
    ages = (given["age"], given.get("age_to", given["age"]))
    return all(type(each) is int for each in ages) and is_text(given.get("as_of", ""))


def is_count(given: Any) -> bool:
    """Tell whether it is the taps of a count."""
    return isinstance(given, list) and all(
        isinstance(tap, dict) and is_text(tap.get("child")) and is_text(tap.get("how"))
        for tap in given
    )


READABLE: Final[Mapping[Type, Callable[[Any], bool]]] = {
    Type.TEXT: is_text,
    Type.NAME: is_text,
    Type.DATE: is_date,
    Type.AGE: is_age,
    Type.PLACE: is_place,
    Type.PHOTO: is_text,
    Type.COUNT: is_count,
    Type.NOTE: lambda _given: False,
    Type.CONSENT: lambda _given: False,
}


def statement_of(question: Question, given: Any, how: Mapping[str, Any]) -> Statement:
    """Return the statement that an answer makes."""
    if isinstance(given, dict) and "answer" in given:
        answer = WAYS_OF_NOT_KNOWING[given["answer"]]
        return Statement(property=question.property, answer=answer, **how)
    return Statement(property=question.property, value=value_of(question, given), **how)


def value_of(question: Question, given: Any) -> dict[str, Any]:
    """Return an answer as a value of its kind of fact."""
    if isinstance(given, dict):
        return dict(given)
    text = given.strip()
    if question.type == Type.DATE:
        return {"edtf": text}
    if question.type == Type.CHOICE:
        return {"code": text}
    if question.type == Type.NAME:
        return {"text": text, "script": script_of(text)}
    return {"text": text}


def read_consents(
    form: Form, given: Any, version: str, wrong: dict[str, Wrong | Fault]
) -> list[ConsentAnswer]:
    """Read what was answered when consent was asked for; its form is this one, unless it says."""
    asked = {each.purpose: each for _group, each in form.questions() if each.type == Type.CONSENT}
    if not isinstance(given, list):
        wrong["consents"] = Wrong.UNREADABLE
        return []
    answers = []
    for number, one in enumerate(given, start=1):
        answer = consent_of(asked, one, version)
        if answer is None:
            wrong[f"consents.{number}"] = Wrong.CONSENT
        else:
            answers.append(answer)
    purposes = {each.purpose for each in answers}
    for purpose, question in asked.items():
        if question.required and purpose not in purposes:
            wrong.setdefault(question.name, Wrong.LACKING)
    return answers


def consent_of(asked: Mapping[str, Question], one: Any, version: str) -> ConsentAnswer | None:
    """Read one answer to a question for consent; None if it is none that the form takes."""
    if not isinstance(one, dict) or one.get("purpose") not in asked:
        return None
    question = asked[one["purpose"]]
    texts = {name: one.get(name, "") for name in ("form_version", "language", "named")}
    how = one.get("circumstances", {})
    if (
        one.get("state") not in [each.name for each in question.choices]
        or one.get("giver") not in [each.name for each in question.givers]
        or not all(map(is_text, texts.values()))
        or not (isinstance(how, dict) and all(map(is_text, how.values())))
    ):
        return None
    texts["form_version"] = texts["form_version"] or version
    return ConsentAnswer(
        purpose=ConsentPurpose(one["purpose"]),
        state=State(one["state"]),
        giver=Giver(one["giver"]),
        circumstances=how,
        **texts,
    )


def differing(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """Return the questions that two entries answer differently, in the order of their names."""
    return sorted(
        name for name in first.keys() | second.keys() if first.get(name) != second.get(name)
    )


__all__ = ["Fault", "Read", "Row", "Wrong", "differing", "read"]
