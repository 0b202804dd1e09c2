"""Opening and closing the secret address at which one's calendar reads what is due."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.models import User
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.casework.models import Feed, FeedEnd
from kinward.casework.queries import digest_of, open_feeds
from kinward.core.errors import NotAllowed

if TYPE_CHECKING:
    from datetime import datetime

BYTES: Final = 32  # of chance: nobody guesses an address


@transaction.atomic
def open_feed(*, by: User, at: datetime) -> str:
    """Make an address for the calendar of an account, and close the one before.

    Returns its secret part, which is kept nowhere.

    Raises:
        NotAllowed: nothing is due to this account.
    """
    if not may(by, Permission.SEE_DUE):
        raise NotAllowed(_("Your role does not include it. Nothing was changed."))
    close_feed(by=by, at=at)
    token = secrets.token_urlsafe(BYTES)
    feed = Feed.objects.create(account=by, digest=digest_of(token), made_at=at)
    record("casework.opened_feed", None, by=by, at=at, feed=str(feed.pk))
    return token


@transaction.atomic
def close_feed(*, by: User, at: datetime) -> int:
    """Close the address of one's own, if there is one; return how many were closed."""
    User.objects.select_for_update().get(pk=by.pk)  # one address at a time, whoever asks at once
    found = list(open_feeds(account=by))
    for feed in found:
        FeedEnd.objects.create(feed=feed, ended_at=at)
        record("casework.closed_feed", None, by=by, at=at, feed=str(feed.pk))
    return len(found)
