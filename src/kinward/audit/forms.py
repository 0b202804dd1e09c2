"""Searching the log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.audit.models import Act, Purpose
from kinward.audit.queries import actions_of, identifier_of
from kinward.core.forms import Form

DAY = {"type": "date"}


class Narrowing(Form):
    """Which of some events to show. Everything left empty narrows nothing."""

    actor = forms.CharField(label=_("Account"), required=False, max_length=150)
    act = forms.ChoiceField(
        label=_("What was done"), choices=[("", _("everything")), *Act.choices], required=False
    )
    purpose = forms.ChoiceField(
        label=_("What for?"), choices=[("", _("anything")), *Purpose.choices], required=False
    )
    since = forms.DateField(label=_("From day"), required=False, widget=forms.DateInput(DAY))
    until = forms.DateField(label=_("To day"), required=False, widget=forms.DateInput(DAY))

    def filters(self) -> dict[str, Any]:
        """Return the lookups on events that were asked for. Only once the form is valid."""
        asked: dict[str, Any] = {
            "actor": self.cleaned_data["actor"].strip(),
            "action__in": actions_of(self.cleaned_data["act"]),
            "purpose": self.cleaned_data["purpose"],
            "at__date__gte": self.cleaned_data["since"],
            "at__date__lte": self.cleaned_data["until"],
        }
        return {lookup: value for lookup, value in asked.items() if value}


class LogSearch(Narrowing):
    """Which events of the whole log to show."""

    record = forms.CharField(
        label=_("Record"),
        help_text=_("its reference or its identifier"),
        required=False,
        max_length=80,
    )
    action = forms.CharField(
        label=_("Action"), help_text=_("for example people.read"), required=False, max_length=80
    )
    field_order = ("record", "actor", "act", "action", "purpose", "since", "until")

    def filters(self) -> dict[str, Any]:
        """Return the lookups on events that were asked for. Only once the form is valid."""
        asked = {
            "object_id": identifier_of(self.cleaned_data["record"].strip()),
            "action__startswith": self.cleaned_data["action"].strip(),
        }
        return super().filters() | {lookup: value for lookup, value in asked.items() if value}
