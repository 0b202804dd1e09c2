"""Taking requests, searching, finding candidates, reviewing them, taking a judgement back."""

from kinward.tracing.actions.claiming import (
    HINDERED,
    ClaimsChanged,
    Hindered,
    UnfitResolution,
    answer_resolution,
    ask_to_resolve,
    ask_to_take_back,
)
from kinward.tracing.actions.finding import find_candidates, look_again
from kinward.tracing.actions.judging import (
    AlreadyReviewed,
    AlreadySettled,
    JudgedMeanwhile,
    NoReason,
    NotConfirmed,
    NothingToUndo,
    reveal,
    review_candidate,
    undo_judgement,
)
from kinward.tracing.actions.taking import (
    SoughtPerson,
    UnfitRequest,
    record_request_consent,
    take_request,
)
from kinward.tracing.actions.tracing import (
    LACKS,
    EndedMeanwhile,
    UnfitTracing,
    end_search,
    record_tracing,
    search_again,
)

__all__ = [
    "HINDERED",
    "LACKS",
    "AlreadyReviewed",
    "AlreadySettled",
    "ClaimsChanged",
    "EndedMeanwhile",
    "Hindered",
    "JudgedMeanwhile",
    "NoReason",
    "NotConfirmed",
    "NothingToUndo",
    "SoughtPerson",
    "UnfitRequest",
    "UnfitResolution",
    "UnfitTracing",
    "answer_resolution",
    "ask_to_resolve",
    "ask_to_take_back",
    "end_search",
    "find_candidates",
    "look_again",
    "record_request_consent",
    "record_tracing",
    "reveal",
    "review_candidate",
    "search_again",
    "take_request",
    "undo_judgement",
]
