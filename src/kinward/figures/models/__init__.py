"""What the register of figures keeps, and its words."""

from kinward.figures.models.programme import (
    Against,
    Breakdown,
    By,
    Figure,
    FileKind,
    ReleaseState,
    ReleaseStepKind,
)
from kinward.figures.models.register import Claim, ClaimCheck, ClaimLink, Source
from kinward.figures.models.releases import Meaning, Release, ReleaseFile, ReleaseStep
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
    "Against",
    "ArchivedCopy",
    "Breakdown",
    "By",
    "Claim",
    "ClaimCheck",
    "ClaimLink",
    "CopyOf",
    "Dimension",
    "Facet",
    "Fault",
    "Figure",
    "FileKind",
    "Meaning",
    "Operator",
    "Release",
    "ReleaseFile",
    "ReleaseState",
    "ReleaseStep",
    "ReleaseStepKind",
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
