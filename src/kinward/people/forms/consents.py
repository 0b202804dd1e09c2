"""Asking for consent, before anything else is asked; and recording a change of mind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Day, Form, Guard, choose
from kinward.people.actions import GAPS, AskedAgain
from kinward.people.consents import ConsentPurpose, Giver, State
from kinward.people.rules import CIRCUMSTANCES, ConsentAnswer, Gap, gap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kinward.people.consents import Consent

LANGUAGES: Final = [
    ("ru", _("Russian")),
    ("ce", _("Chechen")),
    ("av", _("Avar")),
    ("ar", _("Arabic")),
    ("uk", _("Ukrainian")),
    ("tg", _("Tajik")),
    ("de", _("German")),
    ("fr", _("French")),
    ("en", _("English")),
]
EXPLAINED_IN: Final = [("", _("not explained")), *LANGUAGES, ("und", _("another language"))]
YES_NO: Final = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]
ASKED_FIRST: Final = (
    State.GIVEN,
    State.REFUSED,
    State.UNABLE,
    State.INFORMED,
    State.NOT_SOUGHT,
)
WRONG_FIELD: Final[Mapping[Gap, str]] = {
    Gap.NAMED: "named",
    Gap.FORM: "form_version",
    Gap.OVERRIDE: "reference",
    Gap.BEFORE: "state",
    Gap.CIRCUMSTANCES: "present",
}


class AskedFirst(Form):
    """Whether someone agrees to be looked for. What it is for is explained before it is asked."""

    givers: ClassVar[tuple[Giver, ...]] = (Giver.CHILD, Giver.MOTHER, Giver.GUARDIAN)
    asked_for: ClassVar[ConsentPurpose] = ConsentPurpose.TRACING

    state = forms.ChoiceField(
        label=_("What is the answer?"),
        choices=[(each.value, each.label) for each in ASKED_FIRST],
        widget=forms.RadioSelect,
    )
    giver = forms.ChoiceField(label=_("Who answers?"))
    form_version = forms.CharField(
        label=_("Which version of the form was explained?"),
        help_text=_("As it stands at the foot of the form, for example 2018-11."),
        required=False,
        max_length=40,
    )
    language = forms.ChoiceField(
        label=_("In which language was it explained?"), choices=EXPLAINED_IN, required=False
    )
    detained = forms.BooleanField(
        label=_("Whoever answers is held in custody: say how it was asked"), required=False
    )
    present = forms.CharField(
        label=_("Who was present?"),
        help_text=_("What they are, not their names: a guard, a lawyer, an interpreter."),
        required=False,
        max_length=200,
    )
    private = forms.ChoiceField(label=_("Was it in private?"), choices=YES_NO, required=False)
    time_to_decide = forms.ChoiceField(
        label=_("Was there time to decide?"), choices=YES_NO, required=False
    )
    lawyer = forms.ChoiceField(label=_("Was a lawyer consulted?"), choices=YES_NO, required=False)

    def __init__(self, *arguments: Any, before: Iterable[Consent] = (), **options: Any) -> None:
        self.before = list(before)
        super().__init__(*arguments, **options)
        choose(self, "giver", [(each.value, each.label) for each in self.givers])

    def clean(self) -> dict[str, Any]:
        """Refuse an answer that cannot be stored as it is."""
        if not self.errors and (lacking := gap(self.answer(), self.before)) is not None:
            self.add_error(WRONG_FIELD[lacking], GAPS[lacking])
        return self.cleaned_data

    def answer(self) -> ConsentAnswer:
        """Return what was answered. Only once every field is valid."""
        typed = {"purpose": self.asked_for, **self.cleaned_data}
        how = {each: typed.pop(each) for each in ("present", "private", "time_to_decide", "lawyer")}
        told = {each: said for each, said in how.items() if said}
        return ConsentAnswer(circumstances=told if typed.pop("detained") else {}, **typed)


class AskedAgainForm(Form):
    """How somebody who agrees was asked again. Who no longer agrees gives another answer."""

    guarded: ClassVar[Mapping[str, Guard]] = {"words": Guard.OWN, "present": Guard.OWN}

    asked_on = Day(label=_("On which day were they asked again?"))
    words = forms.CharField(
        label=_("What did they say?"), max_length=2_000, widget=forms.Textarea({"rows": 2})
    )
    detained = forms.BooleanField(label=_("They are still held in custody"), required=False)
    present = AskedFirst.base_fields["present"]
    private = AskedFirst.base_fields["private"]
    time_to_decide = AskedFirst.base_fields["time_to_decide"]
    lawyer = AskedFirst.base_fields["lawyer"]

    def asked(self) -> AskedAgain:
        """Return how they were asked. Only once the form is valid."""
        said = self.cleaned_data
        how = {each: said[each] for each in CIRCUMSTANCES if said[each]}
        return AskedAgain(
            asked_on=said["asked_on"],
            words=said["words"],
            circumstances=how if said["detained"] else {},
        )


class PhotographAsked(AskedFirst):
    """Whether a photograph of the child may be kept and shown."""

    asked_for = ConsentPurpose.PHOTO


class RelativeAskedFirst(AskedFirst):
    """Whether the relative who asks agrees that what they tell is compared."""

    givers = (Giver.RELATIVE,)


class OrDecided(AskedFirst):
    """What was answered for several children at once, or what the programme decided instead."""

    givers: ClassVar[tuple[Giver, ...]] = (
        Giver.CHILD,
        Giver.MOTHER,
        Giver.GUARDIAN,
        Giver.PROGRAMME,
    )

    state = forms.ChoiceField(
        label=_("What is the answer?"),
        choices=[(each.value, each.label) for each in (*ASKED_FIRST, State.OVERRIDDEN)],
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(
        label=_("Which decision replaces consent?"),
        help_text=_("Only for another lawful basis: its number, and where it is kept."),
        required=False,
        max_length=200,
    )
    decided_by = forms.CharField(label=_("Who decided it?"), required=False, max_length=200)


class Answered(OrDecided):
    """Any answer for any purpose, a change of mind and another lawful basis among them."""

    givers = tuple(Giver)
    field_order = ("purpose", "named", "state", "giver")

    purpose = forms.ChoiceField(label=_("What is asked for?"), choices=ConsentPurpose)
    named = forms.CharField(
        label=_("To whom, or with whom?"),
        help_text=_("Only where information is passed on, or a relative is brought into contact."),
        required=False,
        max_length=200,
    )
    state = forms.ChoiceField(
        label=_("What is the answer?"),
        choices=[
            (each.value, each.label) for each in (*ASKED_FIRST, State.WITHDRAWN, State.OVERRIDDEN)
        ],
        widget=forms.RadioSelect,
    )


class AnsweredForRequest(Answered):
    """Any answer of a relative who asks, or of the programme in their place."""

    givers = (Giver.RELATIVE, Giver.PROGRAMME)
