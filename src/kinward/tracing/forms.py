"""Taking a request, searching, giving an opinion, taking a judgement back."""

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
from kinward.people.models import SaidBy, SearchPurpose
from kinward.tracing.actions import LACKS
from kinward.tracing.models import Done, Ground, Opinion, Outcome, Plan, Relation, Step, Through
from kinward.tracing.rules import End, Lack, Tried, lack, lack_of_asking, lack_of_end

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from django.http import QueryDict

    from kinward.people.rules import Statement

MOST_SOUGHT: Final = 12
OF_AN_ENQUIRER: Final = (Section("enquirer", _("Who is asking"), ("name", "language", "contact")),)
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


class KeyedRadios(forms.RadioSelect):
    """Radios that the keys of the review page choose: S, D and U."""

    keys: Mapping[str, str] = {
        Opinion.SAME: "s",
        Opinion.NOT_SAME: "d",
        Opinion.CANNOT_TELL: "u",
    }

    def create_option(self, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Return an option that says which key chooses it."""
        option: dict[str, Any] = super().create_option(*arguments, **options)
        option["attrs"]["data-key"] = self.keys[option["value"]]
        return option


class OpinionForm(Form):
    """One reviewer's opinion, with a reason in their own words."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    opinion = forms.ChoiceField(
        label=_("Is this child the person who is looked for?"),
        choices=Opinion,
        widget=KeyedRadios,
    )
    reason = forms.CharField(
        label=_("Why do you think so?"),
        help_text=_("In your own words. Others read it after they have given their own opinion."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )


class UndoForm(Form):
    """Why a judgement is taken back."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    reason = forms.CharField(
        label=_("Why is this taken back?"),
        help_text=_("The judgement and this reason both stay on record."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )


class RevealForm(Form):
    """What is revealed of a confirmed match, and what for."""

    step = forms.ChoiceField(
        label=_("What do you need next?"), choices=Step, widget=forms.RadioSelect
    )
    purpose = forms.ChoiceField(
        label=_("What do you need it for?"),
        help_text=_("It is written down each time, and shown on the record."),
        choices=[
            (each.value, each.label)
            for each in (SearchPurpose.VERIFICATION, SearchPurpose.PROTECTION)
        ],
        widget=forms.RadioSelect,
    )


class Day(forms.DateField):
    """A day, chosen or typed as 2018-12-30."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **options)


class TracingForm(Form):
    """Something done to find somebody, or what came of it since."""

    guarded: ClassVar[Mapping[str, Guard]] = {"words": Guard.OWN}
    fields_of: ClassVar[Mapping[Lack, str]] = {
        Lack.FUTURE: "done_on",
        Lack.NEXT: "next_on",
        Lack.NEXT_BEFORE: "next_on",
    }

    done = forms.ChoiceField(label=_("What was done?"), choices=Done)
    done_on = Day(label=_("On which day?"))
    words = forms.CharField(
        label=_("Who was asked, and what came of it?"),
        help_text=_("Do not write here where somebody is now, nor how relatives are reached."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )
    outcome = forms.ChoiceField(
        label=_("What is the result?"), choices=Outcome, widget=forms.RadioSelect
    )
    next_on = Day(label=_("When does somebody look after it again?"), required=False)

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        self.today = today
        super().__init__(*arguments, **options)

    def clean(self) -> dict[str, Any]:
        """Refuse a day to come, and an answer waited for that nobody looks after."""
        if not self.errors and (wrong := lack(self.tried(), today=self.today)):
            self.add_error(self.fields_of[wrong], LACKS[wrong])
        return self.cleaned_data

    def tried(self) -> Tried:
        """Return what was tried. Only once every field could be read."""
        return Tried(**self.cleaned_data)


class EndForm(Form):
    """Why a search ends, and for a child whose family was not found, what is planned."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}
    fields_of: ClassVar[Mapping[Lack, str]] = {
        Lack.REASON: "reason",
        Lack.PLAN: "plan",
        Lack.NO_PLAN: "plan",
        Lack.REVIEW: "review_on",
        Lack.REVIEW_PAST: "review_on",
    }

    ground = forms.ChoiceField(
        label=_("Why does the search end?"), choices=Ground, widget=forms.RadioSelect
    )
    plan = forms.ChoiceField(
        label=_("What care is planned for the child?"),
        help_text=_("Only if everything was tried."),
        choices=[("", _("not applicable")), *Plan.choices],
        required=False,
    )
    reason = forms.CharField(
        label=_("What was tried, and why is it enough?"),
        help_text=_("In your own words. It stays on record."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )
    review_on = Day(label=_("When does somebody look at it again?"), required=False)

    def __init__(self, *arguments: Any, of_child: bool, today: date, **options: Any) -> None:
        self.of_child, self.today = of_child, today
        super().__init__(*arguments, **options)
        if not of_child:
            del self.fields["plan"]

    def clean(self) -> dict[str, Any]:
        """Refuse an end that lacks something."""
        if not self.errors:
            wrong = lack_of_end(self.end(), of_child=self.of_child, today=self.today)
            if wrong is not None:
                self.add_error(self.fields_of[wrong], LACKS[wrong])
        return self.cleaned_data

    def end(self) -> End:
        """Return the end. Only once every field could be read."""
        return End(**self.cleaned_data)


class SearchAgainForm(Form):
    """Why a search begins again."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    reason = forms.CharField(
        label=_("Why does it begin again?"),
        help_text=_("In your own words. It stays on record."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )
