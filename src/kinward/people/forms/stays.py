"""A stay somewhere: what it was, who kept the child, where, from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.people.actions import FAULTS
from kinward.people.forms.answers import PlaceForm
from kinward.people.naming import days_of
from kinward.people.rules import Fault
from kinward.people.stays import CUSTODIANS, ROLES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class StayForm(PlaceForm):
    """One stay. What it was must be said, and where or with whom; the dates as far as known."""

    field_order: tuple[str, ...] = ("role", "text", "code", "custodian", "since", "until", "answer")

    role = forms.ChoiceField(
        label=_("What happened there?"), choices=[("", _("choose")), *ROLES.items()], required=False
    )
    custodian = forms.ChoiceField(
        label=_("Who keeps or kept the child?"),
        choices=[("", _("not known")), *CUSTODIANS.items()],
        required=False,
    )
    since = forms.CharField(
        label=_("From when?"),
        help_text=_("As much as is known: 2012, 2012-05 or 2012-05-30."),
        required=False,
        max_length=40,
    )
    until = forms.CharField(
        label=_("Until when?"),
        help_text=_("Leave empty if the child is still there, or if nobody knows."),
        required=False,
        max_length=40,
    )

    def ask(self, question: str | _StrPromise) -> None:  # noqa: ARG002 (the fields ask by themselves)
        """Ask for the place by its own name."""
        super().ask(_("Which place?"))

    def clean_since(self) -> str:
        """Refuse a date that cannot be read."""
        return self.readable("since")

    def clean_until(self) -> str:
        """Refuse a date that cannot be read."""
        return self.readable("until")

    def readable(self, name: str) -> str:
        """Return a date as typed.

        Raises:
            ValidationError: it cannot be read.
        """
        typed: str = self.cleaned_data[name].strip()
        if typed and days_of(typed) is None:
            raise forms.ValidationError(FAULTS[Fault.AS_OF])
        return typed

    def clean(self) -> dict[str, Any]:
        """Refuse a stay of which nothing can be said; what is wrong with a date is said there."""
        wrong = {"since", "until", "code"} & set(self.errors)
        return self.cleaned_data if wrong else super().clean()
