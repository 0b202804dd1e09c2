"""Sign every account of an installation in, and say its cookie.

    python -m serving.sessions OUT

Runs inside Django. A benchmark of pages measures pages: the ceremony of signing in has tests of
its own, and Argon2 alone would take most of a processor if fifty people did it at once.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import django


def cookies() -> dict[str, str]:
    """Return the session cookie of each account by its username."""
    from allauth.account.internal.flows.login import record_authentication  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415 (Django is set up by now)
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415
    from django.http import HttpRequest  # noqa: PLC0415

    from kinward.access.models import User  # noqa: PLC0415

    made = {}
    for user in User.objects.all():
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        request = HttpRequest()
        request.session = session
        record_authentication(request, user, "mfa", type="totp")
        session.save()
        made[user.username] = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
    return made


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kinward.settings")
    django.setup()
    Path(sys.argv[1]).write_text(json.dumps(cookies()), encoding="utf-8")
