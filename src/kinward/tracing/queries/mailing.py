"""Whom the system writes to now, and about how much: counts, never of whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings

from kinward.access.models import Mailed, Pace, User
from kinward.access.queries import last_look
from kinward.core.models import Job
from kinward.tracing.queries.news import AT_FIRST, New, news_since

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

MAIL_NEWS: Final = "tracing.mail_news"
PACES: Final[Mapping[Pace, timedelta]] = {
    Pace.HOURS: timedelta(hours=4),
    Pace.DAY: timedelta(days=1),
    Pace.WEEK: timedelta(days=7),
}
EARLY: Final = timedelta(minutes=5)  # a clock that runs each hour is not held up by seconds


def last_mail(*, user: User) -> datetime | None:
    """When this account was last written to about what is new; none where it never was."""
    mails = Mailed.objects.filter(account=user).order_by("mailed_at")
    return mails.values_list("mailed_at", flat=True).last()


def is_written_to(user: User) -> bool:
    """Tell whether an account is written to at all."""
    chosen = bool(user.mail_address) and user.mail_pace != Pace.NEVER
    return settings.SENDS_MAIL and user.is_active and chosen


def accounts_to_mail(*, at: datetime) -> list[User]:
    """Accounts that may be written to again, at the pace they chose; also where mail failed."""
    if not settings.SENDS_MAIL:
        return []
    open_to_it = User.objects.filter(is_active=True).exclude(mail_address="")
    waiting = Job.objects.filter(kind=MAIL_NEWS, done_at__isnull=True)
    found = []
    for user in open_to_it.exclude(mail_pace=Pace.NEVER).order_by("username"):
        since = at + EARLY - PACES[Pace(user.mail_pace)]
        mailed = Mailed.objects.filter(account=user, mailed_at__gt=since)
        tried = waiting.filter(arguments__account=str(user.pk), enqueued_at__gt=since)
        if not (mailed.exists() or tried.exists()):
            found.append(user)
    return found


def news_to_mail(*, user: User, at: datetime) -> list[New]:
    """What came for this account since it last looked or was written to, and still waits."""
    told = [moment for moment in (last_look(user=user), last_mail(user=user)) if moment]
    return news_since(max(told, default=at - AT_FIRST), user=user, at=at)
