"""What is kept of operations, one module for each kind of thing."""

from kinward.operations.models.manifests import Disclosure, Manifest, ManifestLine, Signature
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
from kinward.operations.models.words import Change, FileKind, Obstacle, State, Unready, Variant

__all__ = [
    "OF_CHILD",
    "Agreed",
    "Berth",
    "Change",
    "Checkpoint",
    "CheckpointKind",
    "Disclosure",
    "Escort",
    "EscortEnd",
    "FileKind",
    "Leg",
    "Manifest",
    "ManifestLine",
    "Mode",
    "Obstacle",
    "OfOperations",
    "OnPlan",
    "Operation",
    "OperationsQuerySet",
    "Permit",
    "PlannedDay",
    "Receiver",
    "ReceiverNote",
    "Signature",
    "State",
    "Timetable",
    "Unready",
    "Variant",
]
