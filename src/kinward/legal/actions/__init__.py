"""Verbs about the papers of a child."""

from kinward.legal.actions.best import (
    Assessed,
    DecidedMeanwhile,
    Option,
    Reported,
    assess,
    decide,
    give_opinion,
    lay_before_panel,
)
from kinward.legal.actions.courts import (
    Happened,
    Ordered,
    RuledMeanwhile,
    finish_duty,
    open_proceeding,
    order_duty,
    record_ruling,
)
from kinward.legal.actions.documents import (
    Settled,
    check_name,
    note_document,
    record_document,
)
from kinward.legal.actions.opening import UnfitPaper

__all__ = [
    "Assessed",
    "DecidedMeanwhile",
    "Happened",
    "Option",
    "Ordered",
    "Reported",
    "RuledMeanwhile",
    "Settled",
    "UnfitPaper",
    "assess",
    "check_name",
    "decide",
    "finish_duty",
    "give_opinion",
    "lay_before_panel",
    "note_document",
    "open_proceeding",
    "order_duty",
    "record_document",
    "record_ruling",
]
