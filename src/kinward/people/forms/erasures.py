"""Whom to erase."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form
from kinward.people.models import Ground


class ErasureForm(Form):
    """Whom to erase, and why."""

    reference = forms.CharField(label=_("Reference of the person"), max_length=20)
    ground = forms.ChoiceField(label=_("Why are the data erased?"), choices=Ground)
    reason = forms.CharField(
        label=_("In your own words"),
        help_text=_("It is erased with the rest. Write it for the second person, who decides."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )
