"""What can be done with files in and out."""

from kinward.exchange.actions.bringing import (
    NothingToUndo,
    Refused,
    bring_in,
    undo_list,
)
from kinward.exchange.actions.leaving import Leaving, ask_to_leave, leave

__all__ = [
    "Leaving",
    "NothingToUndo",
    "Refused",
    "ask_to_leave",
    "bring_in",
    "leave",
    "undo_list",
]
