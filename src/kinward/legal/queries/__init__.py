"""What is kept of a child's papers, for whom they are open to, and what follows from it."""

from kinward.legal.queries.civil import (
    Answerable,
    Law,
    Nationality,
    Pending,
    Piece,
    Said,
    births_of,
    claims_of,
    evidence_of,
    formalities_of,
    nationality_of,
    next_of_births,
)
from kinward.legal.queries.papers import (
    Clock,
    Compared,
    Held,
    Matters,
    as_printed,
    compared,
    documents_of,
    matters_of,
)

__all__ = [
    "Answerable",
    "Clock",
    "Compared",
    "Held",
    "Law",
    "Matters",
    "Nationality",
    "Pending",
    "Piece",
    "Said",
    "as_printed",
    "births_of",
    "claims_of",
    "compared",
    "documents_of",
    "evidence_of",
    "formalities_of",
    "matters_of",
    "nationality_of",
    "next_of_births",
]
