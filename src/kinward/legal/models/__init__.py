"""What is kept of a child's papers, one module for each kind of thing."""

from kinward.legal.models.best import (
    Assessment,
    Heard,
    Opinion,
    PanelDecision,
    PanelOpinion,
    Report,
    Unready,
)
from kinward.legal.models.cases import OfCase
from kinward.legal.models.courts import (
    CourtStep,
    Duty,
    DutyDone,
    Matter,
    Owner,
    Proceeding,
    Ruled,
    Seat,
)
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
    "Assessment",
    "CourtStep",
    "Difference",
    "DocumentKind",
    "DocumentNote",
    "Duty",
    "DutyDone",
    "Flaw",
    "Heard",
    "Matter",
    "NameCheck",
    "Noted",
    "OfCase",
    "Opinion",
    "Owner",
    "PanelDecision",
    "PanelOpinion",
    "Proceeding",
    "Report",
    "Ruled",
    "Seat",
    "TravelDocument",
    "Unready",
]
