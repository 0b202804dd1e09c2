"""What an account was shown of people: what the brake on reading counts."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.module_loading import import_string

from kinward.access.models import Notice
from kinward.audit.models import Event

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

    from kinward.access.models import News, User

PERSON = "people.person"  # what the log calls a person
SHOWN = (
    "people.read",
    "people.listed",
    "people.found",
    "people.opened_file",
    "tracing.read_candidates",
    "operations.read_manifest",
    "operations.handed_out_manifest",
    "field.packed",
)
DAY, FOUR_WEEKS = timedelta(days=1), timedelta(days=28)


def read_by(user: User, *, since: datetime, until: datetime) -> QuerySet[Event]:
    """Events by which the account was shown people, in lists too: a list of names is a copy."""
    return Event.objects.filter(
        actor=user.username,
        kind=PERSON,
        action__in=SHOWN,
        at__gte=since,
        at__lt=until,
    )


def files_read(user: User, *, at: datetime) -> int:
    """How many different files the account was shown this day so far; see `files_among`."""
    day = start_of_day(at)
    shown = read_by(user, since=day, until=day + DAY).order_by()
    return files_among(shown.values_list("object_id", flat=True).distinct())


def files_among(ids: Iterable[str]) -> int:
    """How many children, or families who ask, these people are: tracing, above, says so."""
    return int(import_string(settings.FILES_AMONG)(ids))


def usual_days(user: User, *, at: datetime) -> list[int]:
    """How many different files the account was shown on each earlier day of four weeks.

    Nothing of it changes any more today, so it is asked once a day.
    """
    today = start_of_day(at)
    counted: list[int] | None = cache.get_or_set(
        f"usual_days:{user.pk}:{today:%Y-%m-%d}",
        lambda: _counted_by_day(user, today),
        timeout=DAY.total_seconds(),
    )
    return counted or []


def _counted_by_day(user: User, today: datetime) -> list[int]:
    shown = read_by(user, since=today - FOUR_WEEKS, until=today).order_by()
    days: dict[date, set[str]] = defaultdict(set)
    for moment, shown_id in shown.values_list("at", "object_id"):
        days[timezone.localdate(moment)].add(shown_id)
    return [count for ids in days.values() if (count := files_among(ids))]


def start_of_day(at: datetime) -> datetime:
    """Return the midnight before a moment, where the programme is."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def was_told(news: News, *, about: User, at: datetime) -> bool:
    """Tell whether that was told about the account today."""
    day = start_of_day(at)
    told = Notice.objects.filter(news=news, about=about, told_at__gte=day, told_at__lt=day + DAY)
    return told.exists()
