"""The forms of health: that a child was seen, what came of it, what others are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Day, Form, Guard, choose
from kinward.health.actions import Leaving, Met
from kinward.health.models import Ended, EntryKind, Fit, Found, Meeting, SharedFor, Shown
from kinward.health.models.words import Fault
from kinward.health.rules import LIMITS, Stated, label, labels
from kinward.people.naming import western_digits

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST: Final = 8_000
SHORT: Final = 200


class Amount(forms.FloatField):
    """A measure as it is written anywhere: with a point or a comma, in digits of any script."""

    def __init__(self, name: str, label: Any, help_text: Any = "") -> None:
        least, most = LIMITS[name]
        widget = forms.TextInput({"inputmode": "decimal", "dir": "ltr", "class": "kw-short"})
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            min_value=least,
            max_value=most,
            widget=widget,
        )

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]  # stubs: an int
        """Read what was typed."""
        typed = western_digits(str(value or "")).strip().replace(",", ".").replace("٫", ".")
        return super().to_python(typed)


def text(label: Any, help_text: Any = "", *, rows: int = 3, required: bool = True) -> Any:
    """Return a field for free text."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": rows}),
    )


class HealthForm(Form):
    """A form of health; `places` says beside which field something wrong is told."""

    places: ClassVar[Mapping[str, str]] = {}


class EncounterForm(HealthForm):
    """That a medic saw a child."""

    guarded: ClassVar[Mapping[str, Guard]] = dict.fromkeys(("place", "notes"), Guard.OWN)
    places: ClassVar[Mapping[str, str]] = {Fault.FUTURE: "seen_on"}

    meeting = forms.ChoiceField(
        label=_("On which occasion?"), choices=Meeting, widget=forms.RadioSelect
    )
    seen_on = Day(label=_("On which day?"))
    place = forms.CharField(label=_("Where?"), required=False, max_length=SHORT)
    notes = text(_("Your notes"), _("They stay with medics. Nobody else reads them."), rows=6)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["notes"].required = False

    def met(self) -> Met:
        """Return what was typed. Only once every field is valid."""
        said = self.cleaned_data
        return Met(**said | {"meeting": Meeting(said["meeting"])})


class EntryForm(HealthForm):
    """One entry of an encounter."""

    def said(self) -> dict[str, Any]:
        """Return what was typed, without what was left empty. Only once every field is valid."""
        days = {"on", "due_on"}
        return {
            name: value.isoformat() if name in days else value
            for name, value in self.cleaned_data.items()
            if value not in (None, "")
        }


class MeasureForm(EntryForm):
    """Weight, height or length, the arm, swollen feet."""

    places: ClassVar[Mapping[str, str]] = {Fault.MEASURE: "weight_kg", Fault.LYING: "lying"}

    weight_kg = Amount("weight_kg", _("Weight in kilograms"), _("For example 12.4"))
    height_cm = Amount("height_cm", _("Height or length in centimetres"), _("For example 87.1"))
    lying = forms.ChoiceField(
        label=_("How was it measured?"),
        help_text=_("Under two years a child is measured lying, later standing."),
        choices=[("no", _("standing")), ("yes", _("lying"))],
        widget=forms.RadioSelect,
        required=False,
    )
    arm_cm = Amount(
        "arm_cm", _("Mid-upper arm in centimetres"), _("Halfway between shoulder and elbow.")
    )
    swollen = forms.BooleanField(label=_("Both feet are swollen (oedema)"), required=False)

    def said(self) -> dict[str, Any]:
        """Return the measures; how the height was measured only where there is one."""
        said = super().said()
        lying = said.pop("lying", "")
        known = "height_cm" in said and lying
        return said | ({"lying": lying == "yes"} if known else {})


class VaccineForm(EntryForm):
    """A vaccination."""

    places: ClassVar[Mapping[str, str]] = {Fault.DAY: "on", Fault.FUTURE: "on"}

    vaccine = forms.ChoiceField(label=_("Against what?"))
    shown = forms.ChoiceField(
        label=_("How is it known?"),
        help_text=_("Only what a card or a record shows is counted."),
        choices=Shown,
        widget=forms.RadioSelect,
    )
    on = Day(label=_("On which day?"), required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choose(self, "vaccine", of_list("vaccine"))


class ScreeningForm(EntryForm):
    """What was looked for, and what came of it."""

    guarded: ClassVar[Mapping[str, Guard]] = {"words": Guard.OWN}
    places: ClassVar[Mapping[str, str]] = {Fault.WORDS: "words"}

    screening = forms.ChoiceField(label=_("What was looked at?"))
    found = forms.ChoiceField(label=_("What came of it?"), choices=Found, widget=forms.RadioSelect)
    words = text(_("What was found?"), required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choose(self, "screening", of_list("screening"))


class MindForm(EntryForm):
    """How the child is in itself, and what helps it."""

    guarded: ClassVar[Mapping[str, Guard]] = dict.fromkeys(("words", "helps"), Guard.OWN)
    places: ClassVar[Mapping[str, str]] = {Fault.WORDS: "words"}

    words = text(
        _("How is the child?"),
        _("How it sleeps, eats, plays, talks; what frightens it; whom it keeps close to."),
        rows=6,
    )
    helps = text(_("What helps it?"), required=False)


class PlanForm(EntryForm):
    """What is to be done, by whom, by which day."""

    guarded: ClassVar[Mapping[str, Guard]] = dict.fromkeys(("words", "who"), Guard.OWN)
    places: ClassVar[Mapping[str, str]] = {Fault.WORDS: "words", Fault.DAY: "due_on"}

    words = text(_("What is to be done?"))
    who = forms.CharField(
        label=_("By whom?"),
        help_text=_("What they are, without a name: the eye clinic, a dentist."),
        required=False,
        max_length=SHORT,
    )
    due_on = Day(label=_("By which day?"))


ENTRY_FORMS: Final[Mapping[EntryKind, type[EntryForm]]] = {
    EntryKind.MEASURE: MeasureForm,
    EntryKind.VACCINE: VaccineForm,
    EntryKind.SCREENING: ScreeningForm,
    EntryKind.MIND: MindForm,
    EntryKind.PLAN: PlanForm,
}


class EndForm(HealthForm):
    """That an entry does not stand any more."""

    guarded: ClassVar[Mapping[str, Guard]] = {"words": Guard.OWN}
    places: ClassVar[Mapping[str, str]] = {Fault.WORDS: "words", Fault.UNKNOWN: "ended"}

    ended = forms.ChoiceField(
        label=_("Why does it not stand any more?"), choices=Ended, widget=forms.RadioSelect
    )
    words = text(_("What exactly, in your own words?"), rows=2)

    def __init__(self, *arguments: Any, plan: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not plan:
            choose(self, "ended", [(Ended.MISTAKEN.value, Ended.MISTAKEN.label)])


class FitnessForm(HealthForm):
    """Whether a child may fly."""

    guarded: ClassVar[Mapping[str, Guard]] = dict.fromkeys(("needs", "grounds"), Guard.OWN)
    places: ClassVar[Mapping[str, str]] = {
        Fault.UNTIL: "until",
        Fault.PAST: "until",
        Fault.NEEDS: "needs",
    }

    fit = forms.ChoiceField(label=_("May the child fly?"), choices=Fit, widget=forms.RadioSelect)
    until = Day(
        label=_("Until which day does that hold, that day included?"),
        help_text=_("If the child is not fit, it is looked at again then. This may stay empty."),
        required=False,
    )
    needs = text(
        _("What does the child need on the way?"),
        _(
            "Others read this: a seat by the aisle, its medicine at noon, no stairs. Write what "
            "they have to do, and not why."
        ),
        required=False,
    )
    grounds = text(
        _("Why do you say so?"), _("This stays with medics. Nobody else reads it."), required=False
    )

    def stated(self) -> Stated:
        """Return what was typed. Only once every field is valid."""
        said = self.cleaned_data
        return Stated(**said | {"fit": Fit(said["fit"])})


class DischargeForm(HealthForm):
    """How a child left hospital."""

    guarded: ClassVar[Mapping[str, Guard]] = dict.fromkeys(
        ("summary", "care", "handed_to"), Guard.OWN
    )
    places: ClassVar[Mapping[str, str]] = {Fault.FUTURE: "left_on", Fault.WORDS: "summary"}

    left_on = Day(label=_("On which day did it leave?"))
    summary = text(
        _("What was found and done?"), _("This stays with medics, and stands in a summary."), rows=6
    )
    care = text(_("How does care go on?"))
    handed_to = forms.CharField(
        label=_("Into whose hands did it go?"),
        help_text=_("What they are to the child, as the handover minute names them."),
        max_length=SHORT,
    )

    def leaving(self) -> Leaving:
        """Return what was typed. Only once every field is valid."""
        return Leaving(**self.cleaned_data)


class HandoutForm(HealthForm):
    """What a summary is handed out for, to whom, with the name or without."""

    guarded: ClassVar[Mapping[str, Guard]] = {"recipient": Guard.OWN}
    places: ClassVar[Mapping[str, str]] = {Fault.WORDS: "recipient"}

    shared_for = forms.ChoiceField(
        label=_("What for?"), choices=SharedFor, widget=forms.RadioSelect
    )
    recipient = forms.CharField(
        label=_("Who gets it?"),
        help_text=_("The hospital, the practice, or what they are to the child."),
        max_length=SHORT,
    )
    named = forms.BooleanField(
        label=_("With the child’s name"),
        help_text=_("Without it the summary has the reference only."),
        required=False,
    )


def of_list(name: str) -> list[tuple[str, str]]:
    """Return the codes of a list with their words, as choices."""
    language = get_language() or "en"
    return [(code, label(name, code, language)) for code in labels(name)]
