"""The one door to the matching library."""

from kinward.tracing.matching.asking import NextQuestion, next_questions
from kinward.tracing.matching.comparing import (
    COMPARED,
    HELD_BACK,
    LEAST,
    Match,
    Progress,
    bars,
    blind,
    families_of,
    find,
    find_near,
    heading,
    held_back,
    linked,
    read_people,
    say,
)

__all__ = [
    "COMPARED",
    "HELD_BACK",
    "LEAST",
    "Match",
    "NextQuestion",
    "Progress",
    "bars",
    "blind",
    "families_of",
    "find",
    "find_near",
    "heading",
    "held_back",
    "linked",
    "next_questions",
    "read_people",
    "say",
]
