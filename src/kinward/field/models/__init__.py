"""What is stored of phones, of what they sent, and of what has to be settled."""

from kinward.field.models.conflicts import Conflict, Settlement, Single, Stands
from kinward.field.models.devices import (
    Allowance,
    Contact,
    Device,
    Invitation,
    More,
    Pack,
    Revocation,
)
from kinward.field.models.entries import Entry, EntryState, FieldKey, Known, Sequence
from kinward.field.models.photos import Arrived, Photo, Piece

__all__ = [
    "Allowance",
    "Arrived",
    "Conflict",
    "Contact",
    "Device",
    "Entry",
    "EntryState",
    "FieldKey",
    "Invitation",
    "Known",
    "More",
    "Pack",
    "Photo",
    "Piece",
    "Revocation",
    "Sequence",
    "Settlement",
    "Single",
    "Stands",
]
