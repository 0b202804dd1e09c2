"""An operation, its day, permits and legs, and the children on its plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Day, Form, Guard, choose
from kinward.operations.actions import Times
from kinward.operations.models import Berth, CheckpointKind, Mode
from kinward.places.queries import finds, is_place, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kinward.places.models import Place
    from kinward.places.queries import Finds

AIRPORT = r"^[A-Za-z]{3}$"


def reason_field() -> forms.CharField:
    """Return a field for a reason in one's own words."""
    return forms.CharField(
        label=_("Why?"), max_length=500, widget=forms.Textarea({"rows": 2, "dir": "auto"})
    )


def legs_field() -> forms.TypedMultipleChoiceField:
    """Return a field for the legs of an operation."""
    return forms.TypedMultipleChoiceField(
        label=_("Over which legs?"), coerce=int, widget=forms.CheckboxSelectMultiple
    )


class OperationForm(Form):
    """A new operation."""

    guarded: ClassVar[Mapping[str, Guard]] = {"title": Guard.OWN}

    title = forms.CharField(
        label=_("What is it called?"),
        help_text=_("Without the name of a child."),
        max_length=200,
    )
    day = Day(label=_("On which day does it set out?"))

    def clean_day(self) -> Any:
        """Refuse a day that is past."""
        day = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is past."))
        return day


class DayForm(OperationForm):
    """Another day for an operation."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    title = None  # type: ignore[assignment]  # Django's way to leave out a field
    reason = reason_field()


class PermitForm(Form):
    """What an authority allowed."""

    guarded: ClassVar[Mapping[str, Guard]] = {"words": Guard.OWN}

    words = forms.CharField(
        label=_("What is allowed, and by whom?"),
        help_text=_("For example: landing permit of the aviation authority."),
        max_length=300,
    )
    reference = forms.CharField(label=_("Under which number?"), max_length=100)
    valid_until = Day(label=_("Valid until, that day included"))


class Moment(forms.DateTimeField):
    """A day and a time, in the time of the programme."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)


class TimesForm(Form):
    """When a leg is travelled and with what."""

    guarded: ClassVar[Mapping[str, Guard]] = {"carrier": Guard.OWN}

    departs_at = Moment(label=_("Departs at"), help_text=_("In the time of the programme."))
    arrives_at = Moment(label=_("Arrives at"))
    carrier = forms.CharField(label=_("Who drives, flies or sails?"), max_length=100)
    vehicle = forms.CharField(
        label=_("With what?"),
        help_text=_("The number of the flight, the bus or the ship."),
        max_length=40,
    )
    departs_from = forms.RegexField(
        AIRPORT,
        label=_("Airport of departure"),
        help_text=_("Three letters, for example BGW. Leave it empty if it is none."),
        required=False,
        max_length=3,
    )
    arrives_in = forms.RegexField(
        AIRPORT, label=_("Airport of arrival"), required=False, max_length=3
    )
    seats = forms.IntegerField(
        label=_("Seats for children and escorts"), min_value=0, max_value=999
    )
    cots = forms.IntegerField(label=_("Cots besides"), min_value=0, max_value=99, initial=0)

    def clean(self) -> dict[str, Any]:
        """Refuse that it arrives before it departs."""
        said = self.cleaned_data
        starts, ends = said.get("departs_at"), said.get("arrives_at")
        if starts and ends and ends <= starts:
            self.add_error("arrives_at", _("It would arrive before it departs."))
        return said

    def times(self) -> Times:
        """Return the times. Only once every field is valid."""
        said = self.cleaned_data
        return Times(
            departs_at=said["departs_at"],
            arrives_at=said["arrives_at"],
            carrier=said["carrier"],
            vehicle=said["vehicle"],
            departs_from=said["departs_from"].upper(),
            arrives_in=said["arrives_in"].upper(),
            seats=said["seats"],
            cots=said["cots"],
        )


class LegForm(TimesForm):
    """A leg, with where everybody is counted on it."""

    field_order = ("mode", "checkpoints")

    mode = forms.ChoiceField(
        label=_("How is it travelled?"), choices=Mode, widget=forms.RadioSelect
    )
    checkpoints = forms.MultipleChoiceField(
        label=_("Where is everybody counted?"),
        choices=CheckpointKind,
        widget=forms.CheckboxSelectMultiple,
    )


class ChangedForm(TimesForm):
    """Other times of a leg, or that it is not travelled."""

    guarded: ClassVar[Mapping[str, Guard]] = {
        "carrier": Guard.OWN,
        "reason": Guard.OWN,
    }

    dropped = forms.TypedChoiceField(
        label=_("Is it travelled?"),
        choices=[("no", _("yes")), ("yes", _("no, it is left out"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        initial="no",
    )
    reason = reason_field()


class StopForm(Form):
    """A place of the list, found while one types."""

    text = forms.CharField(max_length=200, widget=forms.TextInput({"autocomplete": "off"}))
    code = forms.CharField(required=False, max_length=60)

    def __init__(self, *arguments: Any, label: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["text"].label = label

    def clean(self) -> dict[str, Any]:
        """Refuse what is not of the list."""
        said = self.cleaned_data
        if said.get("text") and not is_place(said.get("code") or ""):
            self.add_error("text", _("Choose one of the places in the list."))
        return said

    def place(self) -> Place:
        """Return the place. Only once every field is valid."""
        found = place_of(self.cleaned_data["code"])
        assert found is not None  # noqa: S101 (the form is valid)
        return found

    @property
    def finds(self) -> Finds:
        """The places to choose from, for what was typed so far."""
        typed, chosen = self["text"].value() or "", self["code"].value() or ""
        return finds(self.prefix or "", typed, chosen, get_language() or "en")


class PutForm(Form):
    """Which children go on the plan, over which legs, in what."""

    chosen = forms.MultipleChoiceField(
        label=_("Children who could fly"), required=False, widget=forms.CheckboxSelectMultiple
    )
    references = forms.CharField(
        label=_("Other children, by reference"),
        help_text=_("One a line. They need not be clear yet."),
        required=False,
        max_length=5_000,
        widget=forms.Textarea({"rows": 3, "dir": "ltr"}),
    )
    over = legs_field()
    berth = forms.ChoiceField(
        label=_("In what do they travel?"),
        choices=Berth,
        widget=forms.RadioSelect,
        initial=Berth.SEAT,
    )

    def __init__(
        self,
        *arguments: Any,
        could: Iterable[tuple[str, str]] = (),
        legs: Iterable[tuple[int, str]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        listed = list(could)
        choose(self, "chosen", listed)
        choose(self, "over", list(legs))
        if not listed:
            del self.fields["chosen"]

    def clean(self) -> dict[str, Any]:
        """Ask for somebody."""
        said = self.cleaned_data
        if not said.get("chosen") and not said.get("references"):
            self.add_error("references", _("Choose a child, or write a reference."))
        return said

    def children(self) -> list[str]:
        """Return the references that were chosen or typed, each once."""
        typed = re.split(r"[\s,;]+", self.cleaned_data["references"].upper())
        return list(dict.fromkeys([*self.cleaned_data.get("chosen", ()), *filter(None, typed)]))


class ReasonForm(Form):
    """Why something is taken back."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    reason = reason_field()
