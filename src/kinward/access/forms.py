"""Signing in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form


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
