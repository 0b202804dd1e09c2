"""The forms about papers, one module for each kind of thing."""

from kinward.legal.forms.best import AssessForm, DecideForm, OpinionForm, ReportForm
from kinward.legal.forms.civil import (
    BirthForm,
    ClaimAnswerForm,
    ClaimForm,
    EvidenceForm,
    EvidenceNoteForm,
    FormalityForm,
    LegalFactForm,
    ProgressForm,
)
from kinward.legal.forms.courts import DoneForm, DutyForm, ProceedingForm, RulingForm
from kinward.legal.forms.documents import CheckForm, DocumentForm, NoteForm

__all__ = [
    "AssessForm",
    "BirthForm",
    "CheckForm",
    "ClaimAnswerForm",
    "ClaimForm",
    "DecideForm",
    "DocumentForm",
    "DoneForm",
    "DutyForm",
    "EvidenceForm",
    "EvidenceNoteForm",
    "FormalityForm",
    "LegalFactForm",
    "NoteForm",
    "OpinionForm",
    "ProceedingForm",
    "ProgressForm",
    "ReportForm",
    "RulingForm",
]
