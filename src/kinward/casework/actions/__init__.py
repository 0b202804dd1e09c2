"""Verbs of casework: steps of a case, holds on it, and tasks."""

from kinward.casework.actions.feeds import close_feed, open_feed
from kinward.casework.actions.holds import (
    Addition,
    Claim,
    HoldMeanwhile,
    UnfitHold,
    add_to_hold,
    record_hold,
)
from kinward.casework.actions.kin import Kin, tell_kin
from kinward.casework.actions.opening import open_for
from kinward.casework.actions.papers import InHand, push_document
from kinward.casework.actions.steps import (
    GateClosed,
    StepMeanwhile,
    UnfitStep,
    ask_to_go_on,
    follow,
    follow_step,
    push_step,
    take_step,
    withdraw_followed,
    withdraw_step,
)
from kinward.casework.actions.tasks import (
    EndedMeanwhile,
    ToDo,
    UnfitTask,
    end_task,
    set_task,
    set_task_to_tell,
)

__all__ = [
    "Addition",
    "Claim",
    "EndedMeanwhile",
    "GateClosed",
    "HoldMeanwhile",
    "InHand",
    "Kin",
    "StepMeanwhile",
    "ToDo",
    "UnfitHold",
    "UnfitStep",
    "UnfitTask",
    "add_to_hold",
    "ask_to_go_on",
    "close_feed",
    "end_task",
    "follow",
    "follow_step",
    "open_feed",
    "open_for",
    "push_document",
    "push_step",
    "record_hold",
    "set_task",
    "set_task_to_tell",
    "take_step",
    "tell_kin",
    "withdraw_followed",
    "withdraw_step",
]
