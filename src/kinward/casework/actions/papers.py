"""Pushing down what a journey needs of a child's travel document."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from kinward.access.rows import Passage, passage
from kinward.audit.actions import record
from kinward.casework.models import DocumentInHand

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """A travel document as far as a journey needs it, before it is stored."""

    document: UUID
    usable: bool
    kind: str
    issuer: str
    number: str
    surname: str
    given: str
    zone_surname: str
    zone_given: str
    valid_from: date
    valid_until: date


@transaction.atomic
@passage(Passage.GATES)
def push_document(*, child: Person, found: InHand, by: User, at: datetime) -> DocumentInHand | None:
    """Say with which document a child travels, or that it cannot be used any more.

    Returns None where the last row says so already. Whether `by` may say so was asked by the room
    that keeps the document.
    """
    last = DocumentInHand.objects.filter(child=child).order_by("-recorded_at", "-id").first()
    said = asdict(found)
    if last and all(getattr(last, name) == value for name, value in said.items()):
        return None
    if not found.usable and (last is None or last.document != found.document):
        return None
    row = DocumentInHand.objects.create(child=child, **said, recorded_by=by, recorded_at=at)
    told = {"document": str(row.document), "usable": row.usable}
    record("casework.pushed_document", child, by=by, at=at, **told)
    return row
