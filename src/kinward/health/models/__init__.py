"""What is kept of a child's health, and the words for it."""

from kinward.health.models.rows import (
    Discharge,
    Encounter,
    Entry,
    EntryEnd,
    FitnessStatement,
    Handout,
    OfHealth,
)
from kinward.health.models.words import (
    Ended,
    EntryKind,
    Fit,
    Found,
    Meeting,
    SharedFor,
    Shown,
)

__all__ = [
    "Discharge",
    "Encounter",
    "Ended",
    "Entry",
    "EntryEnd",
    "EntryKind",
    "Fit",
    "FitnessStatement",
    "Found",
    "Handout",
    "Meeting",
    "OfHealth",
    "SharedFor",
    "Shown",
]
