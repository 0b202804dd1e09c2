"""Signing in; offering, answering, opening in an emergency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Emergency, Finding
from kinward.core.forms import Form
from kinward.core.ids import GROUP, is_reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kinward.access.models import Purpose


class SignInForm(Form, AuthenticationForm):
    """An account and its password. It is never said which of the two is wrong."""

    error_messages = {
        "invalid_login": _("This account and password do not fit together. Check both."),
        "inactive": _("This account and password do not fit together. Check both."),
    }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["username"].label = _("Account")
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs["class"] = (
            "govuk-input govuk-password-input__input govuk-js-password-input-input"
        )


CHOOSE = ("", _("choose"))  # no answer is given for anybody
REASON = forms.CharField(
    label=_("Why?"), max_length=2_000, widget=forms.Textarea({"rows": 3}), required=False
)


class ReferForm(Form):
    """To which office, or to whom there, a child is offered, and why."""

    to_region = forms.ChoiceField(label=_("To which office?"), required=False)
    to_account = forms.CharField(
        label=_("Or to one person there"),
        help_text=_("Their account. Leave it empty to offer the child to the whole office."),
        required=False,
        max_length=150,
    )
    purpose = forms.ChoiceField(label=_("What for?"), choices=[])
    reason = forms.CharField(
        label=_("Why should they take this child over?"),
        help_text=_("They read this, and the reference, before they accept; nothing else."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(
        self,
        *arguments: Any,
        places: Iterable[tuple[str, str]],
        purposes: Iterable[Purpose],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        choose(self, "to_region", [("", _("choose an office")), *places])
        choose(self, "purpose", [(each.value, each.label) for each in purposes])

    def clean(self) -> dict[str, Any]:
        """Refuse both an office and a person, or neither; a person wins over no office."""
        region, account = (self.cleaned_data.get(each) for each in ("to_region", "to_account"))
        if bool(region) == bool(account):
            self.add_error("to_region", _("Choose an office, or write one account; not both."))
        return self.cleaned_data


def choose(form: Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    """Give a field its choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared by the form)
    field.choices = choices


class EmergencyForm(Form):
    """Which child has to be opened at once, by its exact reference, and why."""

    reference = forms.CharField(
        label=_("Reference of the child"),
        help_text=_("Exactly as it was given to you, for example C-7KQ-4M2-XYZ."),
        max_length=20,
    )
    emergency = forms.ChoiceField(label=_("What happened?"), choices=Emergency)
    reason = forms.CharField(
        label=_("In your own words"),
        help_text=_("What happened, and who is with the child. It is read by those who review it."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
    )

    def clean_reference(self) -> str:
        """Refuse a reference that was not copied right: it would use up a try."""
        typed: str = self.cleaned_data["reference"].strip().upper()
        if not is_reference(typed, "C"):
            raise forms.ValidationError(
                _("A sign in this reference is wrong. References hold no 0, O, 1, I or L.")
            )
        signs = typed.partition("-")[2].replace("-", "")
        return "-".join(["C", *(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))])


class AnswerForm(Form):
    """Yes or no to what somebody else asked; a no needs a reason."""

    answer = forms.ChoiceField(
        label=_("Your answer"), choices=[CHOOSE, ("yes", _("yes")), ("no", _("no"))]
    )
    reason = REASON


class ReviewForm(Form):
    """Whether opening a child in an emergency was needed."""

    finding = forms.ChoiceField(label=_("Was it needed?"), choices=[CHOOSE, *Finding.choices])
    reason = forms.CharField(
        label=_("How do you know?"), max_length=2_000, widget=forms.Textarea({"rows": 3})
    )
