"""Signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET, require_POST

from kinward.access import actions
from kinward.access.entry import proof
from kinward.access.entry.adapters import not_signed_in_there
from kinward.access.forms import CodeForm, NewPasswordForm, SignInForm
from kinward.access.views.shown import Shown
from kinward.core.doors import open_to_all

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kinward.access.models import User


class SignIn(Shown, LoginView):  # type: ignore[misc]  # allauth publishes no types
    """Let someone in who has an account, and take them where they wanted to go."""

    form_class = SignInForm
    template_name = "access/sign_in.html"

    def get_success_url(self) -> str | None:
        """Return where one wanted to go, if that is here."""
        return super().get_success_url() or settings.LOGIN_REDIRECT_URL

    def get_context_data(self, **details: Any) -> dict[str, Any]:
        """Add what is not allauth's."""
        context: dict[str, Any] = super().get_context_data(**details)
        return context | {
            "demo": settings.DEMO,
            "elsewhere": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        }


class SecondFactor(Shown, AuthenticateView):  # type: ignore[misc]  # likewise
    """Ask for the second factor of whoever gave a password."""

    form_class = CodeForm
    template_name = "access/second_factor.html"

    def get_context_data(self, **details: Any) -> dict[str, Any]:
        """Say which ways the account has."""
        kinds = proof.factors_of(self.stage.login.user)
        context: dict[str, Any] = super().get_context_data(**details)
        return context | {"kinds": kinds}


class PasskeySignIn(LoginWebAuthnView):  # type: ignore[misc]  # likewise
    """Let someone in by a passkey alone, which is two factors in one."""


def sign_out_of(request: HttpRequest) -> HttpResponse:
    """Close the session, and have the browser forget the pages it showed."""
    logout(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


# Open to who has only given a password so far: they may want to begin anew.
sign_out = open_to_all(require_POST(login_not_required(sign_out_of)))


@method_decorator(login_not_required, name="dispatch")
class Invitation(Shown, PasswordResetConfirmView):
    """Let someone set their password with the link an administrator gave them. It works once."""

    form_class = NewPasswordForm
    template_name = "access/invitation.html"
    post_reset_login = True
    post_reset_login_backend = "kinward.access.queries.accounts.Roles"
    success_url = reverse_lazy("access:sign_in_settings")

    def get_user(self, uidb64: str) -> User | None:
        """Return whose account it is, if that is open: the link of a closed one is void."""
        user: User | None = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        """Open the session, from which a second factor is set up next."""
        response = super().form_valid(form)
        user: User = form.user
        actions.take_up_invitation(user=user, by=user, at=timezone.now())
        self.request.user = user
        proof.prove(self.request, "password")
        return response


def refuse_unknown(provider_id: str) -> None:
    """Refuse a provider of single sign-on that nobody has set up, before a database is asked.

    Raises:
        Http404: nobody has.
    """
    known: Any = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    if provider_id not in {app["provider_id"] for app in known["APPS"]}:
        raise Http404


@open_to_all
@require_POST
@login_not_required
def elsewhere(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to where the organisation signs its people in, if that place answers."""
    refuse_unknown(provider_id)
    try:
        return openid_connect.login(request, provider_id)  # type: ignore[no-any-return]  # likewise
    except OSError:  # as what the library raises when nobody answers
        return not_signed_in_there(request)


@open_to_all
@require_GET
@login_not_required
def back_from_elsewhere(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take in who comes from there."""
    refuse_unknown(provider_id)
    try:
        return openid_connect.callback(request, provider_id)  # type: ignore[no-any-return]  # likewise
    except (LookupError, TypeError, AttributeError):  # it answers in a shape of its own
        return not_signed_in_there(request)
