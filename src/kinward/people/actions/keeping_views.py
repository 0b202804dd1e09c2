"""Keeping a view of a list for oneself, and letting go of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.core.errors import NotFound, RuleBroken
from kinward.people.queries import kept_views

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.core.narrowing import Narrowing
    from kinward.people.models import KeptView, List

MOST_KEPT: Final = 30  # of one account


class UnfitView(RuleBroken):
    """A view cannot be kept like that; its words say why."""


@transaction.atomic
def keep_view(*, of: List, narrowing: Narrowing, by: User, at: datetime) -> KeptView:
    """Keep how a list is narrowed and ordered: what was chosen, and nothing that was typed.

    Raises:
        UnfitView: nothing was chosen, or this account keeps too many.
    """
    said = narrowing.said()
    if not said:
        raise UnfitView(_("This is how the list always comes. Choose something first."))
    own = kept_views(user=by)
    if own.count() >= MOST_KEPT:
        raise UnfitView(_("You keep thirty views already. Let go of one first."))
    written = urlencode(sorted(said.items()))
    kept, _new = own.get_or_create(account=by, of=of, said=written, defaults={"kept_at": at})
    return kept


@transaction.atomic
def let_go_of_view(*, view_id: UUID, by: User, at: datetime) -> None:  # noqa: ARG001 (as every action)
    """Keep one's own view no longer.

    Raises:
        NotFound: this account keeps no such view.
    """
    if not kept_views(user=by).filter(pk=view_id).delete()[0]:
        raise NotFound(_("There is no such view."))
