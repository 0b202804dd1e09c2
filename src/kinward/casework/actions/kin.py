"""What tracing tells a case of a family that is verified, or is so no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kinward.audit.actions import record
from kinward.casework.models import VerifiedKin

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.people.models import Person


class Kin(NamedTuple):
    """Of which family a child is, and through whom."""

    relative: Person  # who asked
    family: UUID  # the same for all who were asked for together
    relation: str = ""  # what the relative is to the child: a code of people.relations
    names: str = ""


def tell_kin(
    *, child: Person, kin: Kin, stands: bool, by: User, at: datetime
) -> VerifiedKin | None:
    """Tell the case of a child that a family is verified, or is not any more.

    Returns None where that was told last. Whether `by` may decide it was asked by the room that
    did; call it inside a passage and a transaction.
    """
    told = VerifiedKin.objects.filter(child=child, family=kin.family).order_by("told_at", "id")
    last = told.last()
    if (last is not None and last.stands) == stands:
        return None
    row = VerifiedKin.objects.create(
        child=child,
        relative=kin.relative,
        family=kin.family,
        relation=kin.relation,
        names=kin.names,
        stands=stands,
        told_by=by,
        told_at=at,
    )
    record("casework.told_kin", child, by=by, at=at, kin=str(row.pk), stands=stands)
    return row
