"""What is asked for when everything is to be handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form, Guard
from kinward.tracing.actions.exporting import UnfitKey, key_of

if TYPE_CHECKING:
    from collections.abc import Mapping


class LeavingForm(Form):
    """Who receives everything, and why."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN, "recipient": Guard.OWN}

    recipient = forms.CharField(
        label=_("Who receives it?"),
        help_text=_("One person, by name and office."),
        max_length=200,
    )
    key = forms.CharField(
        label=_("Their age key"),
        help_text=_(
            "It begins with age1. The file is sealed to it, and opens with their identity only."
        ),
        max_length=100,
        widget=forms.TextInput({"dir": "ltr", "spellcheck": "false", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Why is the programme handed over?"),
        help_text=_("The data-protection officer reads this and agrees, or does not."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_key(self) -> str:
        """Refuse what is no age key."""
        key: str = self.cleaned_data["key"].strip()
        try:
            key_of(key)
        except UnfitKey as error:
            raise forms.ValidationError(error.said) from error
        return key
