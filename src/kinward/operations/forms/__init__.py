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
from kinward.operations.forms.travelling import (
    CodeForm,
    KnownForm,
    LeaveForm,
    SettleForm,
    among,
    how_of,
)

__all__ = [
    "BEFORE_IT",
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
    "SettleForm",
    "StopForm",
    "TimesForm",
    "among",
    "how_of",
    "lines",
]
