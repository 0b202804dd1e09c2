"""What is made on paper about a child: what each room offers, and how it is drawn up."""

from kinward.people.printouts import consent, letters
from kinward.people.printouts.kept import Kept, State, content_of, place_of_printout, printouts_of
from kinward.people.printouts.offering import (
    MAKERS,
    PRINT,
    Drawn,
    Maker,
    Offer,
    draw,
    offered,
)

__all__ = [
    "MAKERS",
    "PRINT",
    "Drawn",
    "Kept",
    "Maker",
    "Offer",
    "State",
    "consent",
    "content_of",
    "draw",
    "letters",
    "offered",
    "place_of_printout",
    "printouts_of",
]
