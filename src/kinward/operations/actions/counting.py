"""Giving out wristbands, counting at a checkpoint, and deciding where two counts differ."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import NotFound
from kinward.core.guarding import refuse_words
from kinward.core.ids import SIGNS
from kinward.operations import queries
from kinward.operations.actions.standing import (
    UnfitRecord,
    held_checkpoint,
    held_operation,
    travels_at,
)
from kinward.operations.models import Band, Count, CountDone, SeenHow, Settled
from kinward.people.models import Person

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.operations.models import Checkpoint, Operation

LENGTH: Final = 6  # signs of a code: some 1e9, of which an operation uses a few dozen


@transaction.atomic
def give_bands(*, operation: Operation, by: User, at: datetime) -> list[Band]:
    """Make a code for each child of the frozen manifest that has none; return the new ones.

    A code is drawn by chance: it leads to nobody outside this operation.

    Raises:
        NotAllowed, NotFound, UnfitRecord: as `held_operation`; or no manifest is frozen.
    """
    held = held_operation(operation, to=Permission.LEAD_OPERATION, by=by)
    travellers = queries.travellers_of(held, user=by)
    if not travellers:
        raise UnfitRecord(_("Two people have to sign a manifest first."))
    used = set(Band.objects.filter(operation=held).values_list("code", flat=True))
    made = []
    for child in (each.child for each in travellers.values() if not each.code):
        code = drawn(used)
        used.add(code)
        band = Band.objects.create(
            operation=held, child_id=child, code=code, recorded_by=by, recorded_at=at
        )
        record("operations.gave_band", Person(pk=child), by=by, at=at, operation=str(held.pk))
        made.append(band)
    return made


def drawn(used: set[str]) -> str:
    """Return a code that is not used yet."""
    while True:
        code = "".join(secrets.choice(SIGNS) for _each in range(LENGTH))
        if code not in used:
            return code


def plain(code: str) -> str:
    """Return a code as it was printed, however it was typed."""
    return "".join(each for each in code.upper() if each.isalnum())


def child_of_code(*, operation: Operation, code: str, by: User) -> UUID:
    """Return whose wristband that is.

    Raises:
        UnfitRecord: it is of nobody in this operation.
    """
    bands = Band.objects.visible_to(by).filter(operation=operation, code=plain(code))
    found = bands.values_list("child", flat=True).first()
    if found is None:
        raise UnfitRecord(_("No wristband of this operation has that code."))
    return found


@transaction.atomic
def count_child(
    *, checkpoint: Checkpoint, child: UUID, how: SeenHow, by: User, at: datetime
) -> Count:
    """Record that a counter saw a child, or takes that back.

    Raises:
        NotAllowed, NotFound: `by` does not count, or is no escort on this leg.
        UnfitRecord: the checkpoint is closed, `by` said to be done, or the child is not of it.
    """
    operation = counting_at(checkpoint, by=by)
    listed = child in queries.travellers_of(operation, user=by)
    if not listed and not Band.objects.filter(operation=operation, child=child).exists():
        raise UnfitRecord(_("This child is not on the manifest."))
    row = Count.objects.create(
        checkpoint=checkpoint,
        child_id=child,
        how=how,
        counted_at=at,
        recorded_by=by,
        recorded_at=at,
    )
    told = {"checkpoint": str(checkpoint.pk), "how": str(how)}
    record("operations.counted", Person(pk=child), by=by, at=at, **told)
    return row


@transaction.atomic
def finish_count(*, checkpoint: Checkpoint, by: User, at: datetime) -> CountDone:
    """Record that a counter is done. From then on their list stands as it is.

    Raises:
        NotAllowed, NotFound, UnfitRecord: as `count_child`.
    """
    operation = counting_at(checkpoint, by=by)
    done = CountDone.objects.create(checkpoint=checkpoint, recorded_by=by, recorded_at=at)
    told = {"checkpoint": str(checkpoint.pk)}
    record("operations.finished_count", operation, by=by, at=at, **told)
    return done


def counting_at(checkpoint: Checkpoint, *, by: User) -> Operation:
    """Lock the operation of a checkpoint for whoever still counts there.

    Raises:
        NotAllowed, NotFound, UnfitRecord: as `count_child`.
    """
    operation = held_checkpoint(checkpoint, to=Permission.COUNT, by=by)
    if not travels_at(checkpoint, by=by):
        raise NotFound(_("There is no such checkpoint."))
    if CountDone.objects.filter(checkpoint=checkpoint, recorded_by=by).exists():
        raise UnfitRecord(_("You said that you are done. Where counts differ, the lead decides."))
    return operation


@transaction.atomic
def settle(  # noqa: PLR0913 (a child, whether it is there, and how that is known)
    *, checkpoint: Checkpoint, child: UUID, there: bool, reason: str, by: User, at: datetime
) -> Settled:
    """Decide whether a child is there, once both counters are done.

    Raises:
        NotAllowed, NotFound, UnfitRecord: as `held_checkpoint`; or two have not finished, nobody
            listed or saw the child, or there is no reason.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    operation = held_checkpoint(checkpoint, to=Permission.LEAD_OPERATION, by=by)
    post = queries.under_way(operation, user=by).post(checkpoint)
    if not post.both_done:
        raise UnfitRecord(_("Two people have to finish counting first."))
    if child not in post.listed.union(*post.seen.values()):
        raise UnfitRecord(_("This child is not on the manifest."))
    if not reason.strip():
        raise UnfitRecord(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    row = Settled.objects.create(
        checkpoint=checkpoint,
        child_id=child,
        there=there,
        reason=reason.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    told = {"checkpoint": str(checkpoint.pk), "there": there}
    record("operations.settled_count", Person(pk=child), by=by, at=at, **told)
    return row
