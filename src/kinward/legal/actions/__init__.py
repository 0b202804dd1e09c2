"""Verbs about the papers of a child."""

from kinward.legal.actions.documents import (
    Settled,
    check_name,
    note_document,
    record_document,
)
from kinward.legal.actions.opening import UnfitPaper

__all__ = ["Settled", "UnfitPaper", "check_name", "note_document", "record_document"]
