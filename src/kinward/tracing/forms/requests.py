"""Taking a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import ADD_ANOTHER, Form, Guard, choose
from kinward.people.forms import (
    LANGUAGES,
    Circumstances,
    Description,
    RelativeAskedFirst,
    Section,
    sent,
)
from kinward.people.models import SaidBy
from kinward.tracing.actions import LACKS
from kinward.tracing.models import Relation, Through
from kinward.tracing.rules import lack_of_asking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.http import QueryDict

    from kinward.people.rules import Statement

MOST_SOUGHT: Final = 12
OF_AN_ENQUIRER: Final = (
    Section("enquirer", _("Who is asking"), ("name", "sex", "language", "contact")),
)
OF_A_SOUGHT_PERSON: Final = (
    Section(
        "person",
        _("Who is looked for"),
        (
            "name",
            "sex",
            "born",
            "father",
            "mother",
            "sibling",
            "place_of_birth",
            "last_residence",
            "separated",
            "separated_at",
        ),
    ),
)
TOLD_IN: Final = [*LANGUAGES, ("", _("another language"))]


class ToldForm(Form):
    """What the relative told, in their words, and where the request is worked on."""

    guarded: ClassVar[Mapping[str, Guard]] = {"told": Guard.TOLD, "through_whom": Guard.NAME}

    through = forms.ChoiceField(
        label=_("Who asks?"),
        help_text=_("Some relatives fear to be accused themselves. Nobody has to give a name."),
        choices=Through,
        initial=Through.SELF,
        widget=forms.RadioSelect,
    )
    through_whom = forms.CharField(
        label=_("Who asks for the relative, and how are they reached?"),
        help_text=_("Only if a lawyer or an organisation asks."),
        required=False,
        max_length=300,
    )
    told = forms.CharField(
        label=_("What does the relative tell?"),
        help_text=_("In their words and their language, before any question is asked."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 6}),
    )
    language = forms.ChoiceField(
        label=_("In which language?"), choices=TOLD_IN, required=False, initial="ru"
    )
    region = forms.ChoiceField(label=_("Which region works on it?"), required=False)

    def __init__(self, *arguments: Any, offices: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        choose(self, "region", [("", _("the region of my office")), *offices])

    def clean(self) -> dict[str, Any]:
        """Refuse who asks for the relative without a name, and a name where nobody does."""
        typed = self.cleaned_data
        if "through" in typed and "through_whom" in typed:
            wrong = lack_of_asking(typed["through"], typed["through_whom"])
            if wrong is not None:
                self.add_error("through_whom", LACKS[wrong])
        return typed


class RelationForm(Form):
    """What the sought person is to the enquirer."""

    relation = forms.ChoiceField(
        label=_("What is this person to whoever is asking?"), choices=Relation
    )


class SoughtQuestions:
    """All questions about one person who is looked for."""

    def __init__(self, index: int, data: QueryDict | None, *, grew: bool) -> None:
        self.number = index + 1
        self.grew = grew
        prefix = f"sought-{index}-"
        self.relation = RelationForm(sent(data, f"sought-{index}"), prefix=f"sought-{index}")
        self.said = Description(OF_A_SOUGHT_PERSON, data, prefix=prefix)

    @property
    def forms(self) -> list[Form]:
        """Every form about this person, in the order of the page."""
        return [self.relation, *self.said.forms]


class RequestQuestions:
    """The whole page of a new tracing request."""

    def __init__(self, data: QueryDict | None, *, offices: Sequence[tuple[str, str]]) -> None:
        self.consent = RelativeAskedFirst(data, prefix="consent")
        self.told = ToldForm(data, offices=offices)
        self.circumstances = Circumstances(data, initial={"said_by": SaidBy.RELATIVE})
        self.enquirer = Description(OF_AN_ENQUIRER, data, prefix="enquirer-")
        grew = data is not None and data.get(ADD_ANOTHER) == "sought"
        count = sought_count(data) + grew
        self.sought = [
            SoughtQuestions(index, data, grew=grew and index == count - 1)
            for index in range(min(count, MOST_SOUGHT))
        ]
        self.can_grow = count < MOST_SOUGHT

    @property
    def forms(self) -> list[Form]:
        """Every form, in the order of the page."""
        about_the_sought = [form for each in self.sought for form in each.forms]
        return [
            self.consent,
            self.told,
            *self.enquirer.forms,
            *about_the_sought,
            self.circumstances,
        ]

    def typed(self) -> dict[str, Any]:
        """Return what `actions.take_request` asks for. Only once all forms are valid."""
        circumstances = self.circumstances.cleaned_data
        return {
            **self.told.cleaned_data,
            "consents": [self.consent.answer()],
            "enquirer": self.enquirer.statements(circumstances),
            "sought": list(self.sought_people(circumstances)),
        }

    def sought_people(
        self, circumstances: Mapping[str, Any]
    ) -> Iterator[tuple[Relation, list[Statement]]]:
        """Everyone looked for, with what is said about them."""
        for each in self.sought:
            relation = Relation(each.relation.cleaned_data["relation"])
            yield relation, each.said.statements(circumstances)


def sought_count(data: QueryDict | None) -> int:
    """How many people the page that was sent looks for; one at least."""
    people = (sent(data, f"sought-{index}") is not None for index in range(MOST_SOUGHT))
    return max(sum(people), 1)
