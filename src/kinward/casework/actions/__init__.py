"""Verbs of casework: steps of a case, and tasks."""

from kinward.casework.actions.steps import (
    GateClosed,
    StepMeanwhile,
    UnfitStep,
    ask_to_go_on,
    push_step,
    take_step,
    withdraw_step,
)
from kinward.casework.actions.tasks import (
    EndedMeanwhile,
    ToDo,
    UnfitTask,
    end_task,
    set_task,
)

__all__ = [
    "EndedMeanwhile",
    "GateClosed",
    "StepMeanwhile",
    "ToDo",
    "UnfitStep",
    "UnfitTask",
    "ask_to_go_on",
    "end_task",
    "push_step",
    "set_task",
    "take_step",
    "withdraw_step",
]
