"""What came in about requests, searches, candidates and claims, made clean."""

from kinward.tracing.forms.claims import NOBODY, AgreeForm, ResolveForm
from kinward.tracing.forms.judging import KeyedRadios, OpinionForm, RevealForm, UndoForm
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
from kinward.tracing.forms.searches import Day, EndForm, SearchAgainForm, TracingForm

__all__ = [
    "MOST_SOUGHT",
    "NOBODY",
    "OF_AN_ENQUIRER",
    "OF_A_SOUGHT_PERSON",
    "AgreeForm",
    "Day",
    "EndForm",
    "KeyedRadios",
    "OpinionForm",
    "RelationForm",
    "RequestQuestions",
    "ResolveForm",
    "RevealForm",
    "SearchAgainForm",
    "SoughtQuestions",
    "ToldForm",
    "TracingForm",
    "UndoForm",
    "sought_count",
]
