"""What is typed about operations, made clean."""

from kinward.operations.forms.manifests import (
    DraftForm,
    HandOutForm,
    NothingForm,
    ReceivedForm,
)
from kinward.operations.forms.people import EscortForm, ReceiverForm
from kinward.operations.forms.planning import (
    ChangedForm,
    DayForm,
    LegForm,
    OperationForm,
    PermitForm,
    PutForm,
    ReasonForm,
    StopForm,
    TimesForm,
)

__all__ = [
    "ChangedForm",
    "DayForm",
    "DraftForm",
    "EscortForm",
    "HandOutForm",
    "LegForm",
    "NothingForm",
    "OperationForm",
    "PermitForm",
    "PutForm",
    "ReasonForm",
    "ReceivedForm",
    "ReceiverForm",
    "StopForm",
    "TimesForm",
]
