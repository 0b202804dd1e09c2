"""Writes down who came in and how, and whose second factor was refused. Never what was typed.

Passwords that were refused are written down where they are counted, in `guessing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import user_logged_in
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_used
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from kinward.access.entry import proof
from kinward.access.models import User, clock
from kinward.audit.actions import record

if TYPE_CHECKING:
    from django.http import HttpRequest


def listen() -> None:
    """Hear of everything that happens to a sign-in, whichever way it was done."""
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    authenticator_used.connect(factor_given)
    authentication_failed.connect(factor_refused)
    post_save.connect(factor_kept, sender=Authenticator)
    post_delete.connect(factor_removed, sender=Authenticator)


def signed_in(*, request: HttpRequest, user: User, **_signal: Any) -> None:
    """Write down who signed in, and by which means."""
    given = [each.get("type", each["method"]) for each in get_authentication_records(request, user)]
    record("access.signed_in", user, by=user, at=timezone.now(), given=given)


def signed_out(*, user: User | None, **_signal: Any) -> None:
    """Write down that someone signed out."""
    if user is not None:
        record("access.signed_out", user, by=user, at=timezone.now())


def factor_given(*, user: User, authenticator: Authenticator, **_signal: Any) -> None:
    """Write down that a second factor was given."""
    kind = str(authenticator.type)
    record("access.second_factor_given", user, by=user, at=timezone.now(), kind=kind)


def factor_refused(*, user: User, **_signal: Any) -> None:
    """Write down that a second factor was refused."""
    record("access.second_factor_refused", user, by=clock(), at=timezone.now())


def factor_kept(*, instance: Authenticator, created: bool, **_signal: Any) -> None:
    """Write down a new second factor. Who sets one up has given it, so the session has it too."""
    if not created:
        return
    kind, user, request = str(instance.type), instance.user, context.request
    actor = acting(request, user)
    record("access.second_factor_added", user, by=actor, at=timezone.now(), kind=kind)
    if request is not None and actor == user and kind != Authenticator.Type.RECOVERY_CODES:
        proof.prove(request, proof.SECOND_FACTOR, id=instance.pk, type=kind)


def factor_removed(*, instance: Authenticator, **_signal: Any) -> None:
    """Write down that a second factor is gone."""
    kind, user = str(instance.type), instance.user
    actor = acting(context.request, user)
    record("access.second_factor_removed", user, by=actor, at=timezone.now(), kind=kind)


def acting(request: HttpRequest | None, user: User) -> User:
    """Return who does it: whoever makes the request, else the owner."""
    signed_in = getattr(request, "user", None)
    return signed_in if isinstance(signed_in, User) else user
