"""What is kept of a child's papers, one module for each kind of thing."""

from kinward.legal.models.cases import OfCase
from kinward.legal.models.documents import (
    Difference,
    DocumentKind,
    DocumentNote,
    Flaw,
    NameCheck,
    Noted,
    TravelDocument,
)

__all__ = [
    "Difference",
    "DocumentKind",
    "DocumentNote",
    "Flaw",
    "NameCheck",
    "Noted",
    "OfCase",
    "TravelDocument",
]
