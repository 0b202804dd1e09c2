"""What editors of figures type."""

from kinward.figures.forms.coding import (
    CheckForm,
    ClaimForm,
    CorrectionForm,
    LinkForm,
    SourceForm,
)
from kinward.figures.forms.reading import CopiesForm, PageForm, Reading

__all__ = [
    "CheckForm",
    "ClaimForm",
    "CopiesForm",
    "CorrectionForm",
    "LinkForm",
    "PageForm",
    "Reading",
    "SourceForm",
]
