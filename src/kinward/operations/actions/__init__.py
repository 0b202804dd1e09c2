"""Verbs of operations."""

from kinward.operations.actions.closing import (
    Closed,
    close_checkpoint,
    close_operation,
    keeping_open,
)
from kinward.operations.actions.counting import (
    child_of_code,
    count_child,
    finish_count,
    give_bands,
    settle,
)
from kinward.operations.actions.handing import (
    PARTS,
    Handed,
    Line,
    correct_handover,
    record_meeting,
    record_minute,
)
from kinward.operations.actions.leaving import Stayed, leave_behind, take_leaving_back
from kinward.operations.actions.standing import StillToExplain, UnfitRecord, travels_at

__all__ = [
    "PARTS",
    "Closed",
    "Handed",
    "Line",
    "Stayed",
    "StillToExplain",
    "UnfitRecord",
    "child_of_code",
    "close_checkpoint",
    "close_operation",
    "correct_handover",
    "count_child",
    "finish_count",
    "give_bands",
    "keeping_open",
    "leave_behind",
    "record_meeting",
    "record_minute",
    "settle",
    "take_leaving_back",
    "travels_at",
]
