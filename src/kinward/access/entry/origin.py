"""Where a request comes from: its address, and a browser that is known to an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core import signing
from django.utils.crypto import get_random_string, salted_hmac

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

COOKIE: Final = "__Host-browser" if settings.ENCRYPTED else "browser"
KEPT: Final = 90 * 24 * 60 * 60  # seconds since someone last signed in there
MOST_ACCOUNTS: Final = 10  # colleagues who share a browser
SALT: Final = "kinward.browser"


def address_of(request: HttpRequest) -> str:
    """Return the address of whoever asks; behind a proxy, the one the proxy itself has seen."""
    through = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return through.split(",")[-1].strip() or request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104 (a socket without address)


def mark(username: str) -> str:
    """Return what stands for an account in the cookie: no name lies on a shared computer."""
    return salted_hmac(SALT, username).hexdigest()[:16]


def read(request: HttpRequest) -> tuple[str, list[str]]:
    """Return the browser's identifier and the accounts it is known to; nothing if it is new."""
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return "", []
    return str(kept["browser"]), list(kept["accounts"])


def known_browser(request: HttpRequest, username: str) -> str:
    """Return the identifier of the browser if that account has signed in with it, else nothing."""
    browser, accounts = read(request)
    return browser if mark(username) in accounts else ""


def remember_browser(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Have the browser say, next time, that this account has signed in with it."""
    browser, accounts = read(request)
    others = [account for account in accounts if account != mark(username)]
    kept = {
        "browser": browser or get_random_string(22),
        "accounts": [mark(username), *others][:MOST_ACCOUNTS],
    }
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=SALT),
        max_age=KEPT,
        secure=settings.ENCRYPTED,
        httponly=True,
        samesite="Lax",
    )
