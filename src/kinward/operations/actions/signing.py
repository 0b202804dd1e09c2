"""Signing a handover minute: drawn on the screen, or on paper whose scan is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core import files
from kinward.core.guarding import refuse_words
from kinward.core.sealing import seal
from kinward.operations.actions.standing import UnfitRecord, held_operation
from kinward.operations.models import Side, SignedMinute
from kinward.operations.queries import place_of_scan
from kinward.operations.rules import is_drawn

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import User
    from kinward.core.intake import Taken
    from kinward.operations.models import Minute


@transaction.atomic
def sign_minute(  # noqa: PLR0913 (who signed what, and how it looks)
    *, minute: Minute, side: Side, name: str, drawn: str, by: User, at: datetime
) -> SignedMinute:
    """Keep a signature that somebody drew on the screen of `by`, sealed, with the minute.

    Raises:
        NotAllowed, NotFound: as `held_operation`.
        UnfitRecord: nobody is named, nothing is drawn, or that side signed before.
        WordsRefused: the name labels a person, or holds what is never kept.
    """
    held = held_operation(minute.operation, to=Permission.HAND_OVER, by=by, closed_too=True)
    refuse_nameless(name)
    if side == Side.PAPER or not is_drawn(drawn):
        raise UnfitRecord(_("Draw the signature in the field, or keep the signed paper instead."))
    once = side in {Side.GIVER, Side.RECEIVER}
    if once and SignedMinute.objects.filter(minute=minute, side=side).exists():
        raise UnfitRecord(_("This side has signed already. What was signed is never replaced."))
    row = SignedMinute.objects.create(
        minute=minute, side=side, name=name.strip(), drawn=drawn, recorded_by=by, recorded_at=at
    )
    record("operations.signed_minute", held, by=by, at=at, minute=str(minute.pk), side=str(side))
    return row


@transaction.atomic
def keep_signed_paper(
    *, minute: Minute, name: str, taken: Taken, by: User, at: datetime
) -> SignedMinute:
    """Keep the scan of a minute that was signed on paper, sealed, as the intake has taken it.

    Raises:
        NotAllowed, NotFound: as `held_operation`.
        UnfitRecord: nobody is named.
        WordsRefused: the name labels a person, or holds what is never kept.
    """
    held = held_operation(minute.operation, to=Permission.HAND_OVER, by=by, closed_too=True)
    refuse_nameless(name)
    name_of_file = uuid4()
    row = SignedMinute(
        minute=minute,
        side=Side.PAPER,
        name=name.strip(),
        scan_as=name_of_file,
        media_type=taken.media_type,
        recorded_by=by,
        recorded_at=at,
    )
    # The file is on the disk before the row is: no row ever names a file that is not there.
    files.write(name_of_file, seal(taken.content, **place_of_scan(row)))
    row.save()
    told = {"minute": str(minute.pk), "side": str(Side.PAPER)}
    record("operations.signed_minute", held, by=by, at=at, **told)
    return row


def refuse_nameless(name: str) -> None:
    """Refuse a signature of nobody.

    Raises:
        UnfitRecord: nobody is named.
        WordsRefused: the name labels a person, or holds what is never kept.
    """
    if not name.strip():
        raise UnfitRecord(_("Write who signed, by name and office."))
    refuse_words(name, field="name")
