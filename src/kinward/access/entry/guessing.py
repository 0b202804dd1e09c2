"""Stops who guesses passwords, without ever locking a worker out for good.

django-axes keeps the failures in the database; whether one may try again is decided here:

- From one address, or one browser known to the account, five wrong passwords are free. Each
  further one costs a wait: 1, 2, 4 … minutes, an hour at most.
- All unknown browsers together get 50 wrong passwords an account and day. A browser from which
  the account has signed in before is not counted among them and keeps its own tries, so that
  whoever guesses from many addresses cannot keep the worker out.
- A passkey is no guess and is never refused.

An address alone is never locked: a whole field office shares one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Q, Sum
from django.utils import timezone

from kinward.access.entry.limits import TRIES_PER_ACCOUNT, wait_after
from kinward.access.entry.origin import address_of, known_browser
from kinward.access.models import User, clock
from kinward.audit.actions import record

if TYPE_CHECKING:
    from django.http import HttpRequest


def origin_in(request: HttpRequest, username: str) -> str:
    """Return what takes the place of the user agent: which known browser it was, or nothing."""
    browser = known_browser(request, username)
    return f"browser {browser}" if browser else ""


class Guesses(AxesDatabaseHandler):  # type: ignore[misc]  # axes publishes no types
    """Axes' rows, our policy."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Tell whether this password is not even compared."""
        username = (credentials or {}).get("username") or ""
        origin, now = origin_in(request, username), timezone.now()
        here = Q(user_agent=origin) if origin else Q(user_agent="", ip_address=address_of(request))
        tried = AccessAttempt.objects.filter(
            username=username, attempt_time__gt=now - timedelta(hours=settings.AXES_COOLOFF_TIME)
        ).aggregate(
            here=Sum("failures_since_start", filter=here, default=0),
            last=Max("attempt_time", filter=here),
            unknown=Sum("failures_since_start", filter=Q(user_agent=""), default=0),
        )
        waiting = tried["last"] and now < tried["last"] + wait_after(tried["here"])
        return bool(waiting) or (not origin and tried["unknown"] >= TRIES_PER_ACCOUNT)

    def user_login_failed(
        self,
        sender: str,
        credentials: dict[str, Any],
        request: HttpRequest | None = None,
        **signal: Any,
    ) -> None:
        """Count a password that was compared and was wrong, and write it down.

        What the browser calls itself is not kept; nor what was typed for an account that does not
        exist, which may be someone's password.
        """
        if request is None or getattr(request, "axes_locked_out", False):
            return
        username = credentials.get("username") or ""
        request.axes_user_agent = origin_in(request, username)  # type: ignore[attr-defined]
        super().user_login_failed(sender, credentials, request, **signal)
        user = User.objects.filter(username=username).first()
        if user is not None:
            waits = self.is_locked(request, credentials)
            record("access.password_refused", user, by=clock(), at=timezone.now(), waits=waits)
