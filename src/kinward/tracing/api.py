"""Requests and candidates for machines: the same queries and actions as the screens."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Query, Router, Schema, Status
from pydantic import ConfigDict, Field

from kinward.access.queries import open_compartments, signed_in
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.doors import needs, sees
from kinward.core.paging import rows_after
from kinward.core.refusing import REFUSALS, WRITING, After, Code, Limit, Problem, Words
from kinward.core.versions import IF_MATCH, matched, tell_version, version_of
from kinward.people import queries as people
from kinward.people.api import ConsentIn, StatementIn
from kinward.tracing import actions, matching, queries
from kinward.tracing.models import (
    Candidate,
    Opinion,
    Relation,
    Request,
    Review,
    Sought,
    Through,
    Verdict,
)
from kinward.tracing.rules import Band, band
from kinward.tracing.views.requests import everyone_in, those_shown

router = Router(tags=["tracing"])

LONGEST_REASON = 4_000


class ConflictOut(Problem):
    """A refusal; where something was judged meanwhile, with both versions."""

    had: str = Field("", description="The version you sent as If-Match.")
    stands: str = Field("", description="The version that stands: read it, then send it.")
    now: dict[str, Any] = Field({}, description="What stands: round and verdict.")
    changed_by: str = Field("", description="Who made it so.")
    changed_at: datetime | None = Field(None, description="When.")
    sent: dict[str, Any] = Field({}, description="What you sent. Nothing of it was recorded.")


class ReasonOut(Schema):
    """What one comparison says for or against a candidate."""

    comparison: str
    level: str
    bits: float
    found: str
    sought: str
    words: str = Field(description="The same as a sentence, in the language of the request.")

    @staticmethod
    def resolve_found(reason: dict[str, Any]) -> str:
        """Name no place."""
        return str(matching.blind(reason)["found"])

    @staticmethod
    def resolve_sought(reason: dict[str, Any]) -> str:
        """Name no place."""
        return str(matching.blind(reason)["sought"])

    @staticmethod
    def resolve_words(reason: dict[str, Any]) -> str:
        """Put the reason into words."""
        return matching.say(reason, get_language() or "en")


class CandidateOut(Schema):
    """A child who may be a sought person, with the reasons level by level."""

    id: UUID
    child_id: UUID
    child_reference: str = Field(alias="child.reference")
    sought_id: UUID
    sought_reference: str = Field(alias="sought.person.reference")
    request_reference: str = Field(alias="sought.request.reference")
    weight: float = Field(description="Bits.")
    probability: float
    band: Band
    verdict: Verdict
    round: int
    version: str = Field(
        description="Names the round, and whether it is settled; as ETag of the candidate."
    )
    model_version: str
    computed_at: datetime
    reasons: list[ReasonOut]

    @staticmethod
    def resolve_band(candidate: Candidate) -> Band:
        """Put the probability into a word."""
        return band(candidate.probability)


class CandidatesOut(Schema):
    """Some of the candidates, and how many there are in all."""

    items: list[CandidateOut]
    count: int
    not_shown: int = Field(description="Candidates too weak to be shown.")


class ReviewIn(Schema):
    """An opinion and its reason."""

    model_config = ConfigDict(extra="forbid")

    opinion: Opinion
    reason: Annotated[str, Field(strict=True, min_length=1, max_length=LONGEST_REASON)]


class ReviewOut(Schema):
    """An opinion as it was stored."""

    id: UUID
    candidate_id: UUID
    round: int
    opinion: Opinion
    reason: str
    reviewed_at: datetime


@router.get("/children/{uuid:child_id}/candidates", response={200: CandidatesOut} | REFUSALS)
@sees(Permission.SEE_CHILDREN)
def list_candidates(
    request: HttpRequest,
    response: HttpResponse,
    child_id: UUID,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> dict[str, Any]:
    """List the candidates of a child, strongest first."""
    user = signed_in(request)
    child = get_object_or_404(people.children(user=user), pk=child_id)
    found = queries.candidates_of_child(child, user=user)
    shown = list(found[offset : offset + limit])
    persons = [child, *(candidate.sought.person for candidate in shown)]
    record_reads(
        "tracing.read_candidates",
        [*persons, *shown],
        by=user,
        at=timezone.now(),
        compartments=open_compartments(user),
    )
    tell_version(response, version_of(*(each.version for each in shown)))
    return {
        "items": shown,
        "count": found.count(),
        "not_shown": queries.too_weak(child, user=user),
    }


@router.get("/candidates/{uuid:candidate_id}", response={200: CandidateOut} | REFUSALS)
@sees(Permission.SEE_CANDIDATES)
def read_candidate(request: HttpRequest, response: HttpResponse, candidate_id: UUID) -> Candidate:
    """Read a candidate. Its ETag names the version that an opinion of it is sent with."""
    user = signed_in(request)
    found = get_object_or_404(queries.candidates(user=user), pk=candidate_id)
    now = timezone.now()
    record_reads("tracing.read", [found], by=user, at=now)
    both = [found.child, found.sought.person]
    compartments = open_compartments(user)
    record_reads("people.read", both, by=user, at=now, compartments=compartments)
    tell_version(response, found.version)
    return found


@router.post(
    "/candidates/{uuid:candidate_id}/reviews",
    response={201: ReviewOut} | REFUSALS | {400: Problem, 409: ConflictOut, 428: Problem},
    openapi_extra={"parameters": [IF_MATCH]},
)
@sees(Permission.SEE_CANDIDATES)
def create_review(
    request: HttpRequest, response: HttpResponse, candidate_id: UUID, body: ReviewIn
) -> Status[Review]:
    """Record your opinion of a candidate, as you read it: If-Match names the version."""
    user = signed_in(request)
    candidate = get_object_or_404(queries.candidates(user=user), pk=candidate_id)
    review = actions.review_candidate(
        candidate=candidate,
        opinion=body.opinion,
        reason=body.reason,
        seen=matched(request),
        by=user,
        at=timezone.now(),
    )
    tell_version(response, review.candidate.version)
    return Status(201, review)


class SoughtOut(Schema):
    """Somebody who is looked for."""

    id: UUID
    person_id: UUID
    reference: str = Field(alias="person.reference")
    relation: Relation


class RequestOut(Schema):
    """A tracing request."""

    id: UUID
    reference: str
    region: str
    taken_at: datetime
    sought: list[SoughtOut]

    @staticmethod
    def resolve_sought(request: Request) -> list[Sought]:
        """Return everybody it is about."""
        return list(request.sought.all())


class WholeRequestOut(RequestOut):
    """A tracing request with what was told, as far as its reader may see it."""

    told: str = Field(description="In the words of who asks; nothing to who compares blind.")
    language: str
    through: Through
    facts: dict[str, list[dict[str, Any]]] = Field(
        description="Reference of a person it is about, to what was said: property and value."
    )


class RequestsOut(Schema):
    """Some of the requests."""

    items: list[RequestOut]
    next: UUID | None = Field(description="Send it as `after` for those that follow.")


class SoughtIn(Schema):
    """Somebody to look for, and what they are to who asks."""

    model_config = ConfigDict(extra="forbid")

    relation: Relation
    statements: Annotated[list[StatementIn], Field(max_length=200)]


class RequestIn(Schema):
    """A tracing request to take."""

    model_config = ConfigDict(extra="forbid")

    enquirer: Annotated[list[StatementIn], Field(max_length=200)]
    sought: Annotated[list[SoughtIn], Field(min_length=1, max_length=50)]
    consents: Annotated[list[ConsentIn], Field(max_length=20)] = []
    told: Words = ""
    language: Code = ""
    through: Through = Through.SELF
    through_whom: Words = ""
    keeping: Words = Field("", description="Why words stay that label a person, if any do.")


@router.get("/requests", response={200: RequestsOut} | REFUSALS)
@needs(Permission.SEE_REQUESTS)
def list_requests(request: HttpRequest, after: After = None, limit: Limit = 50) -> dict[str, Any]:
    """List the tracing requests you may know of, in the order in which they were taken."""
    user = signed_in(request)
    found, more = rows_after(queries.requests(user=user), after, limit=limit)
    now, compartments = timezone.now(), open_compartments(user)
    record_reads("tracing.listed", found, by=user, at=now)
    shown = [each.person for one in found for each in one.sought.all()]
    record_reads("people.listed", shown, by=user, at=now, compartments=compartments)
    return {"items": found, "next": more}


@router.get("/requests/{uuid:request_id}", response={200: WholeRequestOut} | REFUSALS)
@sees(Permission.SEE_REQUESTS)
def read_request(request: HttpRequest, request_id: UUID) -> Request:
    """Read a tracing request: what was told, and what was said of everybody it is about."""
    user, now = signed_in(request), timezone.now()
    found: Request = get_object_or_404(queries.requests(user=user), pk=request_id)
    record_reads("tracing.read", [found], by=user, at=now)
    shown = those_shown(everyone_in([found]), user)
    compartments = open_compartments(user)
    record_reads("people.read", shown, by=user, at=now, compartments=compartments)
    found.told = queries.told(found, user=user)
    profiles = people.profiles(shown, user=user, but=queries.UNSEEN)
    found.facts = {  # type: ignore[attr-defined]  # for the answer alone
        each.reference: [
            {"property": name, "value": dict(saying.value)}
            for name, fact in profiles[each.pk].items()
            for saying in fact.known
        ]
        for each in shown
    }
    return found


@router.post("/requests", response={201: RequestOut} | REFUSALS | WRITING)
@needs(Permission.TAKE_REQUEST)
def take_request(request: HttpRequest, body: RequestIn) -> Status[Request]:
    """Take a tracing request. Without consent to tracing it is compared with nobody."""
    taken = actions.take_request(
        enquirer=[each.said() for each in body.enquirer],
        sought=[(each.relation, [said.said() for said in each.statements]) for each in body.sought],
        consents=[each.answered() for each in body.consents],
        told=body.told,
        language=body.language,
        through=body.through,
        through_whom=body.through_whom,
        keeping=body.keeping,
        by=signed_in(request),
        at=timezone.now(),
    )
    return Status(201, taken)
