"""What may be read of phones and of what they sent, and by whom."""

from kinward.field.queries.devices import (
    accounts_in_the_field,
    allowances_of,
    devices,
    is_revoked,
    known_digest,
    last_pack,
    more_for,
)
from kinward.field.queries.entries import (
    about_of,
    conflicts,
    conflicts_of,
    keys,
    last_seq,
    refused,
)
from kinward.field.queries.packs import Packed, packed

__all__ = [
    "Packed",
    "about_of",
    "accounts_in_the_field",
    "allowances_of",
    "conflicts",
    "conflicts_of",
    "devices",
    "is_revoked",
    "keys",
    "known_digest",
    "last_pack",
    "last_seq",
    "more_for",
    "packed",
    "refused",
]
