"""What is kept of operations, one module for each kind of thing."""

from kinward.operations.models.manifests import Manifest, ManifestLine, Signature
from kinward.operations.models.operations import (
    Checkpoint,
    CheckpointKind,
    Leg,
    Mode,
    OfOperations,
    Operation,
    OperationsQuerySet,
    Permit,
    PlannedDay,
    Timetable,
)
from kinward.operations.models.people import (
    OF_CHILD,
    Agreed,
    Berth,
    Escort,
    EscortEnd,
    OnPlan,
    Receiver,
    ReceiverNote,
)

__all__ = [
    "OF_CHILD",
    "Agreed",
    "Berth",
    "Checkpoint",
    "CheckpointKind",
    "Escort",
    "EscortEnd",
    "Leg",
    "Manifest",
    "ManifestLine",
    "Mode",
    "OfOperations",
    "OnPlan",
    "Operation",
    "OperationsQuerySet",
    "Permit",
    "PlannedDay",
    "Receiver",
    "ReceiverNote",
    "Signature",
    "Timetable",
]
