"""Enrolling phones, handing them packs, taking in what they send, settling where they differ."""

from kinward.field.actions.devices import (
    DeviceRevoked,
    NoReason,
    NoSuchDevice,
    NoSuchToken,
    TokenSpent,
    TooManyTries,
    allow_more,
    enrol_device,
    hear_of_device,
    invite_device,
    own_device,
    refuse_device,
    revoke_device,
)
from kinward.field.actions.keys import newest_key, rotate_field_key
from kinward.field.actions.packing import hand_pack
from kinward.field.actions.photographs import (
    PieceTooLarge,
    PieceUnfit,
    expected_photo,
    has_arrived,
    take_piece,
)
from kinward.field.actions.settling import SettledMeanwhile, settle_conflict
from kinward.field.actions.taking import Result, Sent, take_entries, take_entry

__all__ = [
    "DeviceRevoked",
    "NoReason",
    "NoSuchDevice",
    "NoSuchToken",
    "PieceTooLarge",
    "PieceUnfit",
    "Result",
    "Sent",
    "SettledMeanwhile",
    "TokenSpent",
    "TooManyTries",
    "allow_more",
    "enrol_device",
    "expected_photo",
    "hand_pack",
    "has_arrived",
    "hear_of_device",
    "invite_device",
    "newest_key",
    "own_device",
    "refuse_device",
    "revoke_device",
    "rotate_field_key",
    "settle_conflict",
    "take_entries",
    "take_entry",
    "take_piece",
]
