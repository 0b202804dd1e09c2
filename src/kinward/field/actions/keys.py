"""The key pairs that phones seal to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed
from kinward.field import queries
from kinward.field.models import FieldKey, Sequence
from kinward.field.sealing import private_key

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User


@transaction.atomic
def newest_key(*, by: User, at: datetime) -> UUID:
    """Return the key pair that phones are to seal to; the first one is made when it is asked for.

    Raises:
        NotAllowed: `by` does not work with a phone.
    """
    if not may(by, Permission.USE_DEVICE):
        raise NotAllowed(_("You may not work with a phone."))
    if known := queries.keys():
        return known[0]
    Sequence.objects.get_or_create(only=True)
    Sequence.objects.select_for_update().get()  # of two first ones, one is made
    return next(iter(queries.keys()), None) or new_key(by=by, at=at).pk


@transaction.atomic
def rotate_field_key(*, by: User, at: datetime) -> FieldKey:
    """Make a new key pair for phones to seal to. What was sealed to old ones still opens.

    Raises:
        NotAllowed: `by` does not exchange keys.
    """
    if not may(by, Permission.ROTATE_KEYS):
        raise NotAllowed(_("You may not exchange keys."))
    return new_key(by=by, at=at)


def new_key(*, by: User, at: datetime) -> FieldKey:
    """Make a key pair, its private part in the key store first. Permits nothing."""
    made = FieldKey(made_at=at)
    private_key(made.pk)
    made.save()
    record("field.made_key", made, by=by, at=at)
    return made
