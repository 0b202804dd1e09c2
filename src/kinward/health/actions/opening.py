"""Who may write about a child's health."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinward.access.models import Compartment
from kinward.access.rules import Permission
from kinward.casework.actions import open_for
from kinward.core.errors import RuleBroken
from kinward.core.guarding import refuse_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kinward.access.models import User
    from kinward.health.models.words import Fault
    from kinward.people.models import Person


class UnfitEntry(RuleBroken):
    """Something cannot be recorded like that; its words say why, `faults` each by its name."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(str(each.label) for each in faults))
        self.faults = tuple(faults)


def open_health(child: Person, *, by: User, at: datetime) -> Person:
    """Lock a child and return it, if `by` is a medic to whom its health is open.

    Raises:
        NotAllowed: `by` is no medic.
        NotFound: `by` may not know of this child, or its health is not open to them.
    """
    return open_for(child, {Compartment.HEALTH}, to=Permission.TREAT, by=by, at=at)


def refuse_labels(**texts: str) -> None:
    """Refuse words that label a person, or that hold what is never kept.

    Raises:
        WordsRefused: some do, with the field they stand in.
    """
    for field, text in texts.items():
        refuse_words(text, field=field)
