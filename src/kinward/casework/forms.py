"""Steps of a track: the next, withdrawing one, going on all the same; and tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Role
from kinward.access.rules import Permission, grants
from kinward.casework.models import Ended, Lack, What
from kinward.casework.tracks import Next
from kinward.core.forms import Day, Form, Guard, choose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROLES: Final = [(role.value, role.label) for role in Role if grants(role, Permission.SET_TASKS)]
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
        help_text=_("Only what this step needs, and nothing of the child’s health."),
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

    to = forms.CharField(max_length=40, widget=forms.HiddenInput)
    on = forms.DateField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why must it be done all the same?"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
    )


class TaskForm(Form):
    """A task about one person."""

    guarded: ClassVar[Mapping[str, Guard]] = {"words": Guard.OWN}

    what = forms.ChoiceField(label=_("What is to be done?"), choices=What)
    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("Who compares children with requests does not read this: it may say too much."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
    )
    role = forms.ChoiceField(
        label=_("Who does it?"),
        choices=[("", _("one account, named below")), *ROLES],
        required=False,
    )
    account = forms.CharField(
        label=_("Account"),
        help_text=_("Leave it empty if whoever has the role may do it. Your own is possible too."),
        required=False,
        max_length=150,
    )
    due_on = Day(label=_("By which day?"))

    def clean(self) -> dict[str, Any]:
        """Refuse both a role and an account, or neither."""
        if bool(self.cleaned_data.get("role")) == bool(self.cleaned_data.get("account")):
            words = _("Choose who does it: a role, or one account; not both.")
            self.add_error("role", words)
        return self.cleaned_data


class EndForm(Form):
    """That a task was done, or is taken back."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    how = forms.ChoiceField(label=_("What became of it?"), choices=Ended)
    reason = forms.CharField(
        label=_("What came of it, or why is it taken back?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where a task is taken back."""
        withdrawn = self.cleaned_data.get("how") == Ended.WITHDRAWN
        if withdrawn and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", _("Give a reason in your own words."))
        return self.cleaned_data
