"""The forms of operations, one module for each kind of thing."""

from kinward.operations.forms.handing import CorrectForm, LineForm, MeetForm, MinuteForm, lines
from kinward.operations.forms.travelling import (
    CodeForm,
    LeaveForm,
    ReasonForm,
    SettleForm,
    among,
    how_of,
)

__all__ = [
    "CodeForm",
    "CorrectForm",
    "LeaveForm",
    "LineForm",
    "MeetForm",
    "MinuteForm",
    "ReasonForm",
    "SettleForm",
    "among",
    "how_of",
    "lines",
]
