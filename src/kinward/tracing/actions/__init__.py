"""Taking requests, finding candidates, reviewing them, and taking a judgement back."""

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
from kinward.tracing.actions.taking import SoughtPerson, record_request_consent, take_request

__all__ = [
    "AlreadyReviewed",
    "AlreadySettled",
    "JudgedMeanwhile",
    "NoReason",
    "NotConfirmed",
    "NothingToUndo",
    "SoughtPerson",
    "find_candidates",
    "look_again",
    "record_request_consent",
    "reveal",
    "review_candidate",
    "take_request",
    "undo_judgement",
]
