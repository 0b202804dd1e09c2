"""What can be done with files in and out."""

from kinward.exchange.actions.bringing import (
    NothingToUndo,
    Read,
    Refused,
    bring_in,
    read_source,
    undo_list,
)
from kinward.exchange.actions.leaving import Leaving, ask_to_leave, leave

__all__ = [
    "Leaving",
    "NothingToUndo",
    "Read",
    "Refused",
    "ask_to_leave",
    "bring_in",
    "leave",
    "read_source",
    "undo_list",
]
