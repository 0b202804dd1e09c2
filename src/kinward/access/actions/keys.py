"""Exchanging the keys that wrap the keys of people, while everybody goes on working."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed, RuleBroken
from kinward.core.keys import keep, ring
from kinward.core.keystore import store
from kinward.core.sqlite.gate import Gate

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kinward.access.models import User


class ExchangedAlready(RuleBroken):
    """Another process exchanges keys just now."""


def rotate_keys(*, by: User, at: datetime, progress: Callable[[int, int], None]) -> int:
    """Wrap the key of every person by a new version, then drop the old; return how many there are.

    Broken off, it goes on where it stopped. What is sealed stays as it is, and readable throughout.

    Raises:
        NotAllowed: `by` does not exchange keys.
        ExchangedAlready: somebody does just now: of two new versions, one would be lost.
        KeysStayPut: the ring is kept where Kinward cannot write. A version is then added there by
            hand, and what remains to be done here is done.
    """
    if not may(by, Permission.ROTATE_KEYS):
        raise NotAllowed(_("You may not exchange keys."))
    gate = Gate(Path(f"{settings.KEY_STORE}.exchange"), timeout=0)
    if not gate.enter():
        raise ExchangedAlready(_("Keys are being exchanged just now. Wait until that is done."))
    try:
        return _exchange(by=by, at=at, progress=progress)
    finally:
        gate.leave()


def _exchange(*, by: User, at: datetime, progress: Callable[[int, int], None]) -> int:
    """Exchange the keys, alone."""
    keys, held = store(), ring(anew=True)
    if len(held.versions) == 1:  # else one was added before, by hand or by an exchange broken off
        keep(held.grown())
    with transaction.atomic():  # where the database is told who acts
        record("access.began_key_rotation", None, by=by, at=at, version=ring().newest)
    total = keys.count()
    while left := keys.rewrap():
        progress(max(total - left, 0), total)
    count = keys.count()
    with transaction.atomic():
        record("access.rotated_keys", None, by=by, at=at, version=ring().newest, keys=count)
    keep(ring().retired())
    return count
