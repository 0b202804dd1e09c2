"""What comes in as a file, made clean: looked at by the intake, refused in words at its field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form, Guard
from kinward.core.intake import Refused, take_file, take_photo
from kinward.core.intake.words import WORDS
from kinward.people.models import AgreedBy, FileKind

if TYPE_CHECKING:
    from collections.abc import Mapping


class AttachForm(Form):
    """A file, and what is known of it."""

    guarded: ClassVar[Mapping[str, Guard]] = {"caption": Guard.OWN, "source": Guard.OWN}

    kind = forms.ChoiceField(label=_("What is it?"), choices=FileKind, widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("The file"),
        help_text=_(
            "A JPEG, PNG or WebP; a PDF, text or office document; a sound recording. At most "
            "20 MB. A photograph is drawn anew without where and when it was taken."
        ),
        error_messages={"required": _("Choose a file of at most 20 MB.")},
    )
    caption = forms.CharField(
        label=_("What does it show?"),
        help_text=_("In a few words, for those who may open it."),
        required=False,
        max_length=500,
    )
    source = forms.CharField(
        label=_("Where does it come from?"),
        help_text=_("Who took it or gave it, and when, if that is known."),
        required=False,
        max_length=200,
    )
    agreed_by = forms.ChoiceField(
        label=_("Who agreed that it is kept?"),
        help_text=_(
            "Say first what it is for: to find the family and to be recognised by them. Whoever "
            "agreed can take that back at any time; the file is then withdrawn."
        ),
        choices=AgreedBy,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Hand the file to the intake once the rest is in order, and take its answer."""
        sent = self.cleaned_data.get("file")
        if sent is None or "kind" in self.errors:
            return self.cleaned_data
        take = take_photo if self.cleaned_data["kind"] == FileKind.PHOTO else take_file
        try:
            self.cleaned_data["taken"] = take(sent.read())
        except Refused as refused:
            self.add_error("file", WORDS[refused.why])
        return self.cleaned_data

    def typed(self) -> dict[str, Any]:
        """Return what `actions.attach_file` asks for. Only once the form is valid."""
        known = {name: self.cleaned_data[name] for name in ("taken", "caption", "source")}
        return known | {
            "kind": FileKind(self.cleaned_data["kind"]),
            "agreed_by": AgreedBy(self.cleaned_data["agreed_by"]),
        }


class WithdrawForm(Form):
    """Why a file is shown to nobody any more."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    reason = forms.CharField(
        label=_("Why is this file withdrawn?"),
        help_text=_("It is shown to nobody any more. That there was a file stays on record."),
        max_length=500,
    )
