"""Stands between a signed-in session and everything else, until it has proved enough.

In this order: the session is younger than a working day; its role has a second factor; it was not
left alone for too long. Who fails is led to the page that mends it; machines are told.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from kinward.access.entry import held, proof
from kinward.access.models import User

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

# What a session may do that has proved nothing yet, or is locked.
ALWAYS: Final = frozenset({"access:confirm", "access:sign_out", "access:lock"})
# Where a second factor is set up, while there is none.
SET_UP: Final = frozenset(
    {"access:sign_in_settings", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes"}
)
WRITE_EVERY: Final = 30  # seconds: the time of the last request is not worth a write each time


class Proved:
    """Lets a session in that has proved what its role needs, and was not left alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Let the view run, or lead to what is missing."""
        user = request.user
        if not isinstance(user, User) or not getattr(view, "login_required", True) or user.token:
            return None  # who gave a token had proved enough
        name = request.resolver_match.view_name if request.resolver_match else ""
        if is_over(request):
            return self.end(request)
        if name in ALWAYS:
            return None
        if proof.second_factor_missing(request):
            return self.prove_first(request, user, name)
        if is_left_alone(request):
            request.session[proof.LOCKED] = True
            return proof.refuse(request) or proof.ask(request)
        if time.time() - request.session[proof.SEEN] > WRITE_EVERY:
            request.session[proof.SEEN] = time.time()
        return None

    def end(self, request: HttpRequest) -> HttpResponse:
        """End a session older than a working day; a form that was sent waits for the next."""
        held.hold(request)
        kept = request.session.get(held.KEY)
        logout(request)
        if kept:
            request.session[held.KEY] = kept
        there = reverse("access:carry_on") if kept else request.get_full_path()
        after = urlencode({"next": there})
        return proof.refuse(request) or HttpResponseRedirect(
            f"{reverse(settings.LOGIN_URL)}?{after}"
        )

    def prove_first(self, request: HttpRequest, user: User, name: str) -> HttpResponse | None:
        """Lead to giving the second factor, or to setting one up where there is none."""
        if proof.factors_of(user):
            return proof.refuse(request) or proof.ask(request)
        if name in SET_UP:
            return None
        return proof.refuse(request) or HttpResponseRedirect(reverse("access:sign_in_settings"))


def is_over(request: HttpRequest) -> bool:
    """Tell whether the session was opened longer ago than a working day; the first look counts."""
    now = time.time()
    began = request.session.setdefault(proof.BEGAN, now)
    request.session.setdefault(proof.SEEN, now)
    return bool(now - began > settings.SESSION_COOKIE_AGE)


def is_left_alone(request: HttpRequest) -> bool:
    """Tell whether the session is locked, or nobody has used it for too long."""
    idle = time.time() - request.session[proof.SEEN]
    return bool(request.session.get(proof.LOCKED)) or idle > settings.IDLE_MINUTES * 60
