"""A signature drawn on the screen, or the scan of a minute that was signed on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form, Guard
from kinward.core.intake import Refused, take_file
from kinward.core.intake.words import WORDS
from kinward.operations.models import Side

if TYPE_CHECKING:
    from collections.abc import Mapping

WHO = _("Who signs?")


class SignForm(Form):
    """Who signs a minute, and what they drew."""

    guarded: ClassVar[Mapping[str, Guard]] = {"name": Guard.OWN}

    side = forms.ChoiceField(
        label=_("For whom?"),
        choices=[(each.value, each.label) for each in Side if each != Side.PAPER],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=WHO, help_text=_("By name and office."), max_length=200)
    drawn = forms.CharField(
        required=False, max_length=20_000, widget=forms.HiddenInput({"data-sign-drawn": ""})
    )


class ScanForm(Form):
    """The paper of a minute with its signatures, as a photograph or a PDF."""

    guarded: ClassVar[Mapping[str, Guard]] = {"name": Guard.OWN}

    name = forms.CharField(
        label=_("Who signed it?"), help_text=_("Each by name and office."), max_length=500
    )
    file = forms.FileField(
        label=_("The signed paper"),
        help_text=_("A photograph or a PDF of at most 20 MB."),
        error_messages={"required": _("Choose a file of at most 20 MB.")},
    )

    def clean(self) -> dict[str, Any]:
        """Hand the file to the intake, and take its answer: pictures and PDF alone."""
        sent = self.cleaned_data.get("file")
        if sent is None:
            return self.cleaned_data
        try:
            taken = take_file(sent.read())
        except Refused as refused:
            self.add_error("file", WORDS[refused.why])
            return self.cleaned_data
        if not taken.media_type.startswith("image/") and taken.media_type != "application/pdf":
            self.add_error("file", _("Choose a photograph or a PDF."))
        self.cleaned_data["taken"] = taken
        return self.cleaned_data
