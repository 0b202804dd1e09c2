"""Searching the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form

if TYPE_CHECKING:
    from datetime import datetime


class LogSearch(Form):
    """Which events to show. Everything left empty narrows nothing."""

    record = forms.CharField(
        label=_("Record"), help_text=_("its identifier"), required=False, max_length=80
    )
    actor = forms.CharField(label=_("Account"), required=False, max_length=150)
    action = forms.CharField(
        label=_("Action"), help_text=_("for example people.read"), required=False, max_length=80
    )
    since = forms.DateField(
        label=_("From day"), required=False, widget=forms.DateInput({"type": "date"})
    )

    def filters(self) -> dict[str, Any]:
        """Return the lookups on events that were asked for. Only once the form is valid."""
        asked: dict[str, str | datetime | None] = {
            "object_id": self.cleaned_data["record"].strip(),
            "actor": self.cleaned_data["actor"].strip(),
            "action__startswith": self.cleaned_data["action"].strip(),
            "at__date__gte": self.cleaned_data["since"],
        }
        return {lookup: value for lookup, value in asked.items() if value}
