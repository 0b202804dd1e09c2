"""A child's health for machines: medics alone, of the children that are theirs."""

from datetime import date
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.refusing import REFUSALS
from kinward.health.models import EntryKind, Fit, Meeting
from kinward.health.views.opening import open_health

if TYPE_CHECKING:
    from kinward.access.models import UserRequest
    from kinward.health.queries import HealthFile, Seen

router = Router(tags=["health"])


class EntryOut(Schema):
    """Something written down when a child was seen."""

    id: UUID = Field(alias="entry.pk")
    kind: EntryKind
    said: dict[str, Any] = Field(alias="entry.said", description="Parts as of its kind.")
    stands: bool = Field(description="It was not taken back as a mistake.")


class SeenOut(Schema):
    """That a medic saw a child."""

    id: UUID
    meeting: Meeting
    seen_on: date
    place: str
    notes: str
    entries: list[EntryOut]


class FitnessOut(Schema):
    """What a medic stated about flying."""

    id: UUID = Field(alias="pk")
    fit: Fit
    until: date | None = Field(description="The last day on which it holds.")
    needs: str
    grounds: str


class HealthOut(Schema):
    """All that is kept of one child's health; the newest first."""

    child_id: UUID
    seen: list[SeenOut]
    fitness: list[FitnessOut]


@router.get("/children/{uuid:child_id}/health", response={200: HealthOut} | REFUSALS)
@sees(Permission.TREAT)
def read_health(request: HttpRequest, child_id: UUID) -> dict[str, Any]:
    """Read what is kept of a child's health: when it was seen, what was found, may it fly."""
    file: HealthFile = open_health(cast("UserRequest", request), child_id)["file"]
    return {
        "child_id": child_id,
        "seen": [told(each) for each in file.seen],
        "fitness": list(file.statements),
    }


def told(seen: "Seen") -> dict[str, Any]:
    """Return what is told of an encounter."""
    found = seen.encounter
    return {
        "id": found.pk,
        "meeting": found.meeting,
        "seen_on": found.seen_on,
        "place": found.place,
        "notes": found.notes,
        "entries": list(seen.entries),
    }
