"""Finding an operation to write about, and letting the cases of its children follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.casework import actions as casework
from kinward.casework.actions import GateClosed
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.operations.models import Operation
from kinward.operations.queries import journey_now

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import User
    from kinward.casework.models import Step, Track
    from kinward.operations.queries import Journey
    from kinward.people.models import Person


class UnfitPlan(RuleBroken):
    """What was to be recorded does not fit the operation; its words say why."""


def open_operation(
    operation: Operation,
    *,
    to: Permission = Permission.PLAN_OPERATION,
    by: User,
    closed_too: bool = False,
) -> Journey:
    """Lock an operation that is not closed, or `closed_too`, and return what stands of it.

    Raises:
        NotAllowed: `by` does not do that.
        NotFound: `by` may not know of this operation.
        UnfitPlan: it is reconciled and closed: who went with it stays as it is.
    """
    if not may(by, to):
        raise NotAllowed(_("Your role does not include it. Nothing was changed."))
    if not Operation.objects.visible_to(by).filter(pk=operation.pk).exists():
        raise NotFound(_("There is no such operation."))
    # Two who write at once must each see the other.
    Operation.objects.select_for_update().get(pk=operation.pk)
    journey = journey_now(operation)
    if journey.recorded.closed and not closed_too:
        raise UnfitPlan(_("This operation is reconciled and closed."))
    return journey


def follow(
    child: Person, track: Track, to: str, *, by: User, at: datetime, **said: Any
) -> Step | None:
    """Take the step on a track that follows from what was recorded of a journey.

    Returns None where it does not follow from where the track stands, or a gate refuses: what was
    recorded stands all the same. `said` are its reason, evidence, dates.
    """
    try:
        return casework.follow(child, track, to, by=by, at=at, **said)
    except GateClosed:
        return None


def refuse_gaps(*texts: str) -> None:
    """Refuse that something is not said.

    Raises:
        UnfitPlan: a text is blank.
    """
    if not all(text.strip() for text in texts):
        raise UnfitPlan(_("Write something in every field."))
