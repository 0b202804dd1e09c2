"""What tracing stores, one module for each noun."""

from kinward.tracing.models.candidates import (
    POSSIBLE,
    SETTLED,
    Candidate,
    CandidateQuerySet,
    Judgement,
    Opinion,
    Review,
    Says,
    Step,
    Verdict,
)
from kinward.tracing.models.claims import Resolution
from kinward.tracing.models.requests import (
    FOR_ANOTHER,
    Relation,
    Request,
    RequestQuerySet,
    Sought,
    Through,
)
from kinward.tracing.models.tracings import (
    Done,
    Ending,
    Ground,
    Outcome,
    Plan,
    TracingAction,
)

__all__ = [
    "FOR_ANOTHER",
    "POSSIBLE",
    "SETTLED",
    "Candidate",
    "CandidateQuerySet",
    "Done",
    "Ending",
    "Ground",
    "Judgement",
    "Opinion",
    "Outcome",
    "Plan",
    "Relation",
    "Request",
    "RequestQuerySet",
    "Resolution",
    "Review",
    "Says",
    "Sought",
    "Step",
    "Through",
    "TracingAction",
    "Verdict",
]
