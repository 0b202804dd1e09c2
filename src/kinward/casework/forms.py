"""The next step of a track, withdrawing one, and why one goes on all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.casework.models import Lack
from kinward.casework.tracks import Next
from kinward.core.forms import Day, Form, Guard, choose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FIELD_OF: Mapping[Lack, str] = {
    Lack.IMPOSSIBLE: "to",
    Lack.ANOTHER: "to",
    Lack.REASON: "reason",
    Lack.NO_WORDS: "reason",
    Lack.EVIDENCE: "evidence",
    Lack.FROM: "holds_from",
    Lack.UNTIL: "holds_until",
    Lack.ENDS_BEFORE: "holds_until",
    Lack.FUTURE: "on",
    Lack.BEFORE: "on",
}


class StepForm(Form):
    """What happened on a track."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN, "evidence": Guard.OWN}

    to = forms.ChoiceField(label=_("What happened?"), widget=forms.RadioSelect)
    on = Day(label=_("On which day?"))
    evidence = forms.CharField(
        label=_("What shows it?"),
        help_text=_("A document with its number, a decision, who saw it, or who is named."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
    )
    holds_from = Day(label=_("From when on does it hold?"), required=False)
    holds_until = Day(label=_("Until when does it hold, that day included?"), required=False)
    reason = forms.CharField(
        label=_("Why, in your own words?"),
        help_text=_("Nothing of the child’s health, and nothing anybody is accused of."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(
        self,
        *arguments: Any,
        choices: list[tuple[str, str]],
        lacking: Callable[[Next], tuple[Lack, ...]],
        **options: Any,
    ) -> None:
        self.lacking = lacking
        super().__init__(*arguments, **options)
        choose(self, "to", choices)

    def clean(self) -> dict[str, Any]:
        """Say of each thing that lacks where it is written."""
        if not self.errors:
            for lack in self.lacking(self.wanted()):
                self.add_error(FIELD_OF[lack], lack.label)
        return self.cleaned_data

    def wanted(self) -> Next:
        """Return the step. Only once every field could be read."""
        return Next(**self.cleaned_data)


class WithdrawForm(Form):
    """Why the last step of a track is withdrawn."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    reason = forms.CharField(
        label=_("Why is it withdrawn?"), max_length=2_000, widget=forms.Textarea({"rows": 2})
    )


class GoOnForm(Form):
    """Why a step is to be taken though a gate refuses it."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    to = forms.CharField(widget=forms.HiddenInput)
    on = forms.DateField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why must it be done all the same?"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
    )
