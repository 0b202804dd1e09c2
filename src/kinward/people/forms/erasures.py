"""Whom to erase."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form, Guard
from kinward.people.models import Ground

if TYPE_CHECKING:
    from collections.abc import Mapping


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


class HoldForm(Form):
    """Whose data must be kept for now, and why."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    reference = forms.CharField(label=_("Reference of the person"), max_length=20)
    reason = forms.CharField(
        label=_("Why must the data be kept?"),
        help_text=_("For example which court asked, and under which number. It names no child."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )


class LiftForm(Form):
    """Why data need not be kept any longer."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    reason = forms.CharField(
        label=_("Why need they not be kept any longer?"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
    )
