"""Verbs about operations."""

from kinward.operations.actions.amending import Wrong, answer_amendment, ask_to_amend
from kinward.operations.actions.closing import (
    Closed,
    close_checkpoint,
    close_operation,
)
from kinward.operations.actions.counting import (
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
from kinward.operations.actions.leaving import (
    Stayed,
    leave_behind,
    take_leaving_back,
)
from kinward.operations.actions.manifests import (
    UnfitManifest,
    draft_manifest,
    hand_out,
    sign_manifest,
)
from kinward.operations.actions.opening import (
    UnfitPlan,
)
from kinward.operations.actions.people import (
    Named,
    SaidMeanwhile,
    agree_to_receiver,
    end_escort,
    name_escort,
    name_receiver,
    withdraw_receiver,
)
from kinward.operations.actions.planning import (
    Times,
    Way,
    add_leg,
    change_day,
    change_leg,
    plan_operation,
    put_on_plan,
    record_permit,
    take_off_plan,
)
from kinward.operations.actions.printing import take_paper
from kinward.operations.actions.signing import keep_signed_paper, sign_minute
from kinward.operations.actions.standing import (
    StillToExplain,
    UnfitRecord,
)

__all__ = [
    "PARTS",
    "Closed",
    "Handed",
    "Line",
    "Named",
    "SaidMeanwhile",
    "Stayed",
    "StillToExplain",
    "Times",
    "UnfitManifest",
    "UnfitPlan",
    "UnfitRecord",
    "Way",
    "Wrong",
    "add_leg",
    "agree_to_receiver",
    "answer_amendment",
    "ask_to_amend",
    "change_day",
    "change_leg",
    "close_checkpoint",
    "close_operation",
    "correct_handover",
    "count_child",
    "draft_manifest",
    "end_escort",
    "finish_count",
    "give_bands",
    "hand_out",
    "keep_signed_paper",
    "leave_behind",
    "name_escort",
    "name_receiver",
    "plan_operation",
    "put_on_plan",
    "record_meeting",
    "record_minute",
    "record_permit",
    "settle",
    "sign_manifest",
    "sign_minute",
    "take_leaving_back",
    "take_off_plan",
    "take_paper",
    "travels_at",
    "withdraw_receiver",
]
