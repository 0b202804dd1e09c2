"""Giving a machine a token to act for oneself, and ending it."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.models import Token, TokenEnd, User
from kinward.access.queries import digest_of_token, tokens
from kinward.access.rules import may_be_given
from kinward.audit.actions import record
from kinward.core.doors import policies_of_operations
from kinward.core.errors import NotFound, RuleBroken

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

MARK: Final = "kwt_"  # by which a token is known where it was left lying
BYTES: Final = 32


class UnfitToken(RuleBroken):
    """A machine cannot be given that."""


@transaction.atomic
def give_token(  # noqa: PLR0913 (what a token is bound to)
    *, name: str, purpose: str, scopes: Collection[str], days: int, by: User, at: datetime
) -> tuple[Token, str]:
    """Give a machine a token; return it and what the machine shows, which is kept nowhere.

    Raises:
        UnfitToken: it has no name, or would open more than its account reads, or for too long.
    """
    offered = policies_of_operations()
    fits = may_be_given(by.role, purpose=purpose, scopes=scopes, offered=offered, days=days)
    if not name.strip() or not fits:
        raise UnfitToken(_("Say what the machine is called, what for, and what it may do."))
    secret = MARK + secrets.token_urlsafe(BYTES)
    given = Token.objects.create(
        account=by,
        name=name.strip(),
        purpose=purpose,
        scopes=" ".join(sorted(scopes)),
        digest=digest_of_token(secret),
        given_at=at,
        expires_at=at + timedelta(days=days),
    )
    told = {"token": str(given.pk), "purpose": purpose, "scopes": given.scopes, "days": days}
    record("access.gave_token", by, by=by, at=at, **told)
    return given, secret


@transaction.atomic
def end_token(*, token_id: UUID, by: User, at: datetime) -> TokenEnd:
    """End a token of one's own now.

    Raises:
        NotFound: it is none of theirs, or has been ended.
    """
    given = tokens(user=by).filter(pk=token_id, end__isnull=True).first()
    if given is None:
        raise NotFound(_("There is no such token."))
    record("access.ended_token", by, by=by, at=at, token=str(given.pk))
    return TokenEnd.objects.create(token=given, ended_by=by, ended_at=at)
