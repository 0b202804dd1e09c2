"""Judging whether two records are of one child, and finding the other record."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form, Guard
from kinward.people.models import Found

if TYPE_CHECKING:
    from collections.abc import Mapping


class MergeForm(Form):
    """Whether two records are of one child, and what shows it."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    found = forms.ChoiceField(
        label=_("Are these records of one child?"),
        choices=[
            (Found.ONE_CHILD, _("of one child")),
            (Found.TWO_CHILDREN, _("of two children")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("What shows it?"),
        help_text=_("In your own words. A second person reads it and agrees, or does not."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
    )


class OtherRecordForm(Form):
    """The reference of the record that may be of the same child."""

    other = forms.CharField(
        label=_("Reference of the other record"),
        max_length=20,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
