"""What editors of figures type."""

from kinward.figures.forms.coding import (
    CheckForm,
    ClaimForm,
    CorrectionForm,
    LinkForm,
    SourceForm,
)
from kinward.figures.forms.reading import CopiesForm, PageForm, Reading
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
    "CopiesForm",
    "CorrectionForm",
    "DraftForm",
    "LinkForm",
    "MeaningForm",
    "PageForm",
    "Reading",
    "SourceForm",
    "WithdrawForm",
]
