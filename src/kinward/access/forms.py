"""Signing in, proving again who one is, accounts; what offices and two people settle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgain
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from kinward.access.entry.adapters import TOO_MANY
from kinward.access.models import Emergency, Finding, Pace, Role
from kinward.access.rules.tokens import MOST
from kinward.core.forms import Day, Form, Guard, choose
from kinward.core.ids import GROUP, is_reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kinward.access.models import Purpose

# allauth publishes no types: to mypy its forms are Any, hence the ignores.
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}
SHOWN_PASSWORD = "govuk-input govuk-password-input__input govuk-js-password-input-input"  # noqa: S105 (a class of the style sheet)


def password_field(form: forms.Form, name: str, label: Any) -> None:
    """Give a password its label, and the button that shows it."""
    form.fields[name].label = label
    form.fields[name].help_text = ""
    form.fields[name].widget.attrs |= {"class": SHOWN_PASSWORD, "placeholder": ""}


def code_field(form: forms.Form, label: Any, hint: Any) -> None:
    """Give a code its label and the right keyboard."""
    form.fields["code"].label = label
    form.fields["code"].help_text = hint
    form.fields["code"].widget.attrs |= {**CODE, "placeholder": ""}


class SignInForm(Form, LoginForm):  # type: ignore[misc]
    """An account and its password. It is never said which of the two is wrong."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["login"].label = _("Account")
        self.fields["login"].widget.attrs |= {
            "placeholder": "",
            "dir": "auto",
            "class": "govuk-input",
        }
        password_field(self, "password", _("Password"))

    def clean(self) -> Any:
        """Check the password, unless too many were tried."""
        try:
            return super().clean()
        except ValidationError as refused:
            if getattr(self.request, "axes_locked_out", False):
                raise ValidationError(TOO_MANY, code="too_many_login_attempts") from refused
            raise


class CodeForm(Form, AuthenticateForm):  # type: ignore[misc]
    """The code of the second factor, at sign-in."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        code_field(self, _("Code"), _("six digits of your app, or one of your recovery codes"))


class CodeAgainForm(Form, CodeAgain):  # type: ignore[misc]
    """The code of the second factor, within a session."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        code_field(self, _("Code"), _("six digits of your app, or one of your recovery codes"))


class PasswordAgainForm(Form, ReauthenticateForm):  # type: ignore[misc]
    """The password, within a session that has nothing stronger."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        password_field(self, "password", _("Password"))


class AppForm(Form, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app that is being set up."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        code_field(self, _("Code"), _("the six digits the app shows now"))


class PasskeyForm(Form, AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey, with the name its owner tells it by. It always asks who uses it."""

    name = forms.CharField(
        label=_("Name of this passkey"),
        help_text=_("for example: telephone, grey key"),
        max_length=100,
        required=False,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields.pop("passwordless", None)


class NewPasswordForm(Form, SetPasswordForm):  # type: ignore[type-arg]
    """A password of one's own, written twice."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        password_field(self, "new_password1", _("New password"))
        password_field(self, "new_password2", _("The same once more"))
        self.fields["new_password1"].help_text = _(
            "twelve characters or more; a few words are good"
        )


class ChangePasswordForm(Form, PasswordChangeForm):
    """The password so far, and a new one."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        password_field(self, "old_password", _("Password so far"))
        password_field(self, "new_password1", _("New password"))
        password_field(self, "new_password2", _("The same once more"))
        self.fields["new_password1"].help_text = _(
            "twelve characters or more; a few words are good"
        )


class OpenAccountForm(Form):
    """A new account. Its owner sets the password, with the invitation."""

    username = forms.CharField(
        label=_("Account"),
        help_text=_("letters, digits and . @ + - _"),
        max_length=150,
        validators=[RegexValidator(r"^[\w.@+-]+\Z", _("Use letters, digits and . @ + - _ only."))],
    )
    full_name = forms.CharField(label=_("Name"), max_length=200)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", "–"), *((role.value, role.label) for role in Role if role != Role.CLOCK)],
    )
    region = forms.CharField(
        label=_("Region"),
        help_text=_("the code of the office worked for, such as IQ-BG"),
        required=False,
        max_length=20,
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", "–"), *settings.LANGUAGES], required=False
    )
    mail_address = forms.EmailField(
        label=_("Address for mail"),
        help_text=_("Mail tells how much is new, and names nobody. It opens no account."),
        max_length=254,
        required=False,
        widget=forms.EmailInput({"dir": "ltr"}),
    )
    reason = forms.CharField(
        label=_("Who is it, and why do they need this role?"),
        help_text=_("A second person reads this and agrees, or does not. Until then it is shut."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )


class MailForm(Form):
    """Whether, where to, how often and in which language one is written to."""

    address = forms.EmailField(
        label=_("Address for mail"),
        help_text=_("Leave it empty to get no mail. It opens no account, and nobody else sees it."),
        max_length=254,
        required=False,
        widget=forms.EmailInput({"dir": "ltr"}),
    )
    pace = forms.ChoiceField(
        label=_("How often?"),
        help_text=_("A mail is only written when something is new for you or a task is due."),
        choices=Pace.choices,
    )
    language = forms.ChoiceField(label=_("In which language?"), choices=settings.LANGUAGES)


class TokenForm(Form):
    """What a machine is let do for one, what for, and for how long."""

    guarded: ClassVar[Mapping[str, Guard]] = {"name": Guard.OWN}

    name = forms.CharField(
        label=_("What is the machine called?"),
        help_text=_("As you will know it again in this list."),
        max_length=80,
    )
    purpose = forms.ChoiceField(label=_("What for?"), widget=forms.RadioSelect)
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        help_text=_("No more than it needs, and never more than your role."),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(
        label=_("For how many days?"),
        help_text=_("90 at most. After that the machine is given another."),
        min_value=1,
        max_value=MOST.days,
        widget=forms.NumberInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )

    def __init__(
        self,
        *arguments: Any,
        purposes: Iterable[Purpose],
        scopes: Iterable[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        choose(self, "purpose", [(each.value, each.label) for each in purposes])
        choose(self, "scopes", list(scopes))


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
        offices: Iterable[tuple[str, str]],
        purposes: Iterable[Purpose],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        choose(self, "to_region", [("", _("choose an office")), *offices])
        choose(self, "purpose", [(each.value, each.label) for each in purposes])

    def clean(self) -> dict[str, Any]:
        """Refuse both an office and a person, or neither; a person wins over no office."""
        region, account = (self.cleaned_data.get(each) for each in ("to_region", "to_account"))
        if bool(region) == bool(account):
            self.add_error("to_region", _("Choose an office, or write one account; not both."))
        return self.cleaned_data


class AssignForm(Form):
    """To whom a child is given, what for, and how long."""

    account = forms.CharField(
        label=_("To which account?"),
        help_text=_("A registrar’s. They see the child as if it were of their own office."),
        max_length=150,
    )
    purpose = forms.ChoiceField(label=_("What for?"), choices=[])
    until = Day(
        label=_("Until which day?"),
        help_text=_("180 days at most. It ends by itself, and can be ended before."),
    )

    def __init__(self, *arguments: Any, purposes: Iterable[Purpose], **options: Any) -> None:
        super().__init__(*arguments, **options)
        choose(self, "purpose", [(each.value, each.label) for each in purposes])


class AssignManyForm(AssignForm):
    """To whom several children are given, and for what one reason."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    reason = forms.CharField(
        label=_("Why are these children assigned?"),
        help_text=_("The same reason is kept with each of them."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
    )


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
