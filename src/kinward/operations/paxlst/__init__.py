"""Passenger lists as border authorities read them: UN/EDIFACT PAXLST out and in, CUSRES in.

After the WCO/IATA/ICAO guidelines on advance passenger information (PAXLST and CUSRES, D.05B). What
a message says of its own totals is held against what it holds, and flagged where they differ.
"""

from kinward.operations.paxlst.reading import answers_in, read
from kinward.operations.paxlst.words import (
    Answer,
    Document,
    Flag,
    Flight,
    Message,
    Received,
    Traveller,
    Unreadable,
)
from kinward.operations.paxlst.writing import Sending, unedi, write

__all__ = [
    "Answer",
    "Document",
    "Flag",
    "Flight",
    "Message",
    "Received",
    "Sending",
    "Traveller",
    "Unreadable",
    "answers_in",
    "read",
    "unedi",
    "write",
]
