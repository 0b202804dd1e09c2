"""The forms about papers, one module for each kind of thing."""

from kinward.legal.forms.best import AssessForm, DecideForm, OpinionForm, ReportForm
from kinward.legal.forms.courts import DoneForm, DutyForm, ProceedingForm, RulingForm
from kinward.legal.forms.documents import CheckForm, DocumentForm, NoteForm

__all__ = [
    "AssessForm",
    "CheckForm",
    "DecideForm",
    "DocumentForm",
    "DoneForm",
    "DutyForm",
    "NoteForm",
    "OpinionForm",
    "ProceedingForm",
    "ReportForm",
    "RulingForm",
]
