"""Which nationalities a child is said to have, for machines, and what countries answered."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from ninja.errors import ValidationError
from pydantic import ConfigDict, Field

from kinward.access.queries import signed_in
from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.errors import NotFound
from kinward.core.refusing import REFUSALS, WRITING, Problem
from kinward.core.versions import IF_MATCH, Conflict, matched, overtaken, tell_version, version_of
from kinward.legal import actions
from kinward.legal.models import (
    Basis,
    ClaimAnswer,
    LawAsks,
    LegalFact,
    NationalityClaim,
    Protection,
)
from kinward.legal.views.civil import named_countries, open_nationality, pieces_of

if TYPE_CHECKING:
    from kinward.access.models import UserRequest
    from kinward.legal.queries import Said

router = Router(tags=["legal"])

Stands = Literal["claimed", "recognised", "refused", "disputed"]
Country = Annotated[str, Field(strict=True, pattern="^[A-Z]{2}$", description="ISO 3166-1.")]
Line = Annotated[str, Field(strict=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")]


class NationalityClaimOut(Schema):
    """That a child has the nationality of a country, as somebody says."""

    id: UUID
    country: str
    basis: Basis
    claimed_by: str
    since: date | None
    recorded_at: datetime


class ClaimAnswerOut(Schema):
    """What an authority of the country answered to a claim."""

    id: UUID
    number: int
    answer: Stands
    authority: str
    reference: str
    happened_on: date
    recorded_at: datetime


class SaidOut(Schema):
    """A claim with what was answered to it."""

    claim: NationalityClaimOut
    stands: Stands
    answers: list[ClaimAnswerOut] = Field(description="In their order.")
    version: str = Field(description="Send it as If-Match with an answer.")

    @staticmethod
    def resolve_version(said: "Said") -> str:
        """Name what stands."""
        return version_of_claim(said)


class LegalFactOut(Schema):
    """Whether what a nationality law asks for is so of a child."""

    id: UUID
    country: str
    fact: LawAsks
    holds: bool
    said_by: str
    evidence: UUID | None = Field(alias="evidence_id", description="The evidence that shows it.")
    recorded_at: datetime


class NationalityOut(Schema):
    """What is said of a child's nationality. Nobody is recognised by it."""

    claims: list[SaidOut] = Field(description="The oldest first.")
    facts: list[LegalFactOut] = Field(description="The last of each, by country.")
    flag: Protection | None = Field(description="What must not be overlooked.")


class NationalityClaimIn(Schema):
    """Which nationality a child is said to have, and by whom."""

    model_config = ConfigDict(extra="forbid")

    country: Country
    basis: Basis
    claimed_by: Line
    since: date | None = None


class ClaimAnswerIn(Schema):
    """What an authority answered to a claim."""

    model_config = ConfigDict(extra="forbid")

    answer: Literal["recognised", "refused", "disputed"]
    authority: Line
    reference: Line
    happened_on: date


class LegalFactIn(Schema):
    """Whether what a nationality law asks for is so, and which evidence of the child shows it."""

    model_config = ConfigDict(extra="forbid")

    country: Country
    fact: LawAsks
    holds: bool = Field(strict=True)
    said_by: Line
    evidence: UUID | None = None


@router.get("/children/{uuid:child_id}/nationality", response={200: NationalityOut} | REFUSALS)
@sees(Permission.SEE_CHILDREN)
def read_nationality(request: HttpRequest, child_id: UUID) -> Any:
    """Read which nationalities a child is said to have, and what countries answered."""
    return open_nationality(cast("UserRequest", request), child_id)["nationality"]


@router.get(
    "/children/{uuid:child_id}/nationality/{uuid:nationality_id}",
    response={200: SaidOut} | REFUSALS,
)
@sees(Permission.SEE_CHILDREN)
def read_claim(
    request: HttpRequest, response: HttpResponse, child_id: UUID, nationality_id: UUID
) -> "Said":
    """Read one claim. Its ETag names the version an answer is sent with."""
    found = claim_of(open_nationality(cast("UserRequest", request), child_id), nationality_id)
    tell_version(response, version_of_claim(found))
    return found


@router.post(
    "/children/{uuid:child_id}/nationality/claims",
    response={201: NationalityClaimOut} | REFUSALS | WRITING,
)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def claim_nationality(
    request: HttpRequest, child_id: UUID, body: NationalityClaimIn
) -> Status[NationalityClaim]:
    """Record that a child is said to have a nationality."""
    signed = cast("UserRequest", request)
    context = open_nationality(signed, child_id, to=Permission.RECORD_PAPERS)
    refuse_unknown(body.country)
    claim = actions.claim_nationality(
        child=context["child"],
        claimed=actions.Claimed(**body.dict()),
        by=signed_in(request),
        at=timezone.now(),
    )
    return Status(201, claim)


@router.post(
    "/children/{uuid:child_id}/nationality/facts", response={201: LegalFactOut} | REFUSALS | WRITING
)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def record_legal_fact(request: HttpRequest, child_id: UUID, body: LegalFactIn) -> Status[LegalFact]:
    """Record whether what a nationality law asks for is so; the last word counts.

    Raises:
        NotFound: the evidence is none of the child's that counts.
    """
    signed = cast("UserRequest", request)
    context = open_nationality(signed, child_id, to=Permission.RECORD_PAPERS)
    refuse_unknown(body.country)
    shown = pieces_of(context, signed).get(str(body.evidence)) if body.evidence else None
    if body.evidence and shown is None:
        raise NotFound
    fact = actions.record_legal_fact(
        child=context["child"],
        **body.dict() | {"evidence": shown},
        by=signed_in(request),
        at=timezone.now(),
    )
    return Status(201, fact)


@router.post(
    "/children/{uuid:child_id}/nationality/{uuid:nationality_id}/answers",
    response={201: ClaimAnswerOut} | REFUSALS | WRITING | {428: Problem},
    openapi_extra={"parameters": [IF_MATCH]},
)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def answer_claim(
    request: HttpRequest, child_id: UUID, nationality_id: UUID, body: ClaimAnswerIn
) -> Status[ClaimAnswer]:
    """Record what an authority answered to a claim; the case follows where it can.

    Raises:
        Conflict: another answer stands than was seen.
    """
    signed = cast("UserRequest", request)
    context = open_nationality(signed, child_id, to=Permission.RECORD_PAPERS)
    said = claim_of(context, nationality_id)
    seen = matched(request)  # asked once it is known that there is something to be seen
    stands = version_of_claim(said)
    if overtaken(seen, stands):
        raise Conflict(
            _("Somebody recorded an answer to this claim meanwhile."), had=seen, stands=stands
        )
    answer = actions.answer_claim(
        claim=said.claim,
        answered=actions.Answered(**body.dict()),
        seen=str(len(said.answers)),  # looked at again behind the lock
        by=signed_in(request),
        at=timezone.now(),
    )
    return Status(201, answer)


def claim_of(context: dict[str, Any], nationality_id: UUID) -> "Said":
    """Return one claim of a child that was opened.

    Raises:
        NotFound: it is none of them.
    """
    claims: tuple[Said, ...] = context["nationality"].claims
    for said in claims:
        if said.claim.pk == nationality_id:
            return said
    raise NotFound


def version_of_claim(said: "Said") -> str:
    """Return the version of a claim: what whoever records an answer to it saw."""
    return version_of(said.claim.pk, *(each.pk for each in said.answers))


def refuse_unknown(country: str) -> None:
    """Refuse a code that is no country's.

    Raises:
        ValidationError: it is none of those that a screen offers.
    """
    if country not in dict(named_countries()):
        told = {"type": "value_error", "loc": ("body", "body", "country")}
        raise ValidationError([told | {"msg": _("No country has this code.")}])
