"""What the register of figures keeps, and its words."""

from kinward.figures.models.register import Claim, ClaimCheck, ClaimLink, Source
from kinward.figures.models.sources import ArchivedCopy, CopyOf, SameText, SetAside
from kinward.figures.models.words import (
    Dimension,
    Facet,
    Fault,
    Operator,
    SourceKind,
    State,
    Tie,
    Translation,
    Unit,
    Verdict,
    Why,
)

__all__ = [
    "ArchivedCopy",
    "Claim",
    "ClaimCheck",
    "ClaimLink",
    "CopyOf",
    "Dimension",
    "Facet",
    "Fault",
    "Operator",
    "SameText",
    "SetAside",
    "Source",
    "SourceKind",
    "State",
    "Tie",
    "Translation",
    "Unit",
    "Verdict",
    "Why",
]
