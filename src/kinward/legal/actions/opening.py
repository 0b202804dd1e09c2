"""Who may write about the papers of a child."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinward.access.models import Compartment
from kinward.access.rules import Permission
from kinward.casework.actions import open_for
from kinward.core.errors import RuleBroken
from kinward.core.guarding import WordsRefused, objection

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import User
    from kinward.people.models import Person


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
    return open_for(child, {Compartment.LEGAL}, to=to, by=by, at=at)


def refuse_name(name: str, *, field: str) -> None:
    """Refuse what is no name but labels somebody.

    Raises:
        WordsRefused: it does.
    """
    if found := objection(name, is_name=True):
        raise WordsRefused(field, found)
