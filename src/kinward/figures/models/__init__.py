"""What the register of figures keeps, and its words."""

from kinward.figures.models.register import Claim, ClaimCheck, ClaimLink, Source
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
    "Claim",
    "ClaimCheck",
    "ClaimLink",
    "Dimension",
    "Facet",
    "Fault",
    "Operator",
    "Source",
    "SourceKind",
    "State",
    "Tie",
    "Translation",
    "Unit",
    "Verdict",
    "Why",
]
