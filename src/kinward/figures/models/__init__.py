"""What the register of figures keeps, and its words."""

from kinward.figures.models.kept import KeptPage, ReleaseAudit
from kinward.figures.models.programme import (
    Against,
    Breakdown,
    By,
    DraftState,
    Figure,
    FileKind,
    ReleaseState,
    ReleaseStepKind,
)
from kinward.figures.models.register import Claim, ClaimCheck, ClaimLink, Source
from kinward.figures.models.releases import (
    AskedDraft,
    DraftRefused,
    Meaning,
    Release,
    ReleaseFile,
    ReleaseStep,
)
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
    "AskedDraft",
    "Breakdown",
    "By",
    "Claim",
    "ClaimCheck",
    "ClaimLink",
    "CopyOf",
    "Dimension",
    "DraftRefused",
    "DraftState",
    "Facet",
    "Fault",
    "Figure",
    "FileKind",
    "KeptPage",
    "Meaning",
    "Operator",
    "Release",
    "ReleaseAudit",
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
