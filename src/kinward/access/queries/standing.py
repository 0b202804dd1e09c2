"""What an account may do at all, and whether it may come in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Min

from kinward.access.models import BreakGlass, User
from kinward.access.rules import Permission, compartments_of, grants
from kinward.access.rules.limits import too_late
from kinward.audit.models import Event
from kinward.core.errors import NotSignedIn

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from kinward.access.models import Compartment


def may(user: User | AnonymousUser, permission: Permission) -> bool:
    """Tell whether the account may do that at all. Which records it may do it to is for queries."""
    return isinstance(user, User) and user.is_active and may_by_token(user, permission)


def may_by_token(user: User, permission: str) -> bool:
    """Tell whether the role grants that and, where a machine asks, its token opens it."""
    opened = user.token is None or user.token.opens(permission)
    return opened and grants(user.role, permission)


def signed_in(request: HttpRequest) -> User:
    """Return who makes the request.

    Raises:
        NotSignedIn: nobody has signed in.
    """
    if not isinstance(request.user, User):
        raise NotSignedIn
    return request.user


def open_compartments(user: User) -> frozenset[Compartment]:
    """Return the compartments whose content the account reads in its daily work.

    Of one record it may be less, or more in an emergency: `policy.visible` says which statements.
    """
    return compartments_of(user.role) if user.is_active else frozenset()


def compares_blind(user: User) -> bool:
    """Tell whether the account compares children with requests: it learns no more than it must.

    Not who asks nor their words, not where anyone is, and of places no more than the region.
    """
    return may(user, Permission.REVIEW_CANDIDATE)


def tries_today(user: User, *, at: datetime) -> int:
    """How many records the account opened in an emergency, or tried to, in the day before."""
    day = at - timedelta(days=1)
    opened = BreakGlass.objects.filter(account=user, opened_at__gt=day, opened_at__lte=at).count()
    missed = Event.objects.filter(
        actor=user.username, action="access.missed_break_glass", at__gt=day, at__lte=at
    ).count()
    return opened + missed


def is_suspended(user: User, *, at: datetime) -> bool:
    """Tell whether an emergency of this account waits for its review for too long."""
    waiting = BreakGlass.objects.filter(account=user, review__isnull=True)
    return too_late(waiting.aggregate(since=Min("opened_at"))["since"], at)
