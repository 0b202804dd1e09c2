"""A client that is signed in as an installation has it, over TLS where that is asked for."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.test import Client


class ProvedClient(Client):
    """A client whose `force_login` counts as a password and a second factor, given just now."""

    def generic(self, method, path, *args, secure=False, **more):
        return super().generic(method, path, *args, secure=secure or settings.ENCRYPTED, **more)

    def force_login(self, user: object, backend: str | None = None, *, proved: bool = True) -> None:
        with transaction.atomic():  # where the database is told who acts
            super().force_login(user, backend)
        if proved:
            request = HttpRequest()
            request.session = self.session
            record_authentication(request, user, "mfa", type="totp")
            request.session.save()
