"""Whose data were kept as long as they may be, by the schedule. It lists, and erases nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from kinward.access.models import Approval, ApprovalKind, Step
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.people.consents import Consent
from kinward.people.models import Assertion, Attachment, LegalHold, Person
from kinward.people.retention import schedule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from kinward.access.models import User
    from kinward.people.retention import Period


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


def kept_so_far() -> QuerySet[Any, Any]:
    """Everybody who was not erased, with the moment of the last entry and whether a hold stands."""
    standing = LegalHold.objects.filter(person=OuterRef("pk"), lifts=None, lifted_by=None)
    kept = Person.objects.filter(erasure__isnull=True)
    return kept.annotate(last_at=last_entry(), held=Exists(standing))


def last_entry() -> Any:
    """Return the expression of the last moment at which anything was added about a person."""
    moments = [
        (Assertion.objects.filter(person=OuterRef("pk")), "recorded_at"),
        (Consent.objects.filter(subject=OuterRef("pk")), "recorded_at"),
        (Attachment.objects.filter(person=OuterRef("pk")), "added_at"),
    ]
    return Greatest(
        "registered_at",
        *(
            Coalesce(Subquery(rows.order_by(f"-{at}").values(at)[:1]), "registered_at")
            for rows, at in moments
        ),
    )


def holding(period: Period) -> Q:
    """Keep people of whom something stands in the compartments of a period."""
    parts = sorted(period.compartments)
    said = Assertion.objects.filter(person=OuterRef("pk"), compartment__in=parts)
    files = Attachment.objects.filter(person=OuterRef("pk"), compartment__in=parts)
    return Q(Exists(said)) | Q(Exists(files))


def due(period: Period, *, at: datetime) -> QuerySet[Any, Any]:
    """Whose data of that class have been kept as long as they may be."""
    return kept_so_far().filter(holding(period), last_at__lte=at - period.kept)


def counted(*, at: datetime) -> list[Counted]:
    """How many people's data are due, class by class."""
    found = [(each, due(each, at=at)) for each in schedule()]
    return [
        Counted(period=each, due=people.count(), held=people.filter(held=True).count())
        for each, people in found
    ]


def all_due(*, user: User, at: datetime) -> QuerySet[Any, Any]:
    """Whose data of any class are due, the longest untouched first, for who watches over it."""
    if not may(user, Permission.SEE_ERASURES):
        return Person.objects.none()
    return of_any_class(at)


def of_any_class(at: datetime) -> QuerySet[Any, Any]:
    """Whose data of any class are due, the longest untouched first."""
    reached = Q(pk__in=[])
    for period in schedule():
        reached |= holding(period) & Q(last_at__lte=at - period.kept)
    return kept_so_far().filter(reached).order_by("last_at", "pk")


def overdue(people: Iterable[Person] | None = None, *, at: datetime) -> list[Overdue]:
    """What is due of these people, or of everybody; with what keeps it and what was asked for."""
    listed: list[Any] = list(of_any_class(at) if people is None else people)
    keys = [each.pk for each in listed]
    of_class = {
        period: set(due(period, at=at).filter(pk__in=keys).values_list("pk", flat=True))
        for period in schedule()
    }
    asked = erasures_asked([str(key) for key in keys], at=at)
    return [
        Overdue(
            person=each,
            last_at=each.last_at,
            due=tuple(period for period, theirs in of_class.items() if each.pk in theirs),
            held=each.held,
            asked=str(each.pk) in asked,
        )
        for each in listed
    ]


def erasures_asked(keys: list[str], *, at: datetime) -> set[str]:
    """Of whom an erasure is asked for, and may still be carried out."""
    asked = Approval.objects.filter(
        kind=ApprovalKind.ERASURE, payload__person__in=keys, expires_at__gt=at
    ).exclude(steps__step__in=[Step.REFUSED, Step.USED])
    return {payload["person"] for payload in asked.values_list("payload", flat=True)}
