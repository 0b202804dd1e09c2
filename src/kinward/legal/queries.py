"""What is kept of a child's papers, for whom they are open to, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinward.legal.models import Noted, TravelDocument
from kinward.legal.rules import (
    InLetters,
    Printed,
    differences,
    flaws,
    in_letters,
    is_as_told,
)
from kinward.people.naming import machine_readable, spelled_in_documents

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kinward.access.models import User
    from kinward.legal.models import Difference, DocumentNote, Flaw, NameCheck
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
