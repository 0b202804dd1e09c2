"""What came in about requests, searches, candidates and claims, made clean."""

from kinward.tracing.forms.claims import NOBODY, AgreeForm, ResolveForm
from kinward.tracing.forms.judging import KeyedRadios, OpinionForm, RevealForm, UndoForm
from kinward.tracing.forms.merging import MergeForm, OtherRecordForm
from kinward.tracing.forms.requests import (
    MOST_SOUGHT,
    OF_A_SOUGHT_PERSON,
    OF_AN_ENQUIRER,
    RelationForm,
    RequestQuestions,
    SoughtQuestions,
    ToldForm,
    sought_count,
)
from kinward.tracing.forms.searches import EndForm, SearchAgainForm, TracingForm
from kinward.tracing.forms.verifying import (
    AdultForm,
    ChildForm,
    DnaReportForm,
    DnaRequestForm,
    ExplainForm,
    LineUpForm,
    OpenForm,
    PickForm,
    SettleForm,
    question_of,
    spoken,
)

__all__ = [
    "MOST_SOUGHT",
    "NOBODY",
    "OF_AN_ENQUIRER",
    "OF_A_SOUGHT_PERSON",
    "AdultForm",
    "AgreeForm",
    "ChildForm",
    "DnaReportForm",
    "DnaRequestForm",
    "EndForm",
    "ExplainForm",
    "KeyedRadios",
    "LineUpForm",
    "MergeForm",
    "OpenForm",
    "OpinionForm",
    "OtherRecordForm",
    "PickForm",
    "RelationForm",
    "RequestQuestions",
    "ResolveForm",
    "RevealForm",
    "SearchAgainForm",
    "SettleForm",
    "SoughtQuestions",
    "ToldForm",
    "TracingForm",
    "UndoForm",
    "question_of",
    "sought_count",
    "spoken",
]
