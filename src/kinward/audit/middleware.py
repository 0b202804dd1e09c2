"""Says for each request who acts, so that whatever is written in it is written as theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from kinward.audit.actions import record_refusal
from kinward.audit.context import NOBODY, acting
from kinward.audit.rules import is_key
from kinward.core.ids import uuid7

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from kinward.audit.context import Actor

# The first that fits, as browsers also name those they descend from.
BROWSERS: Final = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
REFUSED: Final = frozenset({403, 404})
SYSTEMS: Final = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux")


class SayWhoActs:
    """Acts as the account that signed in, or as nobody. Stands behind authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on as its maker, under an identifier of its own."""
        by = request.user if request.user.is_authenticated else NOBODY
        device = kind_of_device(request.headers.get("User-Agent", ""))
        request_id = getattr(request, "request_id", "") or str(uuid7())
        purpose = import_string(settings.PURPOSE_OF)(by)
        with acting(by, purpose=purpose, request_id=request_id, device=device):
            response = self.get_response(request)
            if response.status_code in REFUSED:
                write_refusal(request, response.status_code, by=by)
        return response


def write_refusal(request: HttpRequest, status: int, *, by: Actor) -> None:
    """Write down which records were asked for in vain: whoever tries many leaves a trail."""
    match = request.resolver_match
    asked = [key for key in match.kwargs.values() if is_key(key)] if match else []
    if match and asked:
        with transaction.atomic():
            record_refusal(asked, by=by, at=timezone.now(), status=status, route=match.route)


def kind_of_device(agent: str) -> str:
    """Return browser and system, as "Firefox, Android": a hint, too coarse to follow anyone by."""
    found = (next((each for each in known if each in agent), "") for known in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, found))
