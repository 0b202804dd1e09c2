"""A programme's XLSForm beside ours: which of its words our form can bear, and what it cannot.

Questions are told by their names. Where a question is of our kind, its words, hints, choices left
out and whether it must be answered become a wording of our form. Whatever else the programme asks
or says is listed, line by line: its own file keeps it.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from kinward.field.xlsforms.lines import (
    BEGIN,
    END,
    GIVER,
    LANGUAGE,
    OF_A_GROUP,
    REPEAT,
    WHY,
    Line,
    Told,
    lines_of,
    lines_of_question,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.utils.functional import _StrPromise

    from kinward.field.xlsforms.reading import Drawn

EQUALS: Final = re.compile(r"\$\{\s*([\w.-]+)\s*\}\s*=\s*['\"]([^'\"]*)['\"]")
# What ODK notes of the filling itself: no answer of anybody.
FILLING: Final = ("start", "end", "today", "deviceid", "phonenumber", "username", "email", "audit")
ABOUT_THE_FILLING: Final = frozenset({*FILLING, "calculate", "start-geopoint"})


class Differs(StrEnum):
    """How a form of a programme differs from ours, and whether it can be taken over."""

    WORDS = "words"
    REQUIRED = "required"
    CONDITION = "condition"
    LEFT_OUT = "left_out"
    CHOICE_LEFT_OUT = "choice_left_out"
    # What cannot be taken over.
    ADDED = "added"
    CHOICE_ADDED = "choice_added"
    KIND = "kind"
    NEEDED = "needed"
    ORDER = "order"
    OTHER = "other"


UNMAPPED: Final = frozenset(list(Differs)[list(Differs).index(Differs.ADDED) :])
IN_WORDS: Final[Mapping[Differs, str | _StrPromise]] = {
    Differs.WORDS: _("other words"),
    Differs.REQUIRED: _("must be answered, or not"),
    Differs.CONDITION: _("asked under another condition"),
    Differs.LEFT_OUT: _("left out"),
    Differs.CHOICE_LEFT_OUT: _("a choice left out"),
    Differs.ADDED: _("a question that Kinward does not ask"),
    Differs.CHOICE_ADDED: _("a choice that Kinward does not know"),
    Differs.KIND: _("another kind of question than ours"),
    Differs.NEEDED: _("left out, but Kinward needs it: it stays"),
    Differs.ORDER: _("another order; ours stays"),
    Differs.OTHER: _("has no place here"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference: at which row of the programme's sheet (0: none), in which question."""

    how: Differs
    row: int = 0
    name: str = ""
    ours: str = ""
    theirs: str = ""

    @property
    def is_mapped(self) -> bool:
        """Whether the wording takes it over."""
        return self.how not in UNMAPPED


@dataclass(slots=True, kw_only=True)
class Mapped:
    """Our form in a programme's words, as `Form.told` gives forms, and how the two differ."""

    told: Told
    differences: list[Difference] = field(default_factory=list)

    def note(self, how: Differs, at: tuple[int, Line] | None = None, **said: Any) -> None:
        """Note a difference at a line of the programme's."""
        row, name = (at[0], at[1].name) if at else (0, "")
        self.differences.append(Difference(how=how, row=row, **{"name": name, **said}))


Place = tuple[str, str]  # the group that repeats, "" outside of one; the name of a line


def placed(lines: list[tuple[int, Line]]) -> Iterator[tuple[Place, tuple[int, Line]]]:
    """Yield each line with the group that repeats around it."""
    around: list[str] = []
    for number, line in lines:
        if line.type.startswith(END):
            around = around[:-1]
            continue
        yield (next(filter(None, reversed(around)), ""), line.name), (number, line)
        if line.type.startswith(BEGIN):
            around.append(line.name if line.type == BEGIN + REPEAT else "")


def mapped(theirs: Drawn, ours: Told) -> Mapped:
    """Return our form in the words of a programme's, and every difference."""
    found = Mapped(told=deepcopy(ours))
    there = dict(placed(theirs.lines))
    if any(theirs.title.values()):
        take_words(found, found.told["title"], theirs.title, (0, Line(type="", name="form_title")))
    for group in found.told["groups"]:
        take_group(found, group, there)
    found.told["groups"] = [group for group in found.told["groups"] if group["questions"]]
    here = set(dict(placed(list(enumerate(lines_of(ours))))))
    for place, line in there.items():
        if place not in here and line[1].type not in ABOUT_THE_FILLING:
            found.note(Differs.ADDED, line, theirs=any_of(line[1].label))
    in_order(found, theirs, ours)
    for _sheet, row, column, said in theirs.more:
        found.note(Differs.OTHER, None, row=row, name=column, theirs=said)
    return found


def take_group(found: Mapped, group: Told, there: Mapping[Place, tuple[int, Line]]) -> None:
    """Take over what the programme says of a group, and which of its questions it asks."""
    repeats = bool(group.get("repeat"))
    name = group["name"] if repeats else group["name"] + OF_A_GROUP
    if (line := there.get(("", name))) is not None:
        take_words(found, group["label"], line[1].label, line)
        take_condition(found, group, line)
    around = group["name"] if repeats else ""
    group["questions"] = [
        question for question in group["questions"] if is_kept(found, question, there, around)
    ]


def place_of(around: str, question: Told, line: Line) -> Place:
    """Return where a line of a question stands: the taps of a count are a group that repeats."""
    inside = question["type"] == "count" and line.name != question["name"]
    return (question["name"] if inside else around, line.name)


def any_of(words: Mapping[str, str]) -> str:
    """Return words in whichever language there are some."""
    return next(iter(words.values()), "")


def is_kept(
    found: Mapped, question: Told, there: Mapping[Place, tuple[int, Line]], around: str
) -> bool:
    """Take over what the programme says of a question; tell whether the form still asks it."""
    lines = list(lines_of_question(question))
    first = there.get(place_of(around, question, lines[0]))
    if first is None:
        needed = bool(question.get("required"))
        how = Differs.NEEDED if needed else Differs.LEFT_OUT
        found.note(how, None, name=question["name"], ours=any_of(question["label"]))
        return needed
    if first[1].type != lines[0].type:
        found.note(Differs.KIND, first, ours=lines[0].type, theirs=first[1].type)
        return True
    take_words(found, question["label"], first[1].label, first)
    take_hint(found, question, first)
    take_required(found, question, lines[0], first)
    take_condition(found, question, first)
    for line in lines:
        take_line(found, question, line, there.get(place_of(around, question, line)))
    return True


def take_hint(found: Mapped, question: Told, at: tuple[int, Line]) -> None:
    """Take over a hint; one that is left out leaves ours."""
    hint = question.get("hint", {})
    take_words(found, hint, at[1].hint, at)
    if hint:
        question["hint"] = hint


def take_line(found: Mapped, question: Told, line: Line, at: tuple[int, Line] | None) -> None:
    """Take over the choices of one of the lines of a question, or that it is left out."""
    if at is not None and (key := choices_at(question, line)):
        take_choices(found, question, key, at)
    if at is None and line.name == question["name"] + WHY:
        found.note(Differs.LEFT_OUT, None, name=line.name, ours=any_of(line.label))
        question.pop("unknown", None)


def take_words(
    found: Mapped, ours: dict[str, str], theirs: Mapping[str, str], at: tuple[int, Line]
) -> None:
    """Take over words, language by language; where there are none, ours stay."""
    for code, said in theirs.items():
        if said != ours.get(code, ""):
            found.note(Differs.WORDS, at, ours=ours.get(code, ""), theirs=said)
            ours[code] = said


def take_required(found: Mapped, question: Told, ours: Line, at: tuple[int, Line]) -> None:
    """Take over that a question must be answered; where ours must be, it stays so."""
    if at[1].required == ours.required or question["type"] == "count":
        return
    if ours.required:
        found.note(Differs.NEEDED, at)
        return
    found.note(Differs.REQUIRED, at)
    question["required"] = True


def take_condition(found: Mapped, told: Told, at: tuple[int, Line]) -> None:
    """Take over the condition of a question or group, where it is one that ours know."""
    theirs, when = at[1].relevant.strip(), told.get("relevant")
    read = EQUALS.fullmatch(theirs)
    now = {"question": read[1], "equals": read[2]} if read else None
    if theirs and now is None:
        found.note(Differs.OTHER, at, theirs=theirs)
    elif now != when:
        found.note(Differs.CONDITION, at, ours=str(when or ""), theirs=theirs)
        told.pop("relevant", None)
        if now:
            told["relevant"] = now


def choices_at(question: Told, line: Line) -> str:
    """Return which choices of a question a line has: its own, or those of a consent."""
    if not line.choices or line.name == question["name"] + WHY:
        return ""
    if question["type"] != "consent":
        return "choices"
    rest = line.name.removeprefix(question["name"])
    return {GIVER: "givers", LANGUAGE: "languages"}.get(rest, "choices")


def take_choices(found: Mapped, question: Told, key: str, at: tuple[int, Line]) -> None:
    """Take over the words of choices and which are left out; list those that are not ours."""
    theirs = {one["name"]: one for one in at[1].choices}
    ours = {one["name"]: one for one in question[key]}
    for name in theirs.keys() - ours.keys():
        found.note(Differs.CHOICE_ADDED, at, theirs=f"{name}: {any_of(theirs[name]['label'])}")
    for name in ours.keys() - theirs.keys():
        found.note(Differs.CHOICE_LEFT_OUT, at, ours=f"{name}: {any_of(ours[name]['label'])}")
    kept = [one for name, one in ours.items() if name in theirs]
    for one in kept:
        take_words(found, one["label"], theirs[one["name"]]["label"], at)
    question[key] = kept or question[key]


def in_order(found: Mapped, theirs: Drawn, ours: Told) -> None:
    """Note where the programme asks in another order."""
    here = [line.name for line in lines_of(ours) if not line.type.startswith((BEGIN, END))]
    there = [line.name for _row, line in theirs.lines if not line.type.startswith((BEGIN, END))]
    common = [name for name in there if name in here]
    if common != [name for name in here if name in there]:
        found.note(Differs.ORDER, None, theirs=", ".join(common))
