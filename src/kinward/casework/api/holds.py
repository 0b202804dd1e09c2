"""Holds for machines: those on one child with what is said to them, and how old all open ones are.

The words of a hold stand in the compartment of its track; who does not open that, sees no hold.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from kinward.access.models import Role
from kinward.access.queries import signed_in
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.casework import actions, queries
from kinward.casework.models import Added, HoldEnded, HoldEntry, HoldKind, Party
from kinward.core.doors import needs, sees
from kinward.core.errors import NotFound
from kinward.core.refusing import REFUSALS, WRITING, After, Limit, Problem, Reason, Words
from kinward.core.versions import IF_MATCH, matched, tell_version
from kinward.people.views import open_child

if TYPE_CHECKING:
    from kinward.access.models import UserRequest
    from kinward.casework.queries import Shown

router = Router(tags=["casework"])


class HoldEntryOut(Schema):
    """Something that was added to a hold."""

    id: UUID
    what: Added
    words: str
    how: str = Field(description="How it ended, where this ended it.")
    next_by: str
    next_on: date | None
    recorded_at: datetime


class HoldOut(Schema):
    """That somebody says a child may not go yet: what its owner says, never a fact."""

    id: UUID = Field(alias="hold.pk")
    kind: HoldKind = Field(alias="hold.kind")
    party: Party = Field(alias="hold.party")
    owner: str = Field(alias="hold.owner")
    told_by: str = Field(alias="hold.told_by")
    since: date = Field(alias="hold.since")
    claim: str = Field(alias="hold.claim")
    evidence: str = Field(alias="hold.evidence")
    open: bool
    days: int = Field(description="For how many days it stands, or stood.")
    next_action: str
    next_by: str = Field(description="The role that does it; nothing once the hold ended.")
    next_on: date | None
    entries: list[HoldEntryOut] = Field(description="In their order.")
    version: str = Field(alias="seen", description="Send it as If-Match with what you add.")

    @staticmethod
    def resolve_open(shown: "Shown") -> bool:
        """Tell whether it stands."""
        return shown.open is not None

    @staticmethod
    def resolve_next_by(shown: "Shown") -> str:
        """Tell which role acts next."""
        return str(shown.open.next_by) if shown.open else ""

    @staticmethod
    def resolve_next_on(shown: "Shown") -> date | None:
        """Tell by which day."""
        return shown.open.next_on if shown.open else None


class HoldsOut(Schema):
    """The holds on a child that are open to you, those that stand first."""

    items: list[HoldOut]


class AgedOut(Schema):
    """A hold that stands, without a word of what is said."""

    id: UUID = Field(alias="open.id")
    child_id: UUID = Field(alias="child.pk")
    kind: HoldKind = Field(alias="open.kind")
    since: date = Field(alias="open.since")
    days: int
    next_by: str = Field(alias="open.next_by")
    next_on: date = Field(alias="open.next_on")
    overdue: bool


class AgeingOut(Schema):
    """Some of the holds that stand."""

    items: list[AgedOut]
    next: UUID | None = Field(description="Send it as `after` for those that follow.")


class HoldIn(Schema):
    """A hold, as its owner says it, and what is done about it next."""

    model_config = ConfigDict(extra="forbid")

    kind: HoldKind
    party: Party
    owner: Reason
    told_by: Reason
    since: date
    next_action: Reason
    next_by: Role
    next_on: date
    claim: Words = ""
    evidence: Words = ""


class HoldEntryIn(Schema):
    """What is added: with `next` by whom and when, with `ended` how."""

    model_config = ConfigDict(extra="forbid")

    what: Added
    words: Reason
    next_by: Role | None = None
    next_on: date | None = None
    how: HoldEnded | None = None


@router.get("/holds", response={200: AgeingOut} | REFUSALS)
@needs(Permission.SEE_BOARD)
def list_open_holds(request: HttpRequest, after: After = None, limit: Limit = 50) -> dict[str, Any]:
    """List the holds that stand on children you may know of: kinds and days, no words."""
    user = signed_in(request)
    aged = sorted(
        queries.ageing(user=user, today=timezone.localdate()), key=lambda one: one.open.id
    )
    rest = [one for one in aged if after is None or one.open.id > after]
    shown = rest[:limit]
    children = list({one.child.pk: one.child for one in shown}.values())
    record_reads("people.listed", children, by=user, at=timezone.now())
    return {"items": shown, "next": shown[-1].open.id if len(rest) > limit else None}


@router.get("/children/{uuid:child_id}/holds", response={200: HoldsOut} | REFUSALS)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TAKE_STEP)
def list_holds(request: HttpRequest, child_id: UUID) -> dict[str, Any]:
    """List who says that a child may not go yet, and what was said to that."""
    return {"items": holds_on(request, child_id)}


@router.get("/children/{uuid:child_id}/holds/{uuid:hold_id}", response={200: HoldOut} | REFUSALS)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TAKE_STEP)
def read_hold(
    request: HttpRequest, response: HttpResponse, child_id: UUID, hold_id: UUID
) -> "Shown":
    """Read one hold. Its ETag names the version that is added to."""
    found = held_by(request, child_id, hold_id)
    tell_version(response, found.seen)
    return found


@router.post("/children/{uuid:child_id}/holds", response={201: HoldOut} | REFUSALS | WRITING)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TAKE_STEP)
def record_hold(
    request: HttpRequest, response: HttpResponse, child_id: UUID, body: HoldIn
) -> "Status[Shown]":
    """Record that somebody says a child may not go yet."""
    context = open_child(cast("UserRequest", request), child_id, to=Permission.TAKE_STEP)
    said = actions.Claim(**body.dict())
    hold = actions.record_hold(
        child=context["child"], said=said, by=signed_in(request), at=timezone.now()
    )
    held = queries.holds_of(context["child"], user=signed_in(request), today=timezone.localdate())
    made = next(each for each in held if each.hold.pk == hold.pk)
    tell_version(response, made.seen)
    return Status(201, made)


@router.post(
    "/children/{uuid:child_id}/holds/{uuid:hold_id}/entries",
    response={201: HoldEntryOut} | REFUSALS | WRITING | {428: Problem},
    openapi_extra={"parameters": [IF_MATCH]},
)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TAKE_STEP)
def add_to_hold(
    request: HttpRequest, child_id: UUID, hold_id: UUID, body: HoldEntryIn
) -> Status[HoldEntry]:
    """Add to a hold: contested, answered, shown, what is next, or that it ended."""
    entry = actions.add_to_hold(
        hold=held_by(request, child_id, hold_id).hold,
        said=actions.Addition(**body.dict()),
        seen=matched(request),
        by=signed_in(request),
        at=timezone.now(),
    )
    return Status(201, entry)


def holds_on(request: HttpRequest, child_id: UUID) -> "list[Shown]":
    """Return the holds on a child whose case is open to whoever asks."""
    context = open_child(cast("UserRequest", request), child_id, to=Permission.TAKE_STEP)
    return queries.holds_of(context["child"], user=signed_in(request), today=timezone.localdate())


def held_by(request: HttpRequest, child_id: UUID, hold_id: UUID) -> "Shown":
    """Return one hold on a child.

    Raises:
        NotFound: there is none that is open to whoever asks.
    """
    for one in holds_on(request, child_id):
        if one.hold.pk == hold_id:
            return one
    raise NotFound
