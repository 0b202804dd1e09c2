"""What is kept of a child's papers, for whom they are open to, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kinward.legal.models import Noted, Proceeding, TravelDocument
from kinward.legal.rules import (
    FOLLOWS,
    InLetters,
    Month,
    Penalty,
    Printed,
    by_month,
    days_late,
    differences,
    flaws,
    in_force,
    in_letters,
    is_as_told,
    owed,
)
from kinward.people.naming import machine_readable, spelled_in_documents

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kinward.access.models import User
    from kinward.legal.models import (
        CourtStep,
        Difference,
        DocumentNote,
        Duty,
        Flaw,
        NameCheck,
        Ruled,
    )
    from kinward.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A name as it stands on a passenger list, and how it differs from that in the document."""

    check: NameCheck
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A travel document with everything that follows from what is printed in it."""

    document: TravelDocument
    printed: Printed
    name: InLetters
    flaws: tuple[Flaw, ...]
    checks: tuple[Compared, ...]  # the newest first
    told: tuple[tuple[str, bool], ...]  # each name that was told of the child: is it this one?
    note: DocumentNote | None
    today: date

    @property
    def valid(self) -> bool:
        """Tell whether one may travel with it today."""
        in_force = self.document.valid_from <= self.today <= self.document.valid_until
        return in_force and self.note is None and not hasattr(self.document, "replaced_by")

    @property
    def days_left(self) -> int:
        """For how many days it is still valid; negative once it has expired."""
        return (self.document.valid_until - self.today).days

    @property
    def agrees(self) -> bool | None:
        """Tell whether the name last compared with it is the same; None if none was."""
        return self.checks[0].differences == () if self.checks else None

    @property
    def as_told(self) -> bool | None:
        """Tell whether a name that was told is the one in it; None where nobody told one."""
        return any(same for _, same in self.told) if self.told else None

    @property
    def mistyped(self) -> bool:
        """Tell whether it was typed wrongly."""
        return self.note is not None and self.note.noted == Noted.MISTYPED


def documents_of(
    child: Person, *, names: Iterable[str] = (), user: User, today: date
) -> list[Held]:
    """The travel documents of a child that this account may see, the newest first.

    `names` are those that were told of the child, as written.
    """
    told = [(name, machine_readable(name)) for name in names]
    seen = TravelDocument.objects.visible_to(user).filter(child=child)
    rows = seen.select_related("recorded_by", "note__recorded_by", "replaced_by")
    rows = rows.prefetch_related("checks__recorded_by").order_by("-recorded_at", "-id")
    return [held(row, told, today) for row in rows]


def held(document: TravelDocument, told: Iterable[tuple[str, str]], today: date) -> Held:
    """Return a document with what follows from what is printed in it."""
    printed = as_printed(document)
    name = in_letters(printed, machine_readable)
    checks = sorted(document.checks.all(), key=lambda check: check.recorded_at, reverse=True)
    return Held(
        document=document,
        printed=printed,
        name=name,
        flaws=flaws(printed, spelled_in_documents),
        checks=tuple(Compared(check=each, differences=compared(name, each)) for each in checks),
        told=tuple((written, is_as_told(name, letters)) for written, letters in told),
        note=getattr(document, "note", None),
        today=today,
    )


def as_printed(document: TravelDocument) -> Printed:
    """Return what stands in a document that was recorded."""
    return Printed(
        kind=document.kind,
        issuer=document.issuer,
        number=document.number,
        surname=document.surname,
        given=document.given,
        zone=document.zone,
        valid_from=document.valid_from,
        valid_until=document.valid_until,
    )


def compared(name: InLetters, check: NameCheck) -> tuple[Difference, ...]:
    """Return how a name on a passenger list differs from that in a document."""
    listed = InLetters(surname=machine_readable(check.surname), given=machine_readable(check.given))
    return differences(name, listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What a court ordered somebody to do, whether it is late, and what that costs."""

    duty: Duty
    today: date

    @property
    def done_on(self) -> date | None:
        """On which day it was done."""
        return self.duty.done.done_on if hasattr(self.duty, "done") else None

    @property
    def penalty(self) -> Penalty:
        """What each day costs; nothing where the court ordered nothing for being late."""
        return Penalty(
            per_day=self.duty.per_day or Decimal(0),
            due_on=self.duty.due_on,
            done_on=self.done_on,
            at_most=self.duty.at_most,
        )

    @property
    def days_late(self) -> int:
        """For how many days it is late, today included."""
        return days_late(self.penalty, self.today)

    @property
    def days_left(self) -> int:
        """How many days are left to do it, today not counted."""
        return (self.duty.due_on - self.today).days

    @property
    def owed(self) -> Decimal:
        """What the days late cost, for this child."""
        return owed(self.penalty, self.days_late)

    @property
    def months(self) -> list[Month]:
        """What they cost, month by month."""
        return by_month(self.penalty, self.today) if self.duty.per_day else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Matters:
    """A matter before the courts, with all that happened in it and all that was ordered."""

    proceeding: Proceeding
    steps: tuple[CourtStep, ...]
    clocks: tuple[Clock, ...]
    today: date

    @property
    def last(self) -> CourtStep:
        """What happened last."""
        return self.steps[-1]

    @property
    def in_force(self) -> bool:
        """Tell whether what was granted holds today."""
        last = self.last
        return in_force(last.ruled, last.in_force_from, last.in_force_until, self.today)

    @property
    def follows(self) -> tuple[Ruled, ...]:
        """What can happen next."""
        return FOLLOWS[self.last.ruled]


def matters_of(child: Person, *, user: User, today: date) -> list[Matters]:
    """The matters of a child before courts, as far as this account may see them, newest first."""
    seen = Proceeding.objects.visible_to(user).filter(child=child)
    rows = seen.prefetch_related("steps__recorded_by", "steps__duties__done")
    found = []
    for row in rows.order_by("-recorded_at", "-id"):
        steps = tuple(row.steps.all())
        duties = [duty for step in steps for duty in step.duties.all()]
        clocks = tuple(Clock(duty=duty, today=today) for duty in duties)
        found.append(Matters(proceeding=row, steps=steps, clocks=clocks, today=today))
    return found
