"""Registering people, adding to what is said about them, erasing them."""

from kinward.people.actions.describing import (
    FAULTS,
    CorrectedAlready,
    UnfitStatement,
    add_statement,
    describe_new,
    register_child,
    register_group,
    store,
)
from kinward.people.actions.erasing import (
    ErasedAlready,
    Held,
    TooEarly,
    ask_to_erase,
    erase_again,
    erase_person,
    hold_erasure,
    lift_hold,
)

__all__ = [
    "FAULTS",
    "CorrectedAlready",
    "ErasedAlready",
    "Held",
    "TooEarly",
    "UnfitStatement",
    "add_statement",
    "ask_to_erase",
    "describe_new",
    "erase_again",
    "erase_person",
    "hold_erasure",
    "lift_hold",
    "register_child",
    "register_group",
    "store",
]
