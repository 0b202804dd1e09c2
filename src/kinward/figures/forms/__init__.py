"""What editors type in, made clean."""

from kinward.figures.forms.register import (
    CheckForm,
    ClaimForm,
    CorrectionForm,
    LinkForm,
    SourceForm,
)
from kinward.figures.forms.releases import (
    AnswerForm,
    DraftForm,
    MeaningForm,
    WithdrawForm,
)

__all__ = [
    "AnswerForm",
    "CheckForm",
    "ClaimForm",
    "CorrectionForm",
    "DraftForm",
    "LinkForm",
    "MeaningForm",
    "SourceForm",
    "WithdrawForm",
]
