"""Deciding between several claimants of one child."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form, Guard, choose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NOBODY: Final = "nobody"


class ResolveForm(Form):
    """Whose family a child is of, of those who claim it, and why."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    named = forms.MultipleChoiceField(
        label=_("Whose family is this child of?"),
        help_text=_(
            "Choose one claimant, or none. Choose several only if they are of one family, as when "
            "a mother and an aunt both ask."
        ),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("What decides it?"),
        help_text=_("In your own words. A second person reads it and agrees, or does not."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(
        self, *arguments: Any, claimants: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        choose(self, "named", [*claimants, (NOBODY, _("none of them"))])

    def clean(self) -> dict[str, Any]:
        """Refuse that it is somebody's and nobody's."""
        named = self.cleaned_data.get("named", [])
        if NOBODY in named and len(named) > 1:
            self.add_error("named", _("Choose either claimants, or none of them."))
        return self.cleaned_data

    def decision(self) -> dict[str, Any]:
        """Return what was decided."""
        named = [UUID(each) for each in self.cleaned_data["named"] if each != NOBODY]
        return {"named": named, "reason": self.cleaned_data["reason"]}


class AgreeForm(Form):
    """Whether a second person agrees; a no needs a reason."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    agree = forms.ChoiceField(
        label=_("Do you agree?"),
        choices=[("yes", _("I agree")), ("no", _("I do not agree"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("A no needs a reason."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a no without a reason."""
        typed = self.cleaned_data
        if typed.get("agree") == "no" and not typed.get("reason", "").strip():
            self.add_error("reason", _("Give a reason in your own words."))
        return typed

    def answer(self) -> dict[str, Any]:
        """Return the answer."""
        return {"agree": self.cleaned_data["agree"] == "yes", "reason": self.cleaned_data["reason"]}
