"""Says for each request who acts, so that whatever is written in it is written as theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kinward.audit.context import NOBODY, acting
from kinward.core.ids import uuid7

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

# The first that fits, as browsers also name those they descend from.
BROWSERS: Final = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
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
        with acting(by, request_id=request_id, device=device):
            return self.get_response(request)


def kind_of_device(agent: str) -> str:
    """Return browser and system, as "Firefox, Android": a hint, too coarse to follow anyone by."""
    found = (next((each for each in known if each in agent), "") for known in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, found))
