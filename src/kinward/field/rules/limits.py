"""How much a phone carries and sends, and for how long. Plain numbers."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

INVITATION_HOLDS: Final = timedelta(minutes=10)
# Wrong tokens and secrets of one account: so many within an hour, and within a day.
OFTEN_ENOUGH: Final = ((timedelta(hours=1), 10), (timedelta(days=1), 50))
MOST_CHILDREN: Final = 40  # assigned ones; who travels on a manifest comes beside them
LONGEST_PACK: Final = timedelta(days=7)
MOST_ENTRIES: Final = 20  # of one request
LARGEST_PIECE: Final = 256 * 1024  # bytes of a photograph in one request
LARGEST_PHOTO: Final = 8 << 20  # bytes of a whole photograph, sealed
