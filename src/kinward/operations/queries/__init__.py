"""What may be read about operations, by whom."""

from kinward.operations.queries.journeys import (
    BEFORE,
    Journey,
    Post,
    Traveller,
    authorised,
    checkpoints_of,
    frozen_manifest,
    journey_of,
    meetings_of,
    operations_of,
    travellers_of,
)
from kinward.operations.queries.reconciling import Column, Reconciliation, reconciliation_of
from kinward.operations.queries.trips import Trip, trips_of

__all__ = [
    "BEFORE",
    "Column",
    "Journey",
    "Post",
    "Reconciliation",
    "Traveller",
    "Trip",
    "authorised",
    "checkpoints_of",
    "frozen_manifest",
    "journey_of",
    "meetings_of",
    "operations_of",
    "reconciliation_of",
    "travellers_of",
    "trips_of",
]
