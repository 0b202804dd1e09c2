"""What is due on the cases this account may know of, and the address its calendar reads."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinward.access.models import Role
from kinward.access.queries import open_compartments
from kinward.casework.models import Feed
from kinward.casework.queries.board import children_on_board
from kinward.casework.rules import Urgency, due_on
from kinward.casework.tracks import TABLES

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from kinward.access.models import User
    from kinward.casework.rules import Due
    from kinward.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDay:
    """One thing that is due about one child."""

    child: Person
    due: Due
    today: date

    @property
    def words(self) -> str:
        """The step that is awaited, or what runs out, in words; nothing of a hold."""
        return TABLES[self.due.track].label(self.due.to) if self.due.to else ""

    @property
    def late(self) -> int:
        """For how many days it is overdue; negative where its day is still to come."""
        return (self.today - self.due.on).days

    @property
    def urgency(self) -> Urgency:
        """How pressing it is."""
        return self.due.urgency(self.today)


def all_due(*, user: User, today: date) -> list[OnDay]:
    """What is due on the children this account may know of, the first due first.

    Who works on a case is told of the tracks that are open to them; a programme manager, who opens
    no file, of everything, by the child's reference and in words of code lists.
    """
    opened = open_compartments(user)
    plans = user.role == Role.PROGRAMME_MANAGER
    found = [
        OnDay(child=one.child, due=due, today=today)
        for one in children_on_board(user=user, today=today)
        for due in due_on(one.case, one.entered[0].on, today)
        if plans or TABLES[due.track].compartment in opened
    ]
    return sorted(found, key=lambda each: (each.due.on, each.child.reference))


def open_feeds(*, account: User) -> QuerySet[Feed]:
    """The addresses of an account that answer."""
    return Feed.objects.filter(account=account, end__isnull=True)


def feed_of(token: str) -> Feed | None:
    """Return the address with this secret, if it answers and its account is open."""
    found = Feed.objects.filter(digest=digest_of(token), end__isnull=True, account__is_active=True)
    return found.select_related("account").first()


def digest_of(token: str) -> str:
    """Return what is kept of a secret: it has so much chance in it that it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
