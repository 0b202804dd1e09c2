"""A place that somebody adds, and which place of the list it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form, Guard
from kinward.places.models import ADDED_KINDS, PlaceKind
from kinward.places.queries import Finds, finds, is_of_the_list

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES: Final = [
    ("ar", _("Arabic")),
    ("ru", _("Russian")),
    ("en", _("English")),
    ("ku", _("Kurdish")),
    ("tr", _("Turkish")),
    ("und", _("another language")),
]


class AdditionForm(Form):
    """What a place is called, what it is, and how one knows of it."""

    guarded: ClassVar[Mapping[str, Guard]] = {
        "name": Guard.OWN,
        "other_names": Guard.OWN,
        "former_names": Guard.OWN,
        "source": Guard.OWN,
    }

    name = forms.CharField(
        label=_("What is it called?"),
        help_text=_("In any script. Everyone with an account sees it: no names of people."),
        max_length=200,
    )
    language = forms.ChoiceField(label=_("In which language?"), choices=LANGUAGES)
    other_names = forms.CharField(
        label=_("Other names in use"),
        help_text=_("One a line, in any script. It is found by each of them."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea({"rows": 2}),
    )
    former_names = forms.CharField(
        label=_("Names it had once"),
        help_text=_("One a line, in any script. It is found by each of them."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea({"rows": 2}),
    )
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=[(each, PlaceKind(each).label) for each in ADDED_KINDS]
    )
    source = forms.CharField(
        label=_("How is it known of?"),
        help_text=_("A map, a list, somebody who was there."),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )

    def clean_other_names(self) -> list[str]:
        """Return each line as a name."""
        return lines_of(self.cleaned_data["other_names"])

    def clean_former_names(self) -> list[str]:
        """Return each line as a name."""
        return lines_of(self.cleaned_data["former_names"])


def lines_of(typed: str) -> list[str]:
    """Return the lines in which something stands, each once."""
    return list(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))


class SameForm(Form):
    """Which place of the list a place that was added is, if it is one; found while one types."""

    guarded: ClassVar[Mapping[str, Guard]] = {"text": Guard.OWN, "reason": Guard.OWN}

    text = forms.CharField(
        label=_("Which place of the list is it?"),
        help_text=_("Leave empty if it is a place of its own."),
        required=False,
        max_length=200,
    )
    code = forms.CharField(required=False, max_length=60)
    reason = forms.CharField(label=_("Why?"), max_length=500, widget=forms.Textarea({"rows": 2}))

    def clean(self) -> dict[str, Any]:
        """Refuse a name without a place, and a place that is not of the list."""
        typed = self.cleaned_data
        code = typed.get("code", "")
        if bool(code) != bool(typed.get("text")) or (code and not is_of_the_list(code)):
            self.add_error("text", _("Choose one of the places in the list."))
        return typed

    @property
    def finds(self) -> Finds:
        """The places to choose from, for what was typed so far."""
        typed, chosen = self["text"].value() or "", self["code"].value() or ""
        return finds(self.prefix or "", typed, chosen, get_language() or "en")
