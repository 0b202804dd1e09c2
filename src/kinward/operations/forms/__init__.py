"""What is typed about operations, made clean."""

from kinward.operations.forms.handing import (
    BEFORE_IT,
    CorrectForm,
    LineForm,
    MeetForm,
    MinuteForm,
    lines,
)
from kinward.operations.forms.manifests import (
    DraftForm,
    HandOutForm,
    NothingForm,
    ReceivedForm,
)
from kinward.operations.forms.people import (
    EscortForm,
    ReceiverForm,
)
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
from kinward.operations.forms.signing import ScanForm, SignForm
from kinward.operations.forms.travelling import (
    AmendForm,
    CodeForm,
    KnownForm,
    LeaveForm,
    SettleForm,
    among,
    how_of,
)

__all__ = [
    "BEFORE_IT",
    "AmendForm",
    "ChangedForm",
    "CodeForm",
    "CorrectForm",
    "DayForm",
    "DraftForm",
    "EscortForm",
    "HandOutForm",
    "KnownForm",
    "LeaveForm",
    "LegForm",
    "LineForm",
    "MeetForm",
    "MinuteForm",
    "NothingForm",
    "OperationForm",
    "PermitForm",
    "PutForm",
    "ReasonForm",
    "ReceivedForm",
    "ReceiverForm",
    "ScanForm",
    "SettleForm",
    "SignForm",
    "StopForm",
    "TimesForm",
    "among",
    "how_of",
    "lines",
]
