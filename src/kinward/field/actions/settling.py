"""Settling what two phones said differently."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.audit.actions import record
from kinward.core.errors import NotFound, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.core.versions import Conflict as Overtaken
from kinward.field.actions.visiting import visited_in
from kinward.field.models import Conflict, Settlement, Stands
from kinward.operations.actions import count_child
from kinward.operations.models import SeenHow
from kinward.operations.queries import checkpoints_of
from kinward.people.queries import people
from kinward.placement.actions import record_visit

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import User


class SettledMeanwhile(Overtaken):
    """Somebody settled it before."""


class NoReason(RuleBroken):
    """It needs a reason in words."""


@transaction.atomic
def settle_conflict(
    *, conflict: Conflict, stands: Stands, reason: str, by: User, at: datetime
) -> Settlement:
    """Decide which of two values stands, and do what the second says if it is that one.

    Raises:
        NotFound: it is not for `by` to settle.
        SettledMeanwhile: somebody did before.
        NoReason: the reason is blank.
        WordsRefused: the reason labels a person, or holds what is never kept.
        KinwardError: what the second says cannot be done any more; its words say why.
    """
    if not Conflict.objects.visible_to(by).filter(pk=conflict.pk).exists():
        raise NotFound(_("There is no such conflict."))
    locked = Conflict.objects.select_for_update().get(pk=conflict.pk)
    before = Settlement.objects.filter(conflict=locked).select_related("settled_by").first()
    if before is not None:
        raise SettledMeanwhile(
            _("This has been settled already."),
            by=before.settled_by.get_full_name(),
            at=before.settled_at,
        )
    if not reason.strip():
        raise NoReason(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    made = Settlement.objects.create(
        conflict=locked, stands=stands, reason=reason.strip(), settled_by=by, settled_at=at
    )
    if stands == Stands.SECOND:
        carry_out(locked, by=by, at=at)
    record("field.settled_conflict", locked.child, by=by, at=at, conflict=str(locked.pk))
    return made


def carry_out(conflict: Conflict, *, by: User, at: datetime) -> None:
    """Do what the second entry says."""
    answers = conflict.second.answers
    if conflict.kind == "visit":
        child = people(user=by).filter(pk=conflict.child_id).first()
        if child is None:
            raise NotFound(_("There is no such child, or you may not know of it any more."))
        record_visit(child=child, said=visited_in(answers), by=by, at=at)
        return
    _kind, checkpoint_id, _account, _child = conflict.second.key.split("|")
    checkpoint = checkpoints_of(user=by).filter(pk=UUID(checkpoint_id)).first()
    if checkpoint is None:
        raise NotFound(_("There is no such checkpoint."))
    how = SeenHow(answers["how"])
    count_child(checkpoint=checkpoint, child=conflict.child_id, how=how, by=by, at=at)
