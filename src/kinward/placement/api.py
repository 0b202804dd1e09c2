"""A child's home for machines: carers, where it lives, the visits, and recording one."""

from datetime import date
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from kinward.access.queries import signed_in
from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.refusing import REFUSALS, WRITING, Reason, Words
from kinward.placement import actions
from kinward.placement.models import CarerKind, Placed, Visit, Where
from kinward.placement.views.homes import open_home

if TYPE_CHECKING:
    from kinward.access.models import UserRequest
    from kinward.placement.queries import Home

router = Router(tags=["placement"])


class CarerOut(Schema):
    """Somebody who could take a child in, or did."""

    id: UUID = Field(alias="pk")
    kind: CarerKind
    relation: str
    name: str
    address: str
    for_now: bool = Field(description="Until somebody is found for good.")


class VisitOut(Schema):
    """A visit after a child moved in."""

    id: UUID = Field(alias="pk")
    visited_on: date
    seen: bool = Field(description="The child was seen.")
    why_not: str
    where: Where
    changed: str
    view: str = Field(description="What the child says itself.")
    settled: bool
    next_on: date


class PlacedOut(Schema):
    """That a child lives, or lived, with a carer."""

    id: UUID = Field(alias="pk")
    carer_id: UUID
    moved_on: date
    broken_down: bool
    visits: list[VisitOut]

    @staticmethod
    def resolve_broken_down(placed: Placed) -> bool:
        """Tell whether it could not go on."""
        return hasattr(placed, "breakdown")

    @staticmethod
    def resolve_visits(placed: Placed) -> list[Visit]:
        """Return the visits, the first one first."""
        return list(placed.visits.all())


class HomeOut(Schema):
    """Everything about a child's home that its reader may see."""

    child_id: UUID
    region: str = Field(description="That was asked to find a home; or nothing.")
    position: str = Field(description="Of the track of placement.")
    carers: list[CarerOut]
    placed: list[PlacedOut] = Field(description="The last first.")


class VisitIn(Schema):
    """A visit: was the child seen, what changed, when is the next one."""

    model_config = ConfigDict(extra="forbid")

    visited_on: date
    seen: bool
    where: Where
    changed: Reason
    next_on: date
    why_not: Words = ""
    view: Words = ""
    settled: bool = False


@router.get("/children/{uuid:child_id}/placement", response={200: HomeOut} | REFUSALS)
@sees(Permission.PLACE_CHILD)
def read_home(request: HttpRequest, child_id: UUID) -> dict[str, Any]:
    """Read where a child is to live or lives, with whom, and how the visits went."""
    home: Home = open_home(cast("UserRequest", request), child_id)["home"]
    return {
        "child_id": child_id,
        "region": home.region,
        "position": home.position,
        "carers": home.carers,
        "placed": home.placed,
    }


@router.post(
    "/children/{uuid:child_id}/placement/visits", response={201: VisitOut} | REFUSALS | WRITING
)
@sees(Permission.PLACE_CHILD)
def record_visit(request: HttpRequest, child_id: UUID, body: VisitIn) -> Status[Visit]:
    """Record a visit. One at which the child was not seen moves nothing: it stays due."""
    child = open_home(cast("UserRequest", request), child_id)["child"]
    said = actions.Visited(**body.dict())
    visit = actions.record_visit(child=child, said=said, by=signed_in(request), at=timezone.now())
    return Status(201, visit)
