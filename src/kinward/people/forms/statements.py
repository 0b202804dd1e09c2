"""What is said about a person, as it is typed: one small form a fact, put together in sections.

Every question can be answered with a value, or with one of the three ways of not knowing. A row
left as it came says "not asked"; further rows of the same question that are left empty say nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import ADD_ANOTHER, Form, Guard, choose
from kinward.people.actions import FAULTS
from kinward.people.forms.answers import (
    AnswerForm,
    BirthForm,
    NameForm,
    PlaceForm,
    SexForm,
    TextForm,
    WhenForm,
)
from kinward.people.forms.relatives import KinForm
from kinward.people.forms.stays import StayForm
from kinward.people.models import Certainty, Method, SaidBy
from kinward.people.naming import days_of
from kinward.people.properties import PROPERTIES, Property, Shape
from kinward.people.rules import Fault, Statement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict
    from django.utils.functional import _StrPromise

MOST_ROWS: Final = 12


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


class TakingBack(Form):
    """Why a statement stands no more."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    reason = forms.CharField(
        label=_("Why is this statement withdrawn?"),
        help_text=_("For example: it is about another child. What was said stays on record."),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )


class Settling(Form):
    """What is to stay where two people corrected one statement."""

    stays = forms.ChoiceField(label=_("What is to stay?"), choices=Stays, widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, may_correct: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not may_correct:  # nobody corrects what they may not read
            choose(self, "stays", [(one.value, one.label) for one in (Stays.THEIRS, Stays.BOTH)])


FORMS: Final[Mapping[Shape, type[AnswerForm]]] = {
    Shape.NAME: NameForm,
    Shape.SEX: SexForm,
    Shape.BIRTH: BirthForm,
    Shape.PLACE: PlaceForm,
    Shape.KIN: KinForm,
    Shape.STAY: StayForm,
    Shape.WHEN: WhenForm,
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
# Not asked where a child is registered on one page: each is added by itself, on the record.
ADDED_ONE_BY_ONE: Final = (
    "relative",
    "separated",
    "separated_at",
    "stay",
    "custodian",
    "nationality",
    "destination",
    "handed_over_by",
    "came_with",
    "accent",
    "clothes",
    "belongings",
    "habits",
    "games",
)


class Question:
    """One property with as many rows as are asked for; at least one."""

    def __init__(
        self,
        kind: Property,
        data: QueryDict | None,
        prefix: str,
        initial: Mapping[str, Any] | None = None,
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
                initial=initial,
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
    """All questions about one person, in sections; `prefix` keeps several persons apart.

    `initial` is the value the first page starts with, where it holds a single question.
    """

    def __init__(
        self,
        sections: Sequence[Section],
        data: QueryDict | None,
        *,
        prefix: str = "",
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.sections = [
            AskedSection(
                id=f"{prefix}{section.id}",
                title=section.title,
                questions=[
                    Question(PROPERTIES[each], data, prefix, initial) for each in section.properties
                ],
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
