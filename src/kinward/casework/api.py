"""The case of a child for machines: where it stands and what blocks, in words of the screens."""

from datetime import date
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from kinward.access.rules import Permission
from kinward.casework import queries
from kinward.casework.models import Phase, Track
from kinward.casework.rules import phase
from kinward.casework.tracks import TABLES
from kinward.core.doors import sees
from kinward.core.refusing import REFUSALS
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
