"""What is due on the cases this account may know of, and the address its calendar reads."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinward.access.models import Role
from kinward.access.queries import may, open_compartments
from kinward.access.rules import Permission
from kinward.casework.models import Feed
from kinward.casework.queries.board import children_on_board
from kinward.casework.rules import Urgency, as_of, due_on
from kinward.casework.tracks import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable
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

    A case worker, who carries the case, is told of the tracks that are open to them; whoever else
    acts, of what they do on those; a programme manager, who opens no file, of everything, by the
    child's reference and in words of code lists. Who may not see what is due is told nothing.
    """
    if not may(user, Permission.SEE_DUE):
        return []
    concerns = concerning(user)
    found = [
        OnDay(child=one.child, due=due, today=today)
        for one in children_on_board(user=user, today=today)
        for due in due_on(one.case, one.entered[0].on, today)
        if concerns(due)
    ]
    return sorted(found, key=lambda each: (each.due.on, each.child.reference))


def concerning(user: User) -> Callable[[Due], bool]:
    """Return what tells whether something that is due concerns this account."""
    if user.role == Role.PROGRAMME_MANAGER:
        return lambda _due: True
    opened, carries = open_compartments(user), user.role == Role.CASE_WORKER
    return lambda due: TABLES[due.track].compartment in opened and (carries or due.by == user.role)


def due_for(*, user: User, today: date) -> list[OnDay]:
    """What needs this account now: what is overdue; of a manager, what is escalated to them."""
    needs = {Urgency.ESCALATED}
    if user.role != Role.PROGRAMME_MANAGER:
        needs.add(Urgency.OVERDUE)
    return [one for one in all_due(user=user, today=today) if one.urgency in needs]


def newly_due(*, user: User, since: date, today: date) -> Counter[Urgency]:
    """How much has become due soon, overdue, or so late that a manager is told, since a day.

    It is asked of the same ledgers as they stood on that day: nothing is stored. A manager is told
    of nothing else than what is escalated.
    """
    found: Counter[Urgency] = Counter()
    if not may(user, Permission.SEE_DUE):
        return found
    concerns, manages = concerning(user), user.role == Role.PROGRAMME_MANAGER
    for one in children_on_board(user=user, today=today):
        begun = one.entered[0].on
        now = [each for each in due_on(one.case, begun, today) if concerns(each)]
        then = due_on(as_of(one.case, since), begun, since) if begun <= since and now else ()
        before = {each: each.urgency(since) for each in then}
        found.update(
            urgency
            for each in now
            if (urgency := each.urgency(today)) < before.get(each, Urgency.LATER)
        )
    return Counter({Urgency.ESCALATED: found[Urgency.ESCALATED]}) if manages else found


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
