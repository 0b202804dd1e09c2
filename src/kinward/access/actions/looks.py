"""Saying that one has seen what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kinward.access.models import Look

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import User


@transaction.atomic
def look(*, by: User, at: datetime) -> Look:
    """Note that an account has seen what was new for it up to a moment."""
    return Look.objects.create(account=by, looked_at=at)
