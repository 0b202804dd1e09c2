"""The case of a child for machines: where it stands and what blocks, in words of the screens."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from kinward.access.queries import signed_in
from kinward.access.rules import Permission
from kinward.casework import actions, queries
from kinward.casework.models import Phase, Step, Track
from kinward.casework.rules import phase
from kinward.casework.tracks import TABLES, Next
from kinward.casework.views.tracks import open_track
from kinward.core.doors import sees
from kinward.core.refusing import REFUSALS, WRITING, Code, Problem, Words
from kinward.core.versions import IF_MATCH, matched, tell_version
from kinward.people.api import WithdrawalIn
from kinward.people.views import open_child

if TYPE_CHECKING:
    from kinward.access.models import UserRequest

router = Router(tags=["casework"])


class BlockOut(Schema):
    """One thing that stands between a child and home."""

    reason: str
    words: str = Field(description="The reason in the language of the request.")
    step: str = Field(description="The step that resolves it, as its track names it; or nothing.")
    role: str = Field(alias="by", description="Whose it is to resolve.")

    @staticmethod
    def resolve_words(block: queries.Block) -> str:
        """Put the reason into words."""
        return str(block.reason.label)


class TrackOut(Schema):
    """Where one track stands."""

    track: Track
    position: str = Field(alias="standing.position")
    words: str = Field(alias="position", description="The same in the language of the request.")
    since: date | None
    blocks: list[BlockOut]


class CaseOut(Schema):
    """Where the case of a child stands, as far as its reader may see it."""

    child_id: UUID
    reference: str
    phase: Phase | None = Field(description="Told to whom all eight tracks are open.")
    tracks: list[TrackOut]


class StepOut(Schema):
    """A step that was taken, or that an earlier one is withdrawn."""

    id: UUID
    number: int
    to: str = Field(description="A word of the track's table; nothing where one is withdrawn.")
    happened_on: date
    holds_from: date | None
    holds_until: date | None
    reason: str
    evidence: str
    withdraws: UUID | None = Field(alias="withdraws_id")
    despite: list[str] = Field(description="What a gate said against it; two people agreed.")
    taken_at: datetime


class StepsOut(Schema):
    """All steps of one track, in their order."""

    items: list[StepOut]
    version: str = Field(description="Of the track; send it as If-Match with the next step.")


class StepIn(Schema):
    """A step to take."""

    model_config = ConfigDict(extra="forbid")

    to: Code
    on: date
    reason: Words = ""
    evidence: Words = ""
    holds_from: date | None = None
    holds_until: date | None = None


@router.get("/children/{uuid:child_id}/case", response={200: CaseOut} | REFUSALS)
@sees(Permission.SEE_CHILDREN)
def read_case(request: HttpRequest, child_id: UUID) -> dict[str, Any]:
    """Read where the tracks of a child stand, and what blocks each."""
    signed = cast("UserRequest", request)  # the door has let in an account
    context, today = open_child(signed, child_id), timezone.localdate()
    child, opened = context["child"], context["opened"]
    lines = queries.lines_of(child, opened=opened, traced=context["traced"], today=today)
    whole = len(lines) == len(TABLES)
    return {
        "child_id": child.pk,
        "reference": child.reference,
        "phase": phase(queries.case_of(child), today) if whole else None,
        "tracks": lines,
    }


@router.get("/children/{uuid:child_id}/tracks/{track}/steps", response={200: StepsOut} | REFUSALS)
@sees(Permission.SEE_CHILDREN)
def list_steps(
    request: HttpRequest, response: HttpResponse, child_id: UUID, track: Track
) -> dict[str, Any]:
    """List the steps of one track of a child, if it is open to you."""
    context = open_track(cast("UserRequest", request), child_id, track)
    version = context["seen"]
    tell_version(response, version)
    return {"items": [each["step"] for each in context["steps"]], "version": version}


@router.post(
    "/children/{uuid:child_id}/tracks/{track}/steps",
    response={201: StepOut} | REFUSALS | WRITING | {428: Problem},
    openapi_extra={"parameters": [IF_MATCH]},
)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TAKE_STEP)
def take_step(request: HttpRequest, child_id: UUID, track: Track, body: StepIn) -> Status[Step]:
    """Take the next step of a track. A gate that refuses says all its reasons (409)."""
    context = open_track(cast("UserRequest", request), child_id, track, to=Permission.TAKE_STEP)
    step = actions.take_step(
        child=context["child"],
        track=track,
        wanted=Next(**body.dict()),
        seen=matched(request),
        by=signed_in(request),
        at=timezone.now(),
    )
    return Status(201, step)


@router.post(
    "/children/{uuid:child_id}/tracks/{track}/withdrawal",
    response={201: StepOut} | REFUSALS | WRITING | {428: Problem},
    openapi_extra={"parameters": [IF_MATCH]},
)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TAKE_STEP)
def withdraw_step(
    request: HttpRequest, child_id: UUID, track: Track, body: WithdrawalIn
) -> Status[Step]:
    """Withdraw the last step of a track; it stays on record."""
    context = open_track(cast("UserRequest", request), child_id, track, to=Permission.TAKE_STEP)
    step = actions.withdraw_step(
        child=context["child"],
        track=track,
        reason=body.reason,
        seen=matched(request),
        by=signed_in(request),
        at=timezone.now(),
    )
    return Status(201, step)
