"""What is typed about people: what is said of them, whether they agree, whom one looks for."""

from kinward.people.forms.answers import BirthForm
from kinward.people.forms.consents import (
    LANGUAGES,
    Answered,
    AnsweredForRequest,
    AskedAgainForm,
    AskedFirst,
    RelativeAskedFirst,
)
from kinward.people.forms.erasures import ErasureForm, HoldForm, LiftForm
from kinward.people.forms.searching import MessageForm, SearchForm
from kinward.people.forms.statements import (
    ADDED_ONE_BY_ONE,
    OF_A_CHILD,
    AskedSection,
    Circumstances,
    Description,
    Question,
    Section,
    Settling,
    Stays,
    TakingBack,
    sent,
)

__all__ = [
    "ADDED_ONE_BY_ONE",
    "LANGUAGES",
    "OF_A_CHILD",
    "Answered",
    "AnsweredForRequest",
    "AskedAgainForm",
    "AskedFirst",
    "AskedSection",
    "BirthForm",
    "Circumstances",
    "Description",
    "ErasureForm",
    "HoldForm",
    "LiftForm",
    "MessageForm",
    "Question",
    "RelativeAskedFirst",
    "SearchForm",
    "Section",
    "Settling",
    "Stays",
    "TakingBack",
    "sent",
]
