"""Lets machines in by their tokens; tells of an account that was stopped, once it is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from kinward.access.actions.brakes import raise_alarm
from kinward.access.models import News, User
from kinward.access.queries import token_shown
from kinward.core.middleware import is_for_machines

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class ByToken:
    """Makes a request of the API that of the account whose token it shows.

    Where one is shown, a session counts for nothing: what a token does not open stays shut.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on as its account's, or as nobody's."""
        said, _, secret = request.headers.get("Authorization", "").partition(" ")
        if said.lower() == "bearer" and is_for_machines(request):
            shown = token_shown(secret.strip(), at=timezone.now())
            request.user = shown.account if shown else AnonymousUser()
            if shown:
                shown.account.token = shown
        return self.get_response(request)


class TellOfStops:
    """Writes down that the brake stopped somebody: outside the transaction that it undid."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and tell if it was stopped."""
        response = self.get_response(request)
        if hasattr(request, "stopped") and isinstance(request.user, User):
            raise_alarm(News.STOPPED, by=request.user, at=timezone.now())
        return response
