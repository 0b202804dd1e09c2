"""What shows who a child is, for machines: each piece of evidence, and what was noted of it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from kinward.access.queries import signed_in
from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.errors import NotFound
from kinward.core.refusing import REFUSALS, WRITING, Problem, Reason, Words
from kinward.core.versions import IF_MATCH, Conflict, matched, overtaken, tell_version, version_of
from kinward.legal import actions
from kinward.legal.models import (
    EvidenceItem,
    EvidenceKind,
    EvidenceNote,
    EvidenceNoted,
    Question,
    Result,
    Standard,
)
from kinward.legal.views.civil import open_evidence

if TYPE_CHECKING:
    from kinward.access.models import UserRequest
    from kinward.legal.queries import Piece

router = Router(tags=["legal"])


class EvidenceNoteOut(Schema):
    """That evidence is contested, that this was answered, or that it counts no more."""

    id: UUID
    number: int
    noted: EvidenceNoted
    said_by: str
    reason: str
    recorded_at: datetime


class EvidenceOut(Schema):
    """One thing that shows something of a child, where it is, and how far it goes."""

    id: UUID
    question: Question
    kind: EvidenceKind
    result: str = Field(description="Of a genetic test: what the laboratory concludes.")
    shows: str
    issuer: str
    issued_on: date | None
    holder: str
    standard: str = Field(description="That it reaches, as `standard_by` says; or nothing.")
    standard_by: str
    recorded_at: datetime


class PieceOut(Schema):
    """A piece of evidence with what was noted of it."""

    item: EvidenceOut
    counts: bool
    contested: bool
    notes: list[EvidenceNoteOut] = Field(description="In their order.")
    version: str = Field(description="Send it as If-Match with what you note.")

    @staticmethod
    def resolve_version(piece: "Piece") -> str:
        """Name what stands."""
        return version_of_piece(piece)


class QuestionOut(Schema):
    """One question about a child, and the evidence of its answer."""

    question: Question
    missing: bool = Field(description="Every register asks it, and nothing that counts is here.")
    pieces: list[PieceOut]


class EvidencesOut(Schema):
    """Every question about a child, in one order."""

    items: list[QuestionOut]


class EvidenceIn(Schema):
    """A piece of evidence; of a genetic test only its result."""

    model_config = ConfigDict(extra="forbid")

    question: Question
    kind: EvidenceKind
    shows: Reason
    issuer: Reason
    holder: Reason
    issued_on: date | None = None
    result: Result | None = None
    standard: Standard | None = None
    standard_by: Words = ""


class EvidenceNoteIn(Schema):
    """What is noted of a piece of evidence, who says so, and why."""

    model_config = ConfigDict(extra="forbid")

    noted: EvidenceNoted
    said_by: Reason
    reason: Reason


@router.get("/children/{uuid:child_id}/evidence", response={200: EvidencesOut} | REFUSALS)
@sees(Permission.SEE_CHILDREN)
def list_evidence(request: HttpRequest, child_id: UUID) -> dict[str, Any]:
    """List what shows who a child is, question by question, and what is missing."""
    return {"items": open_evidence(cast("UserRequest", request), child_id)["questions"]}


@router.get(
    "/children/{uuid:child_id}/evidence/{uuid:item_id}", response={200: PieceOut} | REFUSALS
)
@sees(Permission.SEE_CHILDREN)
def read_evidence(
    request: HttpRequest, response: HttpResponse, child_id: UUID, item_id: UUID
) -> "Piece":
    """Read one piece of evidence. Its ETag names the version a note is sent with."""
    found = piece_of(open_evidence(cast("UserRequest", request), child_id), item_id)
    tell_version(response, version_of_piece(found))
    return found


@router.post("/children/{uuid:child_id}/evidence", response={201: EvidenceOut} | REFUSALS | WRITING)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def record_evidence(request: HttpRequest, child_id: UUID, body: EvidenceIn) -> Status[EvidenceItem]:
    """Record a piece of evidence; the case follows where it can."""
    signed = cast("UserRequest", request)
    context = open_evidence(signed, child_id, to=Permission.RECORD_PAPERS)
    said = body.dict() | {"result": body.result or "", "standard": body.standard or ""}
    item = actions.record_evidence(
        child=context["child"],
        shown=actions.Shown(**said),
        by=signed_in(request),
        at=timezone.now(),
    )
    return Status(201, item)


@router.post(
    "/children/{uuid:child_id}/evidence/{uuid:item_id}/notes",
    response={201: EvidenceNoteOut} | REFUSALS | WRITING | {428: Problem},
    openapi_extra={"parameters": [IF_MATCH]},
)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def note_evidence(
    request: HttpRequest, child_id: UUID, item_id: UUID, body: EvidenceNoteIn
) -> Status[EvidenceNote]:
    """Note that evidence is contested, that this was answered, or that it counts no more.

    Raises:
        Conflict: another note stands than was seen.
    """
    signed = cast("UserRequest", request)
    piece = piece_of(open_evidence(signed, child_id, to=Permission.RECORD_PAPERS), item_id)
    seen = matched(request)  # asked once it is known that there is something to be seen
    stands = version_of_piece(piece)
    if overtaken(seen, stands):
        raise Conflict(
            _("Something was noted of this evidence meanwhile."), had=seen, stands=stands
        )
    note = actions.note_evidence(
        item=piece.item,
        **body.dict(),
        seen=str(len(piece.notes)),  # looked at again behind the lock
        by=signed_in(request),
        at=timezone.now(),
    )
    return Status(201, note)


def piece_of(context: dict[str, Any], item_id: UUID) -> "Piece":
    """Return one piece of evidence of a child that was opened.

    Raises:
        NotFound: there is none.
    """
    pieces: list[Piece] = [each for one in context["questions"] for each in one.pieces]
    for piece in pieces:
        if piece.item.pk == item_id:
            return piece
    raise NotFound


def version_of_piece(piece: "Piece") -> str:
    """Return the version of a piece of evidence: what whoever notes something of it saw."""
    return version_of(piece.item.pk, *(each.pk for each in piece.notes))
