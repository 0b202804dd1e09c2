"""Whom one looks for by name, and for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form
from kinward.people.actions import FAULTS
from kinward.people.forms.answers import SEXES
from kinward.people.memory import asked_for
from kinward.people.models import SearchPurpose
from kinward.people.rules import Fault
from kinward.people.values import birth_fits

if TYPE_CHECKING:
    from datetime import date

    from kinward.people.memory import Asked

NAMES = ("name", "father", "mother", "sibling")


class SearchForm(Form):
    """What is known of somebody, in whatever script. Sent by POST: addresses are written down."""

    purpose = forms.ChoiceField(
        label=_("What are you searching for?"),
        help_text=_("It is written down with the search; what you type is not."),
        choices=SearchPurpose,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("Name"),
        help_text=_("In any script, as much of it as is known."),
        required=False,
        max_length=200,
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("not known")), *SEXES], required=False)
    born = forms.CharField(
        label=_("Date of birth"),
        help_text=_("As much as is known: 2012, 2012-05 or 2012-05-30."),
        required=False,
        max_length=40,
    )
    age = forms.IntegerField(
        label=_("Or the age today"), required=False, min_value=0, max_value=120
    )
    father = forms.CharField(label=_("Father’s name"), required=False, max_length=200)
    mother = forms.CharField(label=_("Mother’s name"), required=False, max_length=200)
    sibling = forms.CharField(label=_("Brother or sister"), required=False, max_length=200)

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        self.today = today
        super().__init__(*arguments, **options)
        for name in NAMES:
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """Refuse a search without any name, and a date that cannot be read."""
        typed = self.cleaned_data
        if not any(typed.get(name, "").strip() for name in NAMES):
            self.add_error("name", _("Give one name at least: theirs, or a relative’s."))
        if typed.get("born") and not birth_fits({"edtf": typed["born"]}):
            self.add_error("born", FAULTS[Fault.BIRTH])
        return typed

    def asked(self) -> Asked:
        """Return who is asked for. Only once the form is valid."""
        typed = self.cleaned_data
        birth: dict[str, Any] | None = {"edtf": typed["born"]} if typed["born"] else None
        if birth is None and typed["age"] is not None:
            birth = {"age": typed["age"], "as_of": self.today.isoformat()}
        names = {name: typed[name] for name in NAMES}
        return asked_for(sex=typed["sex"], birth=birth, **names)


class MessageForm(Form):
    """A question to another office, or its answer."""

    text = forms.CharField(
        label=_("What do you write to the other office?"),
        help_text=_("Who you are and how to reach you go with it. Name nobody you need not name."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )
