"""What a session has proved: which factors were given in it, and when. Times are Unix seconds."""

from __future__ import annotations

import time
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kinward.access.entry import held
from kinward.access.entry.limits import needs_second_factor
from kinward.access.models import User
from kinward.core.errors import NotSignedIn, problem
from kinward.core.middleware import PROBLEM
from kinward.core.once import nothing_done

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

SECOND_FACTOR: Final = "mfa"
SEEN: Final = "seen_at"  # in the session: the last request of a person
BEGAN: Final = "began_at"  # when it was opened
LOCKED: Final = "locked"


def second_factor_given(request: HttpRequest) -> bool:
    """Tell whether a second factor or a passkey was given in this session."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == SECOND_FACTOR for record in records)


def second_factor_missing(request: HttpRequest) -> bool:
    """Tell whether the session still lacks the second factor its role needs. A demo needs none."""
    user = request.user
    if settings.DEMO or not isinstance(user, User) or not needs_second_factor(user.role):
        return False
    return not second_factor_given(request)


def factors_of(user: User) -> set[str]:
    """Return which kinds of second factor the account has."""
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def proved_lately(request: HttpRequest, *, minutes: float) -> bool:
    """Tell whether who sits there proved who they are within so many minutes.

    Where a second factor was given in the session, only that counts.
    """
    records = get_authentication_records(request, request.user)
    strong = [record for record in records if record["method"] == SECOND_FACTOR]
    return any(time.time() - record["at"] < minutes * 60 for record in strong or records)


def prove(request: HttpRequest, method: str, **details: Any) -> None:
    """Write into the session that its owner has proved who they are, and unlock it."""
    record_authentication(request, request.user, method, reauthenticated=True, **details)
    unlock(request)


def unlock(request: HttpRequest) -> None:
    """Go on with the session from now."""
    request.session.pop(LOCKED, None)
    request.session[SEEN] = time.time()


def ask(request: HttpRequest) -> HttpResponse:
    """Lead to where one proves who one is; what was typed waits in the session."""
    held.hold(request)
    there = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('access:confirm')}?{there}")


def refuse(request: HttpRequest) -> HttpResponse | None:
    """Return what a machine is told, or the script of an open page; nothing for people."""
    if request.resolver_match and request.resolver_match.app_name == "ninja":
        return told()
    if request.headers.get("Accept") == "application/json":
        return told()
    if request.headers.get("HX-Request"):
        # The page stays as it is, with what was typed: its script covers it and asks.
        request.policy_decided = True  # type: ignore[attr-defined]  # read by DefaultDeny
        return HttpResponse(status=204, headers={"HX-Trigger": "kinward:locked"})
    return None


def told() -> HttpResponse:
    """Return what machines and scripts read."""
    content = problem(NotSignedIn(_("This session must prove again who uses it.")))
    return JsonResponse(content, status=content["status"], content_type=PROBLEM)


def step_up(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a view run only for who has just proved who they are; else ask, and carry on after it.

    For what could do much harm from an unattended screen: accounts, break-glass, what is revealed
    of a match, exports. The script of an open page asks upon the page itself.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if proved_lately(request, minutes=settings.STEP_UP_MINUTES):
            return view(request, *args, **kwargs)
        # The form that is carried on is not a request sent twice.
        return nothing_done(refuse(request) or ask(request))

    return guarded
