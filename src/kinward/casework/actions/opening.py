"""Finding a child that somebody may write about, and locking it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kinward.access.policy import decide
from kinward.access.queries import may
from kinward.core.errors import NotAllowed, NotFound
from kinward.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from kinward.access.models import Compartment, User
    from kinward.access.rules import Permission


def open_for(
    child: Person, needed: Collection[Compartment], *, to: Permission, by: User, at: datetime
) -> Person:
    """Lock a child and return it, if `by` may do that, and all compartments needed are open to it.

    Raises:
        NotAllowed: `by` does not do that at all.
        NotFound: `by` may not know of this child, or one of the compartments is not open.
    """
    if not may(by, to):
        raise NotAllowed(_("Your role does not include it. Nothing was changed."))
    found = Person.objects.visible_to(by, to=to, at=at).children().filter(pk=child.pk).first()
    if found is None or not set(needed) <= decide(by, to, found, at=at).compartments:
        raise NotFound(_("There is no such child."))
    return Person.objects.select_for_update().get(pk=found.pk)
