"""The travel documents of a child, for machines: as printed, whether they hold, names on lists."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from kinward.access.queries import signed_in
from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.errors import NotFound
from kinward.core.refusing import REFUSALS, WRITING, Code, Named, Reason, Words
from kinward.core.versions import tell_version, version_of
from kinward.legal import actions
from kinward.legal.models import (
    Difference,
    DocumentKind,
    DocumentNote,
    Flaw,
    NameCheck,
    Noted,
    TravelDocument,
)
from kinward.legal.rules import Printed
from kinward.legal.views.documents import open_document
from kinward.legal.views.opening import open_papers

if TYPE_CHECKING:
    from kinward.access.models import UserRequest
    from kinward.legal.queries import Held

router = Router(tags=["legal"])

Issuer = Annotated[str, Field(strict=True, pattern="^[A-Z]{1,3}$")]
OnList = Annotated[str, Field(strict=True, min_length=1, max_length=80, pattern=r"^[^\x00]*$")]


class DocumentOut(Schema):
    """A travel document as it is printed."""

    id: UUID
    kind: DocumentKind
    issuer: str = Field(description="A code of ICAO Doc 9303-3, section 5.")
    number: str
    surname: str
    given: str
    zone: str = Field(description="The machine-readable lines, or nothing.")
    valid_from: date
    valid_until: date = Field(description="The last day.")
    replaces: UUID | None = Field(alias="replaces_id")
    recorded_at: datetime


class DocumentNoteOut(Schema):
    """Why nobody may travel with a document."""

    id: UUID
    noted: Noted
    reason: str
    recorded_at: datetime


class NameCheckOut(Schema):
    """A name of a passenger list that was held against a document."""

    id: UUID
    surname: str
    given: str
    list_named: str
    recorded_at: datetime


class ComparedOut(Schema):
    """A name of a passenger list, and how it differs from that in the document."""

    check: NameCheckOut
    differences: list[Difference]


class HeldOut(Schema):
    """A travel document with what follows from what is printed."""

    document: DocumentOut
    valid: bool = Field(description="One may travel with it today.")
    days_left: int
    agrees: bool | None = Field(description="The name last compared with it is the same.")
    flaws: list[Flaw]
    checks: list[ComparedOut] = Field(description="The newest first.")
    note: DocumentNoteOut | None


class DocumentsOut(Schema):
    """The travel documents of a child, the newest first."""

    items: list[HeldOut]


class DocumentIn(Schema):
    """A travel document, letter by letter as it is printed."""

    model_config = ConfigDict(extra="forbid")

    kind: DocumentKind
    issuer: Issuer
    number: Code = Field(min_length=1)
    surname: Named = ""
    given: Named = ""
    zone: Words = ""
    valid_from: date
    valid_until: date
    replaces: UUID | None = None


class DocumentNoteIn(Schema):
    """Why a document cannot be used."""

    model_config = ConfigDict(extra="forbid")

    noted: Noted
    reason: Reason


class NameCheckIn(Schema):
    """A name as it stands on a passenger list, and on which."""

    model_config = ConfigDict(extra="forbid")

    surname: Named = ""
    given: Named = ""
    list_named: OnList


@router.get("/children/{uuid:child_id}/documents", response={200: DocumentsOut} | REFUSALS)
@sees(Permission.SEE_CHILDREN)
def list_documents(request: HttpRequest, child_id: UUID) -> dict[str, Any]:
    """List the travel documents of a child, and whether one may travel with each."""
    return {"items": open_papers(cast("UserRequest", request), child_id)["documents"]}


@router.get(
    "/children/{uuid:child_id}/documents/{uuid:document_id}", response={200: HeldOut} | REFUSALS
)
@sees(Permission.SEE_CHILDREN)
def read_document(
    request: HttpRequest, response: HttpResponse, child_id: UUID, document_id: UUID
) -> "Held":
    """Read one travel document."""
    found = among(open_papers(cast("UserRequest", request), child_id)["documents"], document_id)
    note = found.note.pk if found.note else ""
    checked = [each.check.pk for each in found.checks]
    tell_version(response, version_of(document_id, note, *checked))
    return found


@router.post(
    "/children/{uuid:child_id}/documents", response={201: DocumentOut} | REFUSALS | WRITING
)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def record_document(
    request: HttpRequest, child_id: UUID, body: DocumentIn
) -> Status[TravelDocument]:
    """Record a travel document as it is printed; with `replaces`, in place of one of the child."""
    signed = cast("UserRequest", request)
    context = open_papers(signed, child_id, to=Permission.RECORD_PAPERS)
    before = among(context["documents"], body.replaces).document if body.replaces else None
    document = actions.record_document(
        child=context["child"],
        printed=Printed(**body.dict(exclude={"replaces"})),
        replaces=before,
        by=signed_in(request),
        at=timezone.now(),
    )
    return Status(201, document)


@router.post(
    "/children/{uuid:child_id}/documents/{uuid:document_id}/note",
    response={201: DocumentNoteOut} | REFUSALS | WRITING,
)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def note_document(
    request: HttpRequest, child_id: UUID, document_id: UUID, body: DocumentNoteIn
) -> Status[DocumentNote]:
    """Say why a travel document cannot be used; once."""
    held: Held = open_document(cast("UserRequest", request), child_id, document_id)["held"]
    note = actions.note_document(
        document=held.document, **body.dict(), by=signed_in(request), at=timezone.now()
    )
    return Status(201, note)


@router.post(
    "/children/{uuid:child_id}/documents/{uuid:document_id}/checks",
    response={201: NameCheckOut} | REFUSALS | WRITING,
)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def check_name(
    request: HttpRequest, child_id: UUID, document_id: UUID, body: NameCheckIn
) -> Status[NameCheck]:
    """Hold the name on a passenger list against a travel document; another person than recorded."""
    held: Held = open_document(cast("UserRequest", request), child_id, document_id)["held"]
    check = actions.check_name(
        document=held.document, **body.dict(), by=signed_in(request), at=timezone.now()
    )
    return Status(201, check)


def among(documents: "list[Held]", document_id: UUID) -> "Held":
    """Return one of the documents of a child.

    Raises:
        NotFound: it is none of them.
    """
    for held in documents:
        if held.document.pk == document_id:
            return held
    raise NotFound
