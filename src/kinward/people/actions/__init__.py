"""Registering people, adding to what is said, recording consent, searching by name."""

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
)
from kinward.people.actions.searching import (
    TooManySearches,
    answer_office,
    ask_office,
    look_for_alike,
    refuse_search,
    search_people,
)

__all__ = [
    "FAULTS",
    "GAPS",
    "CorrectedAlready",
    "TooManySearches",
    "UnfitConsent",
    "UnfitStatement",
    "add_statement",
    "answer_office",
    "ask_office",
    "describe_new",
    "look_for_alike",
    "record_consent",
    "refuse_search",
    "register_child",
    "register_group",
    "search_people",
]
