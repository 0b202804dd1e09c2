"""Whose data were kept as long as they may be, by the schedule. It lists, and erases nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Max

from kinward.access.models import Approval, ApprovalKind, Step
from kinward.access.queries import may
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.people.consents import Consent, ConsentRevisit
from kinward.people.models import Assertion, Attachment, LegalHold, Person, Printout
from kinward.people.retention import schedule

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.people.retention import Period

# What is added about somebody, and when; and what lies in compartments. Rooms above append to them.
ENTRIES: Final[list[tuple[Any, str, str]]] = [
    (Assertion, "person", "recorded_at"),
    (Consent, "subject", "recorded_at"),
    (ConsentRevisit, "answer__subject", "recorded_at"),
    (Attachment, "person", "added_at"),
    (Printout, "person", "asked_at"),
]
PARTS: Final[list[tuple[Any, str]]] = [
    (Assertion, "person"),
    (Attachment, "person"),
    (Printout, "person"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many people's data of one class are due, and of how many they must be kept."""

    period: Period
    due: int
    held: int

    @property
    def parts(self) -> list[str]:
        """Of which compartments."""
        return sorted(str(each.label) for each in self.period.compartments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """Somebody whose data were kept as long as they may be."""

    person: Person
    last_at: datetime  # the last entry about them
    due: tuple[Period, ...]
    held: bool
    asked: bool  # an erasure is asked for, and not carried out or refused

    @property
    def reference(self) -> str:
        """Their reference."""
        return self.person.reference

    @property
    def classes(self) -> str:
        """The classes of data that are due."""
        return ", ".join(period.data_class for period in self.due)


def overdue(*, at: datetime) -> list[Overdue]:
    """Whose data of any class have been kept as long as they may be, the longest untouched first.

    Everything is counted once for everybody: no question is asked person by person.
    """
    last, holds = last_entries(), held()
    due = {
        person: tuple(each for each in schedule() if each.compartments & parts)
        for person, parts in compartments_of(last).items()
    }
    due = {
        person: tuple(each for each in periods if each.ends(last[person]) <= at)
        for person, periods in due.items()
    }
    listed = sorted((last[person], person) for person, periods in due.items() if periods)
    people = Person.objects.in_bulk([person for _, person in listed])
    asked = erasures_asked([str(person) for _, person in listed], at=at)
    return [
        Overdue(
            person=people[person],
            last_at=moment,
            due=due[person],
            held=person in holds,
            asked=str(person) in asked,
        )
        for moment, person in listed
    ]


def all_due(*, user: User, at: datetime) -> list[Overdue]:
    """Whose data of any class are due, for who watches over it."""
    return overdue(at=at) if may(user, Permission.SEE_ERASURES) else []


def counted(people: Iterable[Overdue]) -> list[Counted]:
    """How many people's data are due, class by class."""
    listed = list(people)
    return [
        Counted(
            period=period,
            due=sum(period in each.due for each in listed),
            held=sum(period in each.due and each.held for each in listed),
        )
        for period in schedule()
    ]


@passage(Passage.COUNTING)
def last_entries() -> dict[UUID, datetime]:
    """Everybody who was not erased, with the last moment at which anything was added about them."""
    last = dict(Person.objects.filter(erasure__isnull=True).values_list("pk", "registered_at"))
    for model, subject, moment in ENTRIES:
        added = model.objects.order_by().values(subject).annotate(last=Max(moment))
        for person, when in added.values_list(subject, "last"):
            if person in last:
                last[person] = max(last[person], when)
    return last


@passage(Passage.COUNTING)
def compartments_of(people: Container[UUID]) -> dict[UUID, set[str]]:
    """Of which compartments something stands about these people."""
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    for model, subject in PARTS:
        rows = model.objects.order_by().values_list(subject, "compartment").distinct()
        for person, part in rows:
            if person in people:
                found[person].add(part)
    return dict(found)


@passage(Passage.COUNTING)
def held() -> set[UUID]:
    """Whose data must be kept for now."""
    standing = LegalHold.objects.filter(lifts=None, lifted_by=None)
    return set(standing.values_list("person", flat=True))


def erasures_asked(keys: list[str], *, at: datetime) -> set[str]:
    """Of whom an erasure is asked for, and may still be carried out."""
    asked = Approval.objects.filter(
        kind=ApprovalKind.ERASURE, payload__person__in=keys, expires_at__gt=at
    ).exclude(steps__step__in=[Step.REFUSED, Step.USED])
    return {payload["person"] for payload in asked.values_list("payload", flat=True)}
