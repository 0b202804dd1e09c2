"""Taking requests, searching, finding candidates, reviewing them, taking a judgement back."""

from kinward.casework.actions import GateClosed
from kinward.tracing.actions.claiming import (
    HINDERED,
    ClaimsChanged,
    Hindered,
    UnfitResolution,
    answer_resolution,
    ask_to_resolve,
    ask_to_take_back,
)
from kinward.tracing.actions.exporting import (
    MOST,
    UnfitExport,
    UnfitKey,
    ask_to_export,
    hand_out,
)
from kinward.tracing.actions.finding import find_candidates, look_again
from kinward.tracing.actions.interviewing import (
    Heard,
    OutOfOrder,
    capture_answers,
    prepare_line_up,
    record_pick,
)
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
from kinward.tracing.actions.mailing import mail_news
from kinward.tracing.actions.merging import (
    MergedMeanwhile,
    UnfitMerging,
    answer_merging,
    ask_to_merge,
)
from kinward.tracing.actions.receipts import take_receipt
from kinward.tracing.actions.recomputing import recompute
from kinward.tracing.actions.taking import (
    SoughtPerson,
    UnfitRequest,
    record_request_consent,
    take_request,
)
from kinward.tracing.actions.testing import Report, report_dna, request_dna
from kinward.tracing.actions.tracing import (
    LACKS,
    EndedMeanwhile,
    UnfitTracing,
    end_search,
    record_tracing,
    search_again,
)
from kinward.tracing.actions.verifying import (
    NotToVerify,
    SettledMeanwhile,
    UnfitInterviewer,
    UnfitProof,
    ask_interviewer,
    decide_verification,
    explain,
    open_verification,
    recommend,
    take_back_decision,
)

__all__ = [
    "HINDERED",
    "LACKS",
    "MOST",
    "AlreadyReviewed",
    "AlreadySettled",
    "ClaimsChanged",
    "EndedMeanwhile",
    "GateClosed",
    "Heard",
    "Hindered",
    "JudgedMeanwhile",
    "MergedMeanwhile",
    "NoReason",
    "NotConfirmed",
    "NotToVerify",
    "NothingToUndo",
    "OutOfOrder",
    "Report",
    "SettledMeanwhile",
    "SoughtPerson",
    "UnfitExport",
    "UnfitInterviewer",
    "UnfitKey",
    "UnfitMerging",
    "UnfitProof",
    "UnfitRequest",
    "UnfitResolution",
    "UnfitTracing",
    "answer_merging",
    "answer_resolution",
    "ask_interviewer",
    "ask_to_export",
    "ask_to_merge",
    "ask_to_resolve",
    "ask_to_take_back",
    "capture_answers",
    "decide_verification",
    "end_search",
    "explain",
    "find_candidates",
    "hand_out",
    "look_again",
    "mail_news",
    "open_verification",
    "prepare_line_up",
    "recommend",
    "recompute",
    "record_pick",
    "record_request_consent",
    "record_tracing",
    "report_dna",
    "request_dna",
    "reveal",
    "review_candidate",
    "search_again",
    "take_back_decision",
    "take_receipt",
    "take_request",
    "undo_judgement",
]
