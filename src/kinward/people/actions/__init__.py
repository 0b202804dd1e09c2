"""Registering people, adding to what is said about them, erasing them."""

from kinward.people.actions.describing import (
    FAULTS,
    GAPS,
    CorrectedAlready,
    UnfitConsent,
    UnfitStatement,
    add_statement,
    describe_new,
    record_consent,
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
    "GAPS",
    "CorrectedAlready",
    "ErasedAlready",
    "Held",
    "TooEarly",
    "UnfitConsent",
    "UnfitStatement",
    "add_statement",
    "ask_to_erase",
    "describe_new",
    "erase_again",
    "erase_person",
    "hold_erasure",
    "lift_hold",
    "record_consent",
    "register_child",
    "register_group",
    "store",
]
