"""Operations for machines: how far each is, who travels and who holds them, counting."""

from datetime import date
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from kinward.access.queries import signed_in
from kinward.access.rules import Permission
from kinward.core.doors import needs, sees
from kinward.core.errors import NotFound
from kinward.core.refusing import REFUSALS, WRITING
from kinward.operations import actions, queries
from kinward.operations.models import CheckpointKind, Count, SeenHow, State
from kinward.operations.views.under_way import open_journey, open_post

if TYPE_CHECKING:
    from kinward.access.models import UserRequest
    from kinward.operations.queries import Post, UnderWay

router = Router(tags=["operations"])


class OperationOut(Schema):
    """An operation."""

    id: UUID = Field(alias="operation.pk")
    title: str = Field(alias="operation.title")
    day: date = Field(description="The day it sets out.")
    state: str = Field(description="How far it is.", json_schema_extra={"enum": [*State.values]})


class OperationsOut(Schema):
    """The operations you plan, watch or escort."""

    items: list[OperationOut]


class TravellerOut(Schema):
    """A child of the frozen manifest."""

    child_id: UUID
    number: int = Field(description="On the manifest.")
    name: str = Field(description="As it is printed in the document in hand.")
    legs: list[int]
    held_by: str = Field(description="Who holds the child by the last record.")


class CheckpointOut(Schema):
    """A place where everybody is counted."""

    id: UUID
    kind: CheckpointKind
    words: str
    expected: int
    you_saw: int = Field(description="Of your own count; nobody sees another's before both end.")
    finished: int = Field(description="How many counters are done.")
    closed: bool


class JourneyOut(Schema):
    """An operation on its way."""

    id: UUID
    title: str
    travellers: list[TravellerOut]
    checkpoints: list[CheckpointOut]


class CountIn(Schema):
    """A child that you see, or took back."""

    model_config = ConfigDict(extra="forbid")

    child_id: UUID
    how: SeenHow


class CountOut(Schema):
    """A child that was counted."""

    id: UUID
    checkpoint_id: UUID
    child_id: UUID
    how: SeenHow


class DoneOut(Schema):
    """Somebody said to be done with counting."""

    id: UUID
    checkpoint_id: UUID


@router.get("/operations", response={200: OperationsOut} | REFUSALS)
@needs(Permission.SEE_OPERATIONS)
def list_operations(request: HttpRequest) -> dict[str, Any]:
    """List the operations you plan, watch or escort, the latest day first."""
    return {"items": queries.journeys(user=signed_in(request))}


@router.get("/operations/{uuid:operation_id}", response={200: JourneyOut} | REFUSALS)
@sees(Permission.READ_MANIFEST)
def read_operation(request: HttpRequest, operation_id: UUID) -> dict[str, Any]:
    """Read who travels, who holds each child, and how far the counts are."""
    user = signed_in(request)
    context = open_journey(cast("UserRequest", request), operation_id)
    journey: UnderWay = context["journey"]
    return {
        "id": journey.operation.pk,
        "title": journey.operation.title,
        "travellers": [
            {
                "child_id": each.child,
                "number": each.number,
                "name": each.name,
                "legs": list(each.over),
                "held_by": journey.custody[each.child].holder
                if each.child in journey.custody
                else "",
            }
            for each in sorted(journey.travellers.values(), key=lambda one: one.number)
        ],
        "checkpoints": [told(post, len(post.seen_by(user))) for post in journey.posts],
    }


@router.post(
    "/checkpoints/{uuid:checkpoint_id}/counts", response={201: CountOut} | REFUSALS | WRITING
)
@sees(Permission.READ_MANIFEST)
@sees(Permission.COUNT)
def count_child(request: HttpRequest, checkpoint_id: UUID, body: CountIn) -> Status[Count]:
    """Count a child at a checkpoint of a leg you escort, or take it back. The last word stands."""
    row = actions.count_child(
        checkpoint=travelled(request, checkpoint_id)["checkpoint"],
        child=body.child_id,
        how=body.how,
        by=signed_in(request),
        at=timezone.now(),
    )
    return Status(201, row)


@router.post("/checkpoints/{uuid:checkpoint_id}/done", response={201: DoneOut} | REFUSALS | WRITING)
@sees(Permission.READ_MANIFEST)
@sees(Permission.COUNT)
def finish_count(request: HttpRequest, checkpoint_id: UUID) -> Status[Any]:
    """Say that you are done with counting at a checkpoint."""
    done = actions.finish_count(
        checkpoint=travelled(request, checkpoint_id)["checkpoint"],
        by=signed_in(request),
        at=timezone.now(),
    )
    return Status(201, done)


def travelled(request: HttpRequest, checkpoint_id: UUID) -> dict[str, Any]:
    """Find a checkpoint of a leg that whoever asks escorts.

    Raises:
        NotFound: there is none.
    """
    context = open_post(cast("UserRequest", request), checkpoint_id, shows=False)
    if not queries.travels_at(context["checkpoint"], user=signed_in(request)):
        raise NotFound
    return context


def told(post: "Post", seen: int) -> dict[str, Any]:
    """Return what is told of a checkpoint."""
    return {
        "id": post.checkpoint.pk,
        "kind": post.checkpoint.kind,
        "words": post.label,
        "expected": len(post.expected),
        "you_saw": seen,
        "finished": len(post.finished),
        "closed": post.closing is not None,
    }
