"""Who may write about an operation on its way, and the lock behind which they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kinward.access.queries import may
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.operations import queries
from kinward.operations.models import Closing, Operation, Reconciled

if TYPE_CHECKING:
    from kinward.access.models import User
    from kinward.access.rules import Permission
    from kinward.operations.models import Checkpoint


class UnfitRecord(RuleBroken):
    """Something of a journey cannot be recorded like that; its words say why."""


class StillToExplain(RuleBroken):
    """Something may not be closed; `reasons` are all that keep it open, and its words hold each."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def held_operation(
    operation: Operation, *, to: Permission, by: User, closed_too: bool = False
) -> Operation:
    """Lock an operation that is under way, or `closed_too`, if `by` may do that to it.

    Raises:
        NotAllowed: `by` does not do that at all.
        NotFound: `by` does not work on this operation.
        UnfitRecord: it is reconciled and closed.
    """
    if not may(by, to):
        raise NotAllowed(_("Your role does not include it. Nothing was changed."))
    if not queries.operations_of(user=by).filter(pk=operation.pk).exists():
        raise NotFound(_("There is no such operation."))
    locked = Operation.objects.select_for_update().get(pk=operation.pk)
    if not closed_too and Reconciled.objects.filter(operation=locked).exists():
        raise UnfitRecord(_("This operation is reconciled and closed."))
    return locked


def held_checkpoint(checkpoint: Checkpoint, *, to: Permission, by: User) -> Operation:
    """Lock the operation of a checkpoint that is open and return it, if `by` may do that there.

    Raises:
        NotAllowed, NotFound, UnfitRecord: as `held_operation`; or the checkpoint is closed.
    """
    operation = held_operation(checkpoint.leg.operation, to=to, by=by)
    if Closing.objects.filter(checkpoint=checkpoint).exists():
        raise UnfitRecord(_("This checkpoint is closed."))
    return operation
