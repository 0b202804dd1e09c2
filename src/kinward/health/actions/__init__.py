"""Verbs about the health of a child."""

from kinward.health.actions.opening import UnfitEntry
from kinward.health.actions.passing import (
    HandedOut,
    Leaving,
    discharge,
    hand_out_summary,
    state_fitness,
)
from kinward.health.actions.recording import (
    EndedMeanwhile,
    Met,
    end_entry,
    record_encounter,
    record_entry,
)

__all__ = [
    "EndedMeanwhile",
    "HandedOut",
    "Leaving",
    "Met",
    "UnfitEntry",
    "discharge",
    "end_entry",
    "hand_out_summary",
    "record_encounter",
    "record_entry",
    "state_fitness",
]
