"""What is said about a person, as it is typed: one small form a fact, put together in sections.

Every question can be answered with a value, or with one of the three ways of not knowing. A row
left as it came says "not asked"; further rows of the same question that are left empty say nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import ADD_ANOTHER, Form, Guard, choose
from kinward.people.actions import FAULTS
from kinward.people.models import Answer, Certainty, Method, SaidBy
from kinward.people.naming import days_of, script_of
from kinward.people.properties import PROPERTIES, Property, Shape
from kinward.people.rules import Fault, Statement, fault
from kinward.places.queries import Finds, finds, is_place, names_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.http import QueryDict
    from django.utils.functional import _StrPromise

MOST_ROWS: Final = 12
NO_VALUE: Final = [
    (each.value, each.label) for each in (Answer.NOT_ASKED, Answer.UNKNOWN, Answer.REFUSED)
]
ROLES: Final = [
    ("", _("not known")),
    ("birth", _("given at birth")),
    ("later", _("given after the separation")),
    ("kunya", _("kunya")),
    ("nickname", _("nickname")),
    ("document", _("as in a document")),
]
SEXES: Final = [("female", _("girl or woman")), ("male", _("boy or man"))]


class Circumstances(Form):
    """Who says all this, how, when, how surely. Holds for every statement of the page."""

    said_by = forms.ChoiceField(label=_("Who says so?"), choices=SaidBy)
    method = forms.ChoiceField(label=_("How was it learnt?"), choices=Method)
    certainty = forms.ChoiceField(
        label=_("How sure is it?"), choices=Certainty, initial=Certainty.PROBABLE
    )
    as_of = forms.CharField(
        label=_("When was it said?"),
        help_text=_("A day, a month or a year: 2018-12-30, 2018-12 or 2018."),
        required=False,
        max_length=40,
    )
    source = forms.CharField(
        label=_("Where is it written down?"),
        help_text=_("A form, a list, a document and its page. Leave empty if it was only spoken."),
        required=False,
        max_length=200,
    )

    guarded: ClassVar[Mapping[str, Guard]] = {"source": Guard.TOLD}

    def clean_as_of(self) -> str:
        """Refuse a date that cannot be read."""
        as_of: str = self.cleaned_data["as_of"].strip()
        if as_of and days_of(as_of) is None:
            raise forms.ValidationError(FAULTS[Fault.AS_OF])
        return as_of


class Stays(models.TextChoices):
    """What becomes of two corrections of one statement."""

    THEIRS = "theirs", _("Keep what stands now; mine is not recorded")
    BOTH = "both", _("Keep both: record mine beside it, as another statement")
    MINE = "mine", _("Correct what stands now with mine")


class Settling(Form):
    """What is to stay where two people corrected one statement."""

    stays = forms.ChoiceField(label=_("What is to stay?"), choices=Stays, widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, may_correct: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not may_correct:  # nobody corrects what they may not read
            choose(self, "stays", [(one.value, one.label) for one in (Stays.THEIRS, Stays.BOTH)])


class AnswerForm(Form):
    """One answer to one question. Subclasses say how a value looks."""

    answer = forms.ChoiceField(
        label=_("If there is no answer"), choices=NO_VALUE, initial=Answer.NOT_ASKED
    )

    def __init__(self, *arguments: Any, kind: Property, first: bool = True, **options: Any) -> None:
        self.kind = kind
        self.first = first
        super().__init__(*arguments, **options)
        if not first:
            del self.fields["answer"]
        self.ask(kind.label)

    def ask(self, question: str | _StrPromise) -> None:
        """Put the question on the field that takes the value."""
        self.fields["text"].label = question

    def value(self) -> dict[str, Any]:
        """Return what was typed as the value of a statement; empty if nothing was."""
        return {key: typed for key, typed in self.cleaned_data.items() if typed and key != "answer"}

    def clean(self) -> dict[str, Any]:
        """Refuse a value that cannot be read, and a value beside "refused" or "unknown"."""
        value = self.value()
        no_value = self.cleaned_data.get("answer", Answer.NOT_ASKED)
        if value and no_value != Answer.NOT_ASKED:
            self.add_error(
                "answer", _("There is an answer as well: remove it, or choose “not asked”.")
            )
        wrong = fault(Statement(property=self.kind.id, value=value)) if value else None
        if wrong:
            self.add_error(self.main_field, FAULTS[wrong])
        return self.cleaned_data

    @property
    def main_field(self) -> str:
        """The field that takes the value."""
        return next(name for name in self.fields if name != "answer")

    def statement(self, circumstances: Mapping[str, Any]) -> Statement | None:
        """Return what is said, or None for a further row that was left empty."""
        value = self.value()
        if not value and not self.first:
            return None
        answer = Answer.KNOWN if value else Answer(self.cleaned_data["answer"])
        return Statement(property=self.kind.id, value=value, answer=answer, **circumstances)


class NameForm(AnswerForm):
    """A name, in whatever script."""

    guarded: ClassVar[Mapping[str, Guard]] = {"text": Guard.NAME}
    field_order = ("text", "role", "answer")

    text = forms.CharField(required=False, max_length=500)
    role = forms.ChoiceField(label=_("What kind of name?"), choices=ROLES, required=False)

    def ask(self, question: str | _StrPromise) -> None:
        """Put the question on the name; only a person's own names are of several kinds."""
        super().ask(question)
        self.fields["text"].widget.attrs["autocomplete"] = "off"
        if self.kind.id != "name":
            del self.fields["role"]

    def value(self) -> dict[str, Any]:
        """Return the name as written, with its script."""
        written = self.cleaned_data.get("text", "")
        return (super().value() | {"script": script_of(written)}) if written else {}


class SexForm(AnswerForm):
    """Female or male; what is not known is an answer of its own."""

    field_order = ("code", "answer")

    code = forms.ChoiceField(
        choices=SEXES, required=False, widget=forms.RadioSelect({"class": "kw-inline"})
    )

    def ask(self, question: str | _StrPromise) -> None:
        """Put the question on the choice."""
        self.fields["code"].label = question


class BirthForm(AnswerForm):
    """A date as far as it is known, or an age and the day it was counted."""

    field_order = ("edtf", "about", "age", "as_of", "answer")

    edtf = forms.CharField(
        help_text=_("As much as is known: 2012, 2012-05 or 2012-05-30."),
        required=False,
        max_length=40,
    )
    about = forms.BooleanField(label=_("This date is a guess"), required=False)
    age = forms.IntegerField(
        label=_("Or the age, in whole years"), required=False, min_value=0, max_value=120
    )
    as_of = forms.DateField(
        label=_("Age on which day?"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def ask(self, question: str | _StrPromise) -> None:
        """Put the question on the date."""
        self.fields["edtf"].label = question

    def clean(self) -> dict[str, Any]:
        """Refuse a date and an age at once, and what belongs to one that was not given."""
        typed = self.cleaned_data
        dated, aged = bool(typed.get("edtf", "").strip()), typed.get("age") is not None
        if dated and (aged or typed.get("as_of")):
            self.add_error("age", _("Give the date or the age, not both."))
        elif typed.get("as_of") and not aged and "age" not in self.errors:
            self.add_error("age", _("Give the age on that day."))
        if typed.get("about") and not dated and "edtf" not in self.errors:
            self.add_error("edtf", _("Give the date that is a guess."))
        return super().clean()

    def value(self) -> dict[str, Any]:
        """Return the date with its mark of doubt, or the age with its day."""
        typed = self.cleaned_data
        written = typed.get("edtf", "").strip()
        if written:
            doubt = "~" if typed.get("about") and written[-1] not in "~?%]" else ""
            return {"edtf": written + doubt}
        counted_on: date | None = typed.get("as_of")
        if typed.get("age") is None:
            return {}
        return {"age": typed["age"], "as_of": counted_on.isoformat() if counted_on else ""}


class PlaceForm(AnswerForm):
    """A place as it was said, and which place of the gazetteer is meant, if it is there."""

    guarded: ClassVar[Mapping[str, Guard]] = {"text": Guard.TOLD}
    field_order = ("text", "answer", "code")

    text = forms.CharField(required=False, max_length=500)
    code = forms.CharField(required=False, max_length=60)

    def ask(self, question: str | _StrPromise) -> None:
        """Put the question on what is said."""
        super().ask(question)
        self.fields["text"].widget.attrs["autocomplete"] = "off"

    def clean_code(self) -> str:
        """Refuse a place that the gazetteer does not have."""
        code: str = self.cleaned_data["code"]
        if code and not is_place(code):
            raise forms.ValidationError(_("Choose one of the places in the list."))
        return code

    def value(self) -> dict[str, Any]:
        """Return the place; one that was only chosen is called as the list calls it."""
        value = super().value()
        code = value.get("code", "")
        if code and not value.get("text"):
            value["text"] = names_of([code], get_language() or "en")[code]
        return value

    @property
    def finds(self) -> Finds:
        """The places to choose from, for what was typed so far."""
        typed, chosen = self["text"].value() or "", self["code"].value() or ""
        return finds(self.prefix or "", typed, chosen, get_language() or "en")


class TextForm(AnswerForm):
    """A few words."""

    guarded: ClassVar[Mapping[str, Guard]] = {"text": Guard.TOLD}
    field_order = ("text", "answer")

    text = forms.CharField(required=False, max_length=2_000, widget=forms.Textarea({"rows": 2}))


FORMS: Final[Mapping[Shape, type[AnswerForm]]] = {
    Shape.NAME: NameForm,
    Shape.SEX: SexForm,
    Shape.BIRTH: BirthForm,
    Shape.PLACE: PlaceForm,
    Shape.TEXT: TextForm,
}


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together, under one heading of the page."""

    id: str
    title: str | _StrPromise
    properties: tuple[str, ...]


OF_A_CHILD: Final = (
    Section("child", _("The child"), ("name", "sex", "born", "language")),
    Section("family", _("The family"), ("father", "mother", "sibling")),
    Section(
        "places",
        _("Places"),
        ("place_of_birth", "last_residence", "relatives_region", "found_at"),
    ),
    Section("evidence", _("What only the family may know"), ("mark", "songs_and_words")),
)


class Question:
    """One property with as many rows as are asked for; at least one."""

    def __init__(
        self,
        kind: Property,
        data: QueryDict | None,
        prefix: str,
    ) -> None:
        self.kind = kind
        self.prefix = f"{prefix}{kind.id}"
        self.grew = data is not None and data.get(ADD_ANOTHER) == self.prefix
        count = row_count(data, self.prefix) + self.grew
        self.rows = [
            FORMS[kind.shape](
                sent(data, f"{self.prefix}-{index}"),
                prefix=f"{self.prefix}-{index}",
                kind=kind,
                first=index == 0,
            )
            for index in range(min(count, MOST_ROWS))
        ]
        self.can_grow = kind.several and count < MOST_ROWS


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSection:
    """A section of one page, with its questions as they were sent."""

    id: str
    title: str | _StrPromise
    questions: list[Question]


class Description:
    """All questions about one person, in sections; `prefix` keeps several persons apart."""

    def __init__(
        self,
        sections: Sequence[Section],
        data: QueryDict | None,
        *,
        prefix: str = "",
    ) -> None:
        self.sections = [
            AskedSection(
                id=f"{prefix}{section.id}",
                title=section.title,
                questions=[Question(PROPERTIES[each], data, prefix) for each in section.properties],
            )
            for section in sections
        ]

    @property
    def forms(self) -> list[AnswerForm]:
        """Every row of every question, in the order of the page."""
        questions = (each for section in self.sections for each in section.questions)
        return [row for question in questions for row in question.rows]

    def statements(self, circumstances: Mapping[str, Any]) -> list[Statement]:
        """Return everything that was said. Only once all forms are valid."""
        said = (form.statement(circumstances) for form in self.forms)
        return [statement for statement in said if statement is not None]


def row_count(data: QueryDict | None, prefix: str) -> int:
    """How many rows of a question were sent; one at least."""
    rows = (sent(data, f"{prefix}-{index}") is not None for index in range(MOST_ROWS))
    return max(sum(rows), 1)


def sent(data: QueryDict | None, prefix: str) -> QueryDict | None:
    """Return the data if it holds anything for that prefix.

    A row that was just added must come with its own first values: as part of what was sent it
    would choose the first of each list, and so say what nobody said.
    """
    if data is None or not any(key.startswith(f"{prefix}-") for key in data):
        return None
    return data
