"""What an entry says, and where two entries say different things."""

from kinward.field.rules.limits import (
    INVITATION_HOLDS,
    LARGEST_PHOTO,
    LARGEST_PIECE,
    LONGEST_PACK,
    MOST_CHILDREN,
    MOST_ENTRIES,
    OFTEN_ENOUGH,
)
from kinward.field.rules.reading import Fault, Read, Row, Wrong, differing, read

__all__ = [
    "INVITATION_HOLDS",
    "LARGEST_PHOTO",
    "LARGEST_PIECE",
    "LONGEST_PACK",
    "MOST_CHILDREN",
    "MOST_ENTRIES",
    "OFTEN_ENOUGH",
    "Fault",
    "Read",
    "Row",
    "Wrong",
    "differing",
    "read",
]
