"""The register of figures for machines: sources, claims, what they come to."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from kinward.access.queries import signed_in
from kinward.access.rules import Permission
from kinward.core.doors import needs
from kinward.core.paging import rows_after
from kinward.core.refusing import REFUSALS, WRITING, After, Code, Limit, Named, Words
from kinward.figures import actions, queries
from kinward.figures.models import Source, SourceKind, Translation

router = Router(tags=["figures"])


class SourceOut(Schema):
    """Something published that figures stand in."""

    id: UUID
    kind: SourceKind
    title: str
    address: str
    outlet: str
    agency: str = Field(description="Whose text the outlet prints.")
    language: str
    translation: Translation
    published_on: date
    digest: str = Field(description="SHA-256 of the text, in hexadecimals.")
    added_at: datetime


class SourcesOut(Schema):
    """Some of the sources."""

    items: list[SourceOut]
    next: UUID | None = Field(description="Send it as `after` for those that follow.")


class ClaimOut(Schema):
    """One figure of a source, as somebody coded it."""

    id: UUID
    source_id: UUID
    quote: str
    operator: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    words: str = Field(description="Whom it is of.")
    state: str
    dimension: str
    category: str
    as_of: str
    since: str
    speaker: str
    channel: str
    corrects_id: UUID | None
    coded_at: datetime


class ClaimsOut(Schema):
    """Some of the claims that stand."""

    items: list[ClaimOut]
    next: UUID | None = Field(description="Send it as `after` for those that follow.")


class VerdictOut(Schema):
    """What some claims come to."""

    verdict: str
    words: str = Field(description="As a sentence, in the language of the request.")
    claims: list[UUID] = Field(description="The whole first, then its parts; or those compared.")


class VerdictsOut(Schema):
    """What contradicts, breaks or is left over, the worst first."""

    items: list[VerdictOut]


class SourceIn(Schema):
    """A source to keep."""

    model_config = ConfigDict(extra="forbid")

    kind: SourceKind
    title: Named = Field(min_length=1)
    address: Named = ""
    outlet: Named = Field(min_length=1)
    agency: Named = ""
    language: Code
    translation: Translation
    published_on: date
    text: Words = Field(min_length=1)


@router.get("/figures/sources", response={200: SourcesOut} | REFUSALS)
@needs(Permission.SEE_FIGURES)
def list_sources(
    request: HttpRequest,  # noqa: ARG001 (the door has let in who asks)
    after: After = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """List the sources, in the order in which they were added."""
    found, more = rows_after(queries.sources(), after, limit=limit)
    return {"items": found, "next": more}


@router.post("/figures/sources", response={201: SourceOut} | REFUSALS | WRITING)
@needs(Permission.CODE_CLAIM)
def add_source(request: HttpRequest, body: SourceIn) -> Status[Source]:
    """Keep a published text as it is, with its digest."""
    return Status(201, actions.add_source(**body.dict(), by=signed_in(request), at=timezone.now()))


@router.get("/figures/claims", response={200: ClaimsOut} | REFUSALS)
@needs(Permission.SEE_FIGURES)
def list_claims(
    request: HttpRequest,  # noqa: ARG001 (likewise)
    after: After = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """List the claims that stand; what was corrected is left out."""
    found, more = rows_after(queries.claims_that_stand(), after, limit=limit)
    return {"items": found, "next": more}


@router.get("/figures/verdicts", response={200: VerdictsOut} | REFUSALS)
@needs(Permission.SEE_FIGURES)
def list_verdicts(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 (likewise)
    """List what contradicts, breaks or is left over, as a sentence each."""
    return {
        "items": [
            {
                "verdict": told.verdict,
                "words": told.sentence,
                "claims": [claim.pk for claim in told.claims],
            }
            for told in queries.inbox()
        ]
    }
