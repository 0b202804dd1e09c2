"""What is new for an account since it last looked: derived from the ledgers, naming nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Max, Q
from django.utils import timezone

from kinward.access.queries import (
    approvals_to_answer,
    assigned_to,
    last_look,
    notices,
    referrals_to_answer,
)
from kinward.casework.queries import newly_due, tasks_waiting
from kinward.casework.rules import Urgency
from kinward.tracing.queries.verifications import open_interviews
from kinward.tracing.queries.work import opinions_wanted, third_opinions_wanted
from kinward.tracing.rules import VERY_LIKELY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from kinward.access.models import User

    Rows = Callable[[User, datetime, datetime], QuerySet[Any]]

AT_FIRST: Final = timedelta(days=14)  # what is told to who never looked


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """How much is new of one kind, and when the last of it came."""

    key: str
    count: int
    last_at: datetime


def tasks_come_due(user: User, since: datetime, at: datetime) -> QuerySet[Any]:
    """What this account has to do, and is due now and was not when it last looked."""
    before, today = timezone.localdate(since), timezone.localdate(at)
    due = tasks_waiting(user=user).filter(due_on__lte=today)
    return due.filter(Q(due_on__gt=before) | Q(set_at__gt=since))


def disputes(user: User, _since: datetime, _at: datetime) -> QuerySet[Any]:
    """Disputes that wait for this account, each with when it was last added to."""
    disputed = third_opinions_wanted(user=user)
    return disputed.annotate(disputed_at=Max("reviews__reviewed_at"))


# What there is to tell, and when each came.
TOLD: Final[Mapping[str, tuple[Rows, str]]] = {
    "assigned": (lambda user, _since, at: assigned_to(user=user, at=at), "since"),
    "tasks": (lambda user, _since, _at: tasks_waiting(user=user), "set_at"),
    "tasks_due": (tasks_come_due, ""),
    "very_likely": (
        lambda user, _since, _at: opinions_wanted(user=user).filter(probability__gte=VERY_LIKELY),
        "first_found_at",
    ),
    "disputed": (disputes, "disputed_at"),
    "interviews": (lambda user, _since, _at: open_interviews(user=user), "asked_at"),
    "referrals": (lambda user, _since, _at: referrals_to_answer(user=user), "offered_at"),
    "approvals": (lambda user, _since, at: approvals_to_answer(user=user, at=at), "requested_at"),
    "notices": (lambda user, _since, _at: notices(user=user), "told_at"),
}

# Steps of cases that somebody is reminded of, and what is told of a manager too.
DUE: Final[Mapping[Urgency, str]] = {
    Urgency.ESCALATED: "escalated",
    Urgency.OVERDUE: "overdue",
    Urgency.SOON: "due_soon",
}


def news(*, user: User, at: datetime) -> list[New]:
    """What came for this account since it last looked, what came last first; only what waits."""
    return news_since(last_look(user=user) or at - AT_FIRST, user=user, at=at)


def news_since(since: datetime, *, user: User, at: datetime) -> list[New]:
    """What came for this account since a moment, what came last first; only what waits."""
    found = [new_of(key, user=user, since=since, at=at) for key in TOLD]
    found += steps_come_due(user=user, since=since, at=at)
    return sorted((each for each in found if each.count), key=lambda each: each.last_at)[::-1]


def steps_come_due(*, user: User, since: datetime, at: datetime) -> list[New]:
    """Count the steps of cases that are due soon, overdue or escalated, and were not then."""
    before, today = timezone.localdate(since), timezone.localdate(at)
    came = newly_due(user=user, since=before, today=today)
    return [New(key=key, count=came[urgency], last_at=at) for urgency, key in DUE.items()]


def new_of(key: str, *, user: User, since: datetime, at: datetime) -> New:
    """Count what is new of one kind."""
    rows, moment = TOLD[key]
    came = rows(user, since, at).order_by()
    if moment:
        came = came.filter(**{f"{moment}__gt": since})
        keys = came.values_list("pk", moment)
        moments = dict(keys)
        return New(key=key, count=len(moments), last_at=max(moments.values(), default=since))
    return New(key=key, count=came.aggregate(count=Count("pk"))["count"], last_at=at)
