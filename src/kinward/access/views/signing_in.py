"""Signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kinward.access.forms import SignInForm
from kinward.access.models import User
from kinward.audit.actions import record
from kinward.core.doors import open_to_accounts, open_to_all

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kinward.access.models import UserRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@open_to_all
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let someone in who has an account, and take them where they wanted to go."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = SignInForm(request, data=request.POST or None)
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "POST" and form.is_valid():
        return enter(request, form.get_user(), wanted)
    context = {"form": form, "next": wanted, "wrong": [form] if form.errors else []}
    return render(request, "access/sign_in.html", context, status=422 if form.errors else 200)


def enter(request: HttpRequest, account: object, wanted: str) -> HttpResponse:
    """Open the session, in the language of the account unless this browser has chosen another."""
    assert isinstance(account, User)  # noqa: S101 (what AUTH_USER_MODEL says)
    login(request, account)
    record("access.signed_in", account, by=account, at=timezone.now())
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(wanted if allowed else settings.LOGIN_REDIRECT_URL)
    known = dict(settings.LANGUAGES)
    if account.language in known and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(account.language)
        request.switched_language = account.language  # type: ignore[attr-defined]  # kept by middleware
    return response


@require_POST
@open_to_accounts
def sign_out(request: UserRequest) -> HttpResponse:
    """Close the session, and have the browser forget the pages it showed."""
    logout(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
