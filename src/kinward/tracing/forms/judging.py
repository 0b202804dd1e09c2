"""Giving an opinion, taking a judgement back, revealing what was withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form, Guard, choose
from kinward.people.models import SearchPurpose
from kinward.tracing.models import Opinion, Step

if TYPE_CHECKING:
    from collections.abc import Mapping


class KeyedRadios(forms.RadioSelect):
    """Radios that the keys of the review page choose: S, D and U."""

    keys: Mapping[str, str] = {
        Opinion.SAME: "s",
        Opinion.NOT_SAME: "d",
        Opinion.CANNOT_TELL: "u",
    }

    def create_option(self, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Return an option that says which key chooses it."""
        option: dict[str, Any] = super().create_option(*arguments, **options)
        option["attrs"]["data-key"] = self.keys[option["value"]]
        return option


class OpinionForm(Form):
    """One reviewer's opinion, with a reason in their own words."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    opinion = forms.ChoiceField(
        label=_("Is this child the person who is looked for?"),
        choices=Opinion,
        widget=KeyedRadios,
    )
    reason = forms.CharField(
        label=_("Why do you think so?"),
        help_text=_("In your own words. Others read it after they have given their own opinion."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )

    def without_same(self) -> OpinionForm:
        """Ask only what may be answered while claims stand against it; returns the form itself."""
        choose(self, "opinion", [each for each in Opinion.choices if each[0] != Opinion.SAME])
        return self


class UndoForm(Form):
    """Why a judgement is taken back."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    reason = forms.CharField(
        label=_("Why is this taken back?"),
        help_text=_("The judgement and this reason both stay on record."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )


class RevealForm(Form):
    """What is revealed of a confirmed match, and what for."""

    step = forms.ChoiceField(
        label=_("What do you need next?"), choices=Step, widget=forms.RadioSelect
    )
    purpose = forms.ChoiceField(
        label=_("What do you need it for?"),
        help_text=_("It is written down each time, and shown on the record."),
        choices=[
            (each.value, each.label)
            for each in (SearchPurpose.VERIFICATION, SearchPurpose.PROTECTION)
        ],
        widget=forms.RadioSelect,
    )
