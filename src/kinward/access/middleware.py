"""Tells of an account that was stopped, once its last request is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from kinward.access.actions.brakes import raise_alarm
from kinward.access.models import News, User

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


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
