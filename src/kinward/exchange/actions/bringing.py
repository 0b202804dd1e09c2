"""Bringing a file of another system in: as lists, whose rows nobody is registered from yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kinward.audit.actions import record
from kinward.core.errors import RuleBroken
from kinward.people.actions import take_list, withdraw_statement
from kinward.people.listing import MOST_ROWS
from kinward.people.models import Answer, Assertion, Method, NameList

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import User
    from kinward.exchange.sources import Read
    from kinward.people.actions.listing import Taken


class Refused(RuleBroken):
    """Records of the file cannot be taken in, and nobody said to leave them out."""


class NothingToUndo(RuleBroken):
    """Nothing that the list stated stands any more."""


@transaction.atomic
def bring_in(  # noqa: PLR0913 (what is known of a file)
    *,
    read: Read,
    name: str,
    given_by: str,
    given_on: str = "",
    leave_out: bool = False,
    by: User,
    at: datetime,
) -> list[Taken]:
    """Take a file in as lists of at most 500 rows; the same one again is not taken in twice.

    `leave_out` leaves out the records that something is wrong with, and cells whose words are not
    kept.

    Raises:
        Refused: records cannot be taken in, and are not to be left out.
        NotAllowed, UnfitList, WordsRefused: as `people.actions.take_list`.
    """
    if read.problems and not leave_out:
        raise Refused("\n".join(str(each) for each in read.problems))
    head, *rows = read.table
    parts = [rows[at : at + MOST_ROWS] for at in range(0, len(rows), MOST_ROWS)] or [[]]
    taken = []
    for number, part in enumerate(parts, 1):
        called = f"{name} ({number}/{len(parts)})" if len(parts) > 1 else name
        taken.append(
            take_list(
                table=[head, *part],
                name=called,
                given_by=given_by,
                given_on=given_on,
                leave_out=leave_out,
                by=by,
                at=at,
            )
        )
    return taken


UNDONE: Final = "exchange.undid_list"


@transaction.atomic
def undo_list(*, one: NameList, reason: str, by: User, at: datetime) -> int:
    """Take back, as one, everything that a list stated when its rows were registered.

    Returns how many statements. What people added since stands; the records, their rows and their
    log stay, and say nothing that is known any more.

    Raises:
        NothingToUndo: nothing of it stands.
        NoReason, NotAllowed, NotFound, WordsRefused: as `people.actions.withdraw_statement`.
    """
    stated = Assertion.objects.filter(
        person__mention__row__of=one,
        method=Method.LIST,
        recorded_at=F("person__registered_at"),
        corrected_by__isnull=True,
    ).exclude(answer=Answer.WITHDRAWN)
    found = list(stated.select_related("person"))
    if not found:
        raise NothingToUndo(_("Nothing that this list stated stands any more."))
    for each in found:
        withdraw_statement(assertion=each, reason=reason, by=by, at=at)
    record(UNDONE, one, by=by, at=at, statements=len(found))
    return len(found)
