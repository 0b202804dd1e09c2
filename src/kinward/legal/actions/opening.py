"""Who may write about the papers of a child, and how the tracks of its case follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kinward.access.models import Compartment
from kinward.access.policy import decide
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.casework.actions import UnfitStep, follow_step
from kinward.casework.tracks import Next
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import WordsRefused, objection
from kinward.people.models import Person

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import User
    from kinward.casework.models import Step, Track


class UnfitPaper(RuleBroken):
    """Something about a paper cannot be recorded like that; its words say why."""


def open_papers(
    child: Person, *, to: Permission = Permission.RECORD_PAPERS, by: User, at: datetime
) -> Person:
    """Lock a child and return it, if `by` may write about its papers.

    Raises:
        NotAllowed: `by` does not write about papers.
        NotFound: `by` may not know of this child, or its papers are not open to them.
    """
    if not may(by, to):
        raise NotAllowed(_("Your role does not include it. Nothing was changed."))
    found = Person.objects.visible_to(by, to=to, at=at).children().filter(pk=child.pk).first()
    if found is None or Compartment.LEGAL not in decide(by, to, found, at=at).compartments:
        raise NotFound(_("There is no such child."))
    return Person.objects.select_for_update().get(pk=found.pk)


def refuse_name(name: str, *, field: str) -> None:
    """Refuse what is no name but labels somebody.

    Raises:
        WordsRefused: it does.
    """
    if found := objection(name, is_name=True):
        raise WordsRefused(field, found)


def follow(
    child: Person, track: Track, to: str, *, by: User, at: datetime, **said: Any
) -> Step | None:
    """Take the step on a track that follows from what was recorded.

    Returns None where it does not follow from where the track stands: what was recorded stands all
    the same, and whoever works on the track sees it there. `said` are its reason, evidence, dates.
    """
    wanted = Next(to=to, **{"on": at.date()} | said)
    try:
        return follow_step(child=child, track=track, wanted=wanted, by=by, at=at)
    except UnfitStep:
        return None
