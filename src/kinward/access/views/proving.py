"""Proving again who one is: after a pause, before something grave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.entry import held, proof
from kinward.access.forms import CodeAgainForm, PasswordAgainForm
from kinward.core.doors import open_to_accounts
from kinward.core.middleware import PROBLEM
from kinward.core.pages import sent

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kinward.access.models import UserRequest

TYPED = {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}


@open_to_accounts
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password", "code", "credential")
def confirm(request: UserRequest) -> HttpResponse:
    """Ask once more who sits there; then go on where they were."""
    refused = ratelimit.consume_or_429(request, action="reauthenticate", user=request.user)
    if refused:
        return refused  # type: ignore[no-any-return]  # allauth publishes no types
    kinds = proof.factors_of(request.user)
    form, passkey = forms_of(request, kinds)
    bound = [each for each in (form, passkey) if each is not None and each.is_bound]
    if bound and bound[0].is_valid():
        return let_through(request, bound[0])
    wrong = [each for each in bound if each.errors]
    if request.headers.get("Accept") == "application/json":
        return tell(wrong, kinds, request)
    context = {
        "form": form,
        "wrong": wrong,
        "next": there(request),
        "options": begin_authentication(request.user) if "webauthn" in kinds else None,
        "locked": proof.LOCKED in request.session,
    }
    return render(request, "access/confirm.html", context, status=422 if wrong else 200)


def forms_of(request: UserRequest, kinds: set[str]) -> tuple[Any, Any]:
    """Return the form to type into, if the account has such a way, and the passkey's."""
    data = sent(request)
    passkey = None
    if "webauthn" in kinds:
        proved = data if data and "credential" in data else None
        passkey = ReauthenticateWebAuthnForm(user=request.user, data=proved)
    typed = None if passkey is not None and passkey.is_bound else data
    if kinds & TYPED:
        return CodeAgainForm(user=request.user, data=typed), passkey
    if not kinds:
        return PasswordAgainForm(user=request.user, data=typed), passkey
    return None, passkey


def let_through(request: UserRequest, form: Any) -> HttpResponse:
    """Unlock the session, and carry on."""
    if isinstance(form, PasswordAgainForm):
        reauthenticate_by_password(request)
    else:
        form.save()
    proof.unlock(request)
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    if held.waiting(request):
        return redirect("access:carry_on")
    return HttpResponseRedirect(there(request))  # `redirect` would take it for a name


def tell(wrong: list[Any], kinds: set[str], request: UserRequest) -> HttpResponse:
    """Tell the script of a locked page what to ask for, or what was wrong."""
    if not wrong:
        options = begin_authentication(request.user) if "webauthn" in kinds else None
        return JsonResponse(
            {"code": bool(kinds & TYPED), "password": not kinds, "passkey": options}
        )
    said = " ".join(str(each) for errors in wrong[0].errors.values() for each in errors)
    return JsonResponse(
        {"type": "about:blank", "title": said, "status": 422, "detail": said},
        status=422,
        content_type=PROBLEM,
    )


def there(request: HttpRequest) -> str:
    """Return where one was, if that is here."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else settings.LOGIN_REDIRECT_URL


@open_to_accounts
@require_POST
def lock(request: UserRequest) -> HttpResponse:
    """Lock the session: the screen was left alone, or its owner leaves it."""
    request.session[proof.LOCKED] = True
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    return redirect("access:confirm")


@open_to_accounts
@require_POST
def still_here(_request: UserRequest) -> HttpResponse:
    """Take note that someone types: the middleware has done so before."""
    return HttpResponse(status=204)


@open_to_accounts
@require_safe
def carry_on(request: UserRequest) -> HttpResponse:
    """Show the form that waited, to be sent as it was: through every check a form goes through."""
    form = held.waiting(request)
    held.let_go(request)
    if form is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "access/carry_on.html", {"held": form})
