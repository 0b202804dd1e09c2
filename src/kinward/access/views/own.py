"""One's own sign-in: second factors, recovery codes, password, sessions and devices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.internal.flows import remove_authenticator
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import PasswordChangeView
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access import actions, queries
from kinward.access.entry import proof
from kinward.access.entry.proof import step_up
from kinward.access.forms import AppForm, ChangePasswordForm, MailForm, PasskeyForm
from kinward.access.models import Pace
from kinward.access.views.shown import Shown
from kinward.core.doors import open_to_accounts
from kinward.core.pages import sent

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kinward.access.models import UserRequest


@open_to_accounts
@require_safe
def sign_in_settings(request: UserRequest) -> HttpResponse:
    """Show how one signs in, from where one is signed in, and what is missing."""
    factors = queries.second_factors(user=request.user)
    context = {
        "app": next((each for each in factors if each.type == "totp"), None),
        "passkeys": [each for each in factors if each.type == "webauthn"],
        "codes": next((each for each in factors if each.type == "recovery_codes"), None),
        "missing": proof.second_factor_missing(request),
        "sessions": queries.open_sessions(user=request.user),
        "here": request.session.session_key,
        "mail_fails": queries.mail_fails(user=request.user),
        "sends_mail": settings.SENDS_MAIL,
    }
    return render(request, "access/sign_in_settings.html", context)


@open_to_accounts
@step_up
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: UserRequest) -> HttpResponse:
    """Choose whether, where to, how often and in which language one is written to."""
    user = request.user
    chosen = {
        "address": user.mail_address,
        "pace": user.mail_pace,
        "language": user.language or get_language() or settings.LANGUAGE_CODE,
    }
    form = MailForm(sent(request), initial=chosen)
    if form.is_valid():
        typed = form.cleaned_data | {"pace": Pace(form.cleaned_data["pace"])}
        actions.choose_mail(**typed, by=user, at=timezone.now())
        messages.success(request, _("What you chose about mail is kept."))
        return redirect("access:sign_in_settings")
    wrong = [form] if form.errors else []
    fails, sends = queries.mail_fails(user=user), settings.SENDS_MAIL
    context = {"form": form, "wrong": wrong, "fails": fails, "sends": sends}
    return render(request, "access/mail.html", context, status=422 if wrong else 200)


@open_to_accounts
@require_safe
def back_to_settings(_request: UserRequest) -> HttpResponse:
    """Lead to one's own sign-in, where allauth has a page of its own."""
    return redirect("access:sign_in_settings")


class SetUpApp(Shown, ActivateTOTPView):  # type: ignore[misc]  # allauth publishes no types
    """Set up an authenticator app."""

    form_class = AppForm
    template_name = "access/app.html"


class RemoveApp(Shown, DeactivateTOTPView):  # type: ignore[misc]  # likewise
    """Remove the authenticator app."""

    template_name = "access/remove_factor.html"


class AddPasskey(Shown, AddWebAuthnView):  # type: ignore[misc]  # likewise
    """Set up a passkey: one that asks who uses it, and signs in by itself."""

    form_class = PasskeyForm
    template_name = "access/passkey.html"

    def get_context_data(self, **details: Any) -> dict[str, Any]:
        """Ask for a passkey that the device itself keeps."""
        context: dict[str, Any] = super().get_context_data(**details)
        return context | {"options": begin_registration(self.request.user, passwordless=True)}


@open_to_accounts
@step_up
@require_http_methods(["GET", "HEAD", "POST"])
def remove_passkey(request: UserRequest, pk: int) -> HttpResponse:
    """Remove one of one's passkeys."""
    passkeys = queries.second_factors(user=request.user).filter(type=Authenticator.Type.WEBAUTHN)
    passkey = get_object_or_404(passkeys, pk=pk)
    if request.method == "POST":
        remove_authenticator(request, passkey)
        return redirect("access:sign_in_settings")
    return render(request, "access/remove_factor.html", {"passkey": passkey})


class RecoveryCodes(ViewRecoveryCodesView):  # type: ignore[misc]  # likewise
    """Show new recovery codes, once."""

    template_name = "access/recovery_codes.html"


class NewRecoveryCodes(Shown, GenerateRecoveryCodesView):  # type: ignore[misc]  # likewise
    """Make new recovery codes; those so far are void."""

    template_name = "access/new_recovery_codes.html"


@method_decorator(step_up, name="dispatch")
class ChangePassword(Shown, PasswordChangeView):
    """Change one's password; every other session ends."""

    form_class = ChangePasswordForm
    template_name = "access/change_password.html"
    success_url = reverse_lazy("access:sign_in_settings")

    def form_valid(self, form: Any) -> HttpResponse:
        """Say so, and write it down."""
        response = super().form_valid(form)
        user = form.user
        here = self.request.session.session_key
        actions.change_password(user=user, here=here, by=user, at=timezone.now())
        messages.success(self.request, _("The password is changed. Every other session has ended."))
        return response


@open_to_accounts
@require_POST
def sessions(request: UserRequest) -> HttpResponse:
    """End one of one's sessions, or all but this one."""
    ended = actions.end_sessions(
        user=request.user,
        here=request.session.session_key,
        only=request.POST.get("session", ""),
        by=request.user,
        at=timezone.now(),
    )
    if ended:
        messages.success(request, _("The session has ended."))
    return redirect("access:sign_in_settings")
