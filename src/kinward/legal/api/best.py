"""What is best for a child, for machines: assessments, reports, opinions of the panel, decisions.

Of all of it nothing is changed later: it is written once, and read by its version.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from kinward.access.queries import signed_in
from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.errors import NotFound
from kinward.core.refusing import REFUSALS, WRITING, Reason
from kinward.core.versions import tell_version, version_of
from kinward.legal import actions
from kinward.legal.models import Assessment, Heard, Opinion, PanelDecision, PanelOpinion, Report
from kinward.legal.views.best import open_best, open_report

if TYPE_CHECKING:
    from kinward.access.models import UserRequest
    from kinward.legal.panels import Laid

router = Router(tags=["legal"])

Says = Literal["approves", "defers", "not_approved"]


class AssessmentOut(Schema):
    """What was best for a child as its case worker saw it on a day."""

    id: UUID
    heard: Heard | Literal[""] = Field(description="Empty where it was brought in without it.")
    view: str = Field(description="The child's own; or why it was not heard.")
    analysis: str
    recommends: str
    to_determine: bool = Field(description="A panel determines it.")
    why: str
    review_on: date
    recorded_at: datetime


class OptionOut(Schema):
    """One thing that could be done."""

    option: str
    speaks_for: str
    speaks_against: str


class PanelOpinionOut(Schema):
    """What one member of the panel says of a report."""

    id: UUID
    opinion: Says
    words: str
    recorded_at: datetime


class PanelDecisionOut(Schema):
    """What the panel decided on a report."""

    id: UUID
    decision: Says
    words: str
    review_on: date
    digest: str = Field(description="SHA-256 of it, of the report and of every opinion.")
    recorded_at: datetime


class ReportOut(Schema):
    """What lies before the panel, what its members say, and what it decided."""

    id: UUID = Field(alias="report.pk")
    number: int = Field(alias="report.number")
    heard: Heard | Literal[""] = Field(
        alias="report.heard", description="Empty where it was brought in without it."
    )
    view: str = Field(alias="report.view")
    participants: str = Field(alias="report.participants")
    options: list[OptionOut] = Field(alias="report.options")
    recommends: str = Field(alias="report.recommends")
    digest: str = Field(alias="report.digest", description="SHA-256 of what it says.")
    intact: bool = Field(description="It says what it said when it was sealed.")
    open: bool = Field(alias="is_open", description="Opinions are still given.")
    missing: int = Field(description="Opinions before it can be decided on.")
    opinions: list[PanelOpinionOut]
    decision: PanelDecisionOut | None


class LaidOut(Schema):
    """A report that was laid before the panel."""

    id: UUID
    number: int
    digest: str
    recorded_at: datetime


class BestOut(Schema):
    """All that is kept of what is best for a child; the newest first."""

    child_id: UUID
    assessments: list[AssessmentOut]
    reports: list[ReportOut]


class AssessmentIn(Schema):
    """An assessment."""

    model_config = ConfigDict(extra="forbid")

    heard: Heard
    view: Reason
    analysis: Reason
    recommends: Reason
    to_determine: bool
    why: Reason
    review_on: date


class OptionIn(Schema):
    """One thing that could be done, with what speaks for it and against it."""

    model_config = ConfigDict(extra="forbid")

    option: Reason
    speaks_for: Reason
    speaks_against: Reason


class ReportIn(Schema):
    """A report to lay before the panel; it weighs two options or more."""

    model_config = ConfigDict(extra="forbid")

    heard: Heard
    view: Reason
    participants: Reason
    options: Annotated[list[OptionIn], Field(max_length=20)]
    recommends: Reason


class PanelOpinionIn(Schema):
    """An opinion of a report, and why."""

    model_config = ConfigDict(extra="forbid")

    opinion: Says
    words: Reason


class PanelDecisionIn(Schema):
    """What most of the panel say, why, and when it is looked at again."""

    model_config = ConfigDict(extra="forbid")

    decision: Says
    words: Reason
    review_on: date


@router.get("/children/{uuid:child_id}/best-interests", response={200: BestOut} | REFUSALS)
@sees(Permission.SEE_CHILDREN)
def read_best_interests(request: HttpRequest, child_id: UUID) -> dict[str, Any]:
    """Read what was assessed, laid before the panel, said of it and decided."""
    context = open_best(cast("UserRequest", request), child_id)
    return {
        "child_id": child_id,
        "assessments": context["assessments"],
        "reports": [laid for laid, _waits in context["reports"]],
    }


@router.get(
    "/children/{uuid:child_id}/best-interests/reports/{uuid:report_id}",
    response={200: ReportOut} | REFUSALS,
)
@sees(Permission.SEE_CHILDREN)
def read_report(
    request: HttpRequest, response: HttpResponse, child_id: UUID, report_id: UUID
) -> "Laid":
    """Read one report with the opinions of it and the decision.

    Raises:
        NotFound: there is none that is open to whoever asks.
    """
    context = open_best(cast("UserRequest", request), child_id)
    for laid, _waits in context["reports"]:
        if laid.report.pk == report_id:
            found: Laid = laid
            decided = found.decision.pk if found.decision else ""
            spoken = [each.pk for each in found.opinions]
            tell_version(response, version_of(report_id, decided, *spoken))
            return found
    raise NotFound


@router.post(
    "/children/{uuid:child_id}/best-interests/assessments",
    response={201: AssessmentOut} | REFUSALS | WRITING,
)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.ASSESS)
def assess(request: HttpRequest, child_id: UUID, body: AssessmentIn) -> Status[Assessment]:
    """Assess what is best for a child; its case follows where it can."""
    context = open_best(cast("UserRequest", request), child_id, to=Permission.ASSESS)
    made = actions.assess(
        child=context["child"],
        assessed=actions.Assessed(**body.dict()),
        by=signed_in(request),
        at=timezone.now(),
    )
    return Status(201, made)


@router.post(
    "/children/{uuid:child_id}/best-interests/reports",
    response={201: LaidOut} | REFUSALS | WRITING,
)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.ASSESS)
def lay_before_panel(request: HttpRequest, child_id: UUID, body: ReportIn) -> Status[Report]:
    """Lay a report before the panel; it is sealed, and stands in place of one before it."""
    context = open_best(cast("UserRequest", request), child_id, to=Permission.ASSESS)
    options = [actions.Option(**each.dict()) for each in body.options]
    report = actions.lay_before_panel(
        child=context["child"],
        reported=actions.Reported(**body.dict() | {"options": options}),
        by=signed_in(request),
        at=timezone.now(),
    )
    return Status(201, report)


@router.post(
    "/children/{uuid:child_id}/best-interests/reports/{uuid:report_id}/opinions",
    response={201: PanelOpinionOut} | REFUSALS | WRITING,
)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.SIT_ON_PANEL)
def give_opinion(
    request: HttpRequest, child_id: UUID, report_id: UUID, body: PanelOpinionIn
) -> Status[PanelOpinion]:
    """Say, as a member of the panel, what you think of a report; once."""
    context = open_report(cast("UserRequest", request), child_id, report_id)
    given = actions.give_opinion(
        report=context["laid"].report,
        opinion=Opinion(body.opinion),
        words=body.words,
        by=signed_in(request),
        at=timezone.now(),
    )
    return Status(201, given)


@router.post(
    "/children/{uuid:child_id}/best-interests/reports/{uuid:report_id}/decision",
    response={201: PanelDecisionOut} | REFUSALS | WRITING,
)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.SIT_ON_PANEL)
def decide(
    request: HttpRequest, child_id: UUID, report_id: UUID, body: PanelDecisionIn
) -> Status[PanelDecision]:
    """Put down what the panel decided; the case follows where it can."""
    context = open_report(cast("UserRequest", request), child_id, report_id)
    decided = actions.decide(
        report=context["laid"].report,
        decision=Opinion(body.decision),
        words=body.words,
        review_on=body.review_on,
        by=signed_in(request),
        at=timezone.now(),
    )
    return Status(201, decided)
