"""Registering people, adding to what is said, recording consent, erasing, searching by name."""

from kinward.people.actions.consenting import (
    GAPS,
    AnsweredMeanwhile,
    UnfitConsent,
    derive_bases,
    record_consent,
    store_consents,
)
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
    ask_to_lift,
    erase_again,
    erase_person,
    hold_erasure,
    lift_hold,
)
from kinward.people.actions.files import FileThereAlready, NoReason, attach_file, withdraw_file
from kinward.people.actions.searching import (
    TooManySearches,
    answer_office,
    ask_office,
    look_for_alike,
    refuse_search,
    search_people,
)
from kinward.people.actions.words import answer_for_words, guard_words

__all__ = [
    "FAULTS",
    "GAPS",
    "AnsweredMeanwhile",
    "CorrectedAlready",
    "ErasedAlready",
    "FileThereAlready",
    "Held",
    "NoReason",
    "TooEarly",
    "TooManySearches",
    "UnfitConsent",
    "UnfitStatement",
    "add_statement",
    "answer_for_words",
    "answer_office",
    "ask_office",
    "ask_to_erase",
    "ask_to_lift",
    "attach_file",
    "derive_bases",
    "describe_new",
    "erase_again",
    "erase_person",
    "guard_words",
    "hold_erasure",
    "lift_hold",
    "look_for_alike",
    "record_consent",
    "refuse_search",
    "register_child",
    "register_group",
    "search_people",
    "store",
    "store_consents",
    "withdraw_file",
]
