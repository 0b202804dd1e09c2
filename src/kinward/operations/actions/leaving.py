"""Recording that a child did not go on with an operation, why, and with which one it goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.casework.models import Track
from kinward.casework.tracks import Movement, Next
from kinward.core.guarding import refuse_words
from kinward.operations import queries
from kinward.operations.actions.opening import follow
from kinward.operations.actions.standing import UnfitRecord, held_operation
from kinward.operations.models import Closing, Leaving, Left, OnPlan, Reconciled, WhyNot
from kinward.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.operations.models import Checkpoint, Operation


LEFT: Final[Mapping[str, str]] = {
    Left.NOT_FLOWN: Movement.NOT_FLOWN,
    Left.ABSENT: Movement.ABSENT,
    Left.MEDEVAC: Movement.MEDEVAC,
    Left.NOT_ADMITTED: Movement.EXPLAINED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stayed:
    """How and why a child did not go on, before it is stored.

    `kept_by` is the house that keeps it, where no minute names who holds it.
    """

    left: Left
    why: WhyNot
    words: str = ""
    carried_to: Operation | None = None
    kept_by: str = ""


@transaction.atomic
def leave_behind(  # noqa: PLR0913 (a child, where, and why)
    *,
    operation: Operation,
    checkpoint: Checkpoint | None,
    child: UUID,
    stayed: Stayed,
    by: User,
    at: datetime,
) -> Leaving:
    """Record that a child did not go on from a checkpoint, or was not on the manifest already.

    It is put on the plan of the operation that it is carried over to. Its custodian stays who it
    was: whoever takes it over signs a handover minute.

    Raises:
        NotAllowed, NotFound: as `held_operation`.
        UnfitRecord: the checkpoint is closed, it is recorded already, words are missing or are said
            where none are kept, or it is carried over to the same operation or one that is closed,
            or is on the plan of yet another; or nobody said which house keeps it.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = held_operation(operation, to=Permission.LEAD_OPERATION, by=by)
    refuse_place(held, checkpoint, child, by=by)
    refuse_reason(held, stayed, by=by)
    refuse_plans(held, stayed, child)
    refuse_unkept(held, stayed, child, by=by)
    row = Leaving.objects.create(
        operation=held,
        checkpoint=checkpoint,
        child_id=child,
        left=stayed.left,
        why=stayed.why,
        words=stayed.words.strip(),
        kept_by=stayed.kept_by.strip(),
        carried_to=stayed.carried_to,
        recorded_by=by,
        recorded_at=at,
    )
    told = {"operation": str(held.pk), "left": str(stayed.left), "why": str(stayed.why)}
    record("operations.left_behind", Person(pk=child), by=by, at=at, **told)
    if checkpoint is None:  # else its journey follows once that is closed
        step = step_of(row, held.reference, at)
        said = {"reason": step.reason, "evidence": step.evidence}
        follow(Person(pk=child), Track.MOVEMENT, step.to, **said, by=by, at=at)
    if stayed.carried_to:
        carry_over(stayed.carried_to, child, by=by, at=at)
    return row


def step_of(leaving: Leaving, evidence: str, at: datetime) -> Next:
    """Return the step of a child that did not go on, with its reason."""
    reason = str(WhyNot(leaving.why).label)
    reason = f"{reason}: {leaving.words}" if leaving.words else reason
    return Next(to=LEFT[leaving.left], on=localdate(at), reason=reason, evidence=evidence)


def refuse_place(
    operation: Operation, checkpoint: Checkpoint | None, child: UUID, *, by: User
) -> None:
    """Refuse a checkpoint or a child of which it cannot be said.

    Raises:
        UnfitRecord: always, when it cannot.
    """
    if checkpoint and checkpoint.leg.operation_id != operation.pk:
        raise UnfitRecord(_("This checkpoint is of another operation."))
    if checkpoint and Closing.objects.filter(checkpoint=checkpoint).exists():
        raise UnfitRecord(_("This checkpoint is closed."))
    standing = Leaving.objects.filter(
        operation=operation, child=child, takes_back__isnull=True, taken_back__isnull=True
    )
    if standing.exists():
        raise UnfitRecord(_("It is recorded already that this child did not go on."))
    on_plan = OnPlan.objects.filter(operation=operation, child=child).exists()
    if not on_plan and child not in queries.travellers_of(operation, user=by):
        raise UnfitRecord(_("This child is not on the plan."))


def refuse_unkept(operation: Operation, stayed: Stayed, child: UUID, *, by: User) -> None:
    """Refuse that a child stays with nobody knows whom: somebody has to be named.

    Raises:
        UnfitRecord: no minute names who holds it, and no house is named.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    refuse_words(stayed.kept_by, field="kept_by")
    if stayed.kept_by.strip():
        return
    lines = {line.pk: line for line in queries.lines_of(operation, user=by)}
    chain = queries.custody_in([child], lines)[child]
    if chain.holder == queries.BEFORE and not queries.kept_before(chain, lines):
        raise UnfitRecord(_("Write which house keeps the child."))


def refuse_reason(operation: Operation, stayed: Stayed, *, by: User) -> None:
    """Refuse a reason that says too little or too much, or another operation that takes nobody.

    Raises:
        UnfitRecord: always, when it is.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    if stayed.why == WhyNot.OTHER and not stayed.words.strip():
        raise UnfitRecord(_("Write in a few words what it was."))
    if stayed.why == WhyNot.OBJECTION and stayed.words.strip():
        raise UnfitRecord(_("Of an objection no words are kept."))
    refuse_words(stayed.words, field="words")
    if (other := stayed.carried_to) is None:
        return
    seen = queries.operations_of(user=by).filter(pk=other.pk).exists()
    closed = Reconciled.objects.filter(operation=other).exists()
    if not seen or closed or other.pk == operation.pk:
        raise UnfitRecord(_("A child is carried over to another operation that is not closed."))


def refuse_plans(operation: Operation, stayed: Stayed, child: UUID) -> None:
    """Refuse to carry a child over that is on the plan of yet another operation.

    Raises:
        UnfitRecord: it is. Another may plan it once it is off the plan here.
    """
    if stayed.carried_to is None:
        return
    Person.objects.select_for_update().get(pk=child)
    plans = {row.operation_id for row in queries.plans_with(child)}
    if plans - {operation.pk, stayed.carried_to.pk}:
        raise UnfitRecord(_("This child is on the plan of another operation."))


def carry_over(operation: Operation, child: UUID, *, by: User, at: datetime) -> None:
    """Put a child on the plan of another operation, over all its legs, unless it is on it."""
    rows = OnPlan.objects.filter(operation=operation, child=child).order_by("recorded_at", "id")
    if (last := rows.last()) and last.on:
        return
    OnPlan.objects.create(
        operation=operation,
        child_id=child,
        on=True,
        over=list(operation.legs.order_by("number").values_list("number", flat=True)),
        reason=_("carried over from another operation"),
        recorded_by=by,
        recorded_at=at,
    )
    record("operations.put_on_plan", Person(pk=child), by=by, at=at, operation=str(operation.pk))


@transaction.atomic
def take_leaving_back(*, leaving: Leaving, reason: str, by: User, at: datetime) -> Leaving:
    """Record that a child did go on after all. Both stay on record.

    It is off the plan again of any other operation that is not closed.

    Raises:
        NotAllowed, NotFound, UnfitRecord: as `held_operation`; or it is taken back already, its
            checkpoint is closed, or there is no reason.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    held_operation(leaving.operation, to=Permission.LEAD_OPERATION, by=by)
    if leaving.takes_back_id or Leaving.objects.filter(takes_back=leaving).exists():
        raise UnfitRecord(_("This is taken back already."))
    if Closing.objects.filter(checkpoint=leaving.checkpoint_id).exists():
        raise UnfitRecord(_("This checkpoint is closed."))
    if not reason.strip():
        raise UnfitRecord(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    return go_on(leaving, reason.strip(), by=by, at=at)


def go_on(leaving: Leaving, words: str, *, by: User, at: datetime) -> Leaving:
    """Record that a child did go on, and that it is off the plans on which it came since."""
    row = take_back(leaving, words, by=by, at=at)
    told = {"operation": str(leaving.operation_id)}
    record("operations.went_on", Person(pk=leaving.child_id), by=by, at=at, **told)
    bring_back(leaving, by=by, at=at)
    return row


def take_back(leaving: Leaving, words: str, *, by: User, at: datetime) -> Leaving:
    """Record that what was said of how a child did not go on stands no more."""
    return Leaving.objects.create(
        operation=leaving.operation,
        checkpoint=leaving.checkpoint,
        child_id=leaving.child_id,
        left=leaving.left,
        why=leaving.why,
        words=words,
        takes_back=leaving,
        recorded_by=by,
        recorded_at=at,
    )


@passage(Passage.GATES)
def bring_back(leaving: Leaving, *, by: User, at: datetime) -> None:
    """Take a child that went on after all off every plan on which it came because it had not.

    While its operation is open these are all others: it goes with one. Once that is closed, these
    are the ones it was carried over to, one after the other; `by` may work on none of them.
    """
    Person.objects.select_for_update().get(pk=leaving.child_id)
    plans = [
        row
        for row in queries.plans_with(leaving.child_id)
        if row.operation_id != leaving.operation_id
    ]
    if Reconciled.objects.filter(operation=leaving.operation_id).exists():
        since = carried_on(leaving)
        plans = [row for row in plans if row.operation_id in since]
    for row in plans:
        OnPlan.objects.create(
            operation=row.operation,
            child_id=leaving.child_id,
            on=False,
            over=row.over,
            berth=row.berth,
            reason=_("went on with the operation before"),
            recorded_by=by,
            recorded_at=at,
        )
        told = {"operation": str(row.operation_id)}
        record("operations.took_off_plan", Person(pk=leaving.child_id), by=by, at=at, **told)


def carried_on(leaving: Leaving) -> set[UUID]:
    """Return the operations that a child was carried over to, one after the other."""
    found: set[UUID] = set()
    following = leaving.carried_to_id
    while following and following not in found:
        found.add(following)
        rows = Leaving.objects.filter(operation=following, child=leaving.child_id)
        rows = rows.filter(takes_back__isnull=True, taken_back__isnull=True)
        following = rows.values_list("carried_to", flat=True).first()
    return found
