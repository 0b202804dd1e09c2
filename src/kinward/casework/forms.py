"""What is to be done, by whom and by when; and that it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Role
from kinward.access.rules import Permission, grants
from kinward.casework.models import Ended, What
from kinward.core.forms import Form, Guard

if TYPE_CHECKING:
    from collections.abc import Mapping

ROLES: Final = [(role.value, role.label) for role in Role if grants(role, Permission.SET_TASKS)]


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
    due_on = forms.DateField(label=_("By which day?"), widget=forms.DateInput({"type": "date"}))

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
