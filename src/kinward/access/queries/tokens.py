"""The tokens by which machines act for an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinward.access.models import Token
from kinward.access.queries.standing import is_suspended
from kinward.core.keys import digest_for

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from kinward.access.models import User


def tokens(*, user: User) -> QuerySet[Token]:
    """The tokens that this account has given, newest first."""
    return Token.objects.filter(account=user).select_related("end").order_by("-given_at", "-id")


def token_shown(secret: str, *, at: datetime) -> Token | None:
    """The token that a machine shows, if it stands and its account may come in."""
    digest = digest_of_token(secret)
    standing = Token.objects.filter(digest=digest, end__isnull=True, expires_at__gt=at)
    found = standing.select_related("account").first()
    if found is None or not found.account.is_active or is_suspended(found.account, at=at):
        return None
    return found


def digest_of_token(secret: str) -> str:
    """Return what is kept of a token."""
    return digest_for("access.token", secret)
