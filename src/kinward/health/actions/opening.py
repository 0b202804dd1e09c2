"""Who may write about a child's health, and how its journey follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kinward.access.models import Compartment
from kinward.access.policy import decide
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.casework.actions import UnfitStep, follow_step
from kinward.casework.models import Track
from kinward.casework.tracks import Next
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kinward.access.models import User
    from kinward.casework.models import Step
    from kinward.health.models.words import Fault


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
    if not may(by, Permission.TREAT):
        raise NotAllowed(_("Your role does not include it. Nothing was changed."))
    seen = Person.objects.visible_to(by, to=Permission.TREAT, at=at).children()
    found = seen.filter(pk=child.pk).first()
    opened = decide(by, Permission.TREAT, found, at=at).compartments if found else ()
    if found is None or Compartment.HEALTH not in opened:
        raise NotFound(_("There is no such child."))
    return Person.objects.select_for_update().get(pk=found.pk)


def refuse_labels(**texts: str) -> None:
    """Refuse words that label a person, or that hold what is never kept.

    Raises:
        WordsRefused: some do, with the field they stand in.
    """
    for field, text in texts.items():
        refuse_words(text, field=field)


def follow(child: Person, to: str, *, by: User, at: datetime, **said: Any) -> Step | None:
    """Take the step of the journey that follows; None where it does not follow from where it is.

    What was recorded stands all the same. `said` are its reason, days and dates.
    """
    wanted = Next(to=to, **{"on": at.date()} | said)
    try:
        return follow_step(child=child, track=Track.MOVEMENT, wanted=wanted, by=by, at=at)
    except UnfitStep:
        return None
