"""Writing to the log, in the transaction of what it tells of: both stand, or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kinward.audit.models import Actor, Event

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db import models


def record(
    action: str, obj: models.Model | None, *, by: Actor, at: datetime, **details: Any
) -> Event:
    """Write down that something was done to a record; without one, to all of them at once.

    `action` reads "app.past_tense"; `details` hold identifiers and words of code lists: no names,
    and nothing that another reader must not learn from the log.
    """
    return Event.objects.create(
        action=action,
        kind=obj._meta.label_lower if obj else "",  # noqa: SLF001 (Django's documented model API)
        object_id=str(obj.pk) if obj else "",
        actor=by.username,
        actor_role=by.role,
        at=at,
        details=details,
    )


def record_reads(
    action: str, objects: Iterable[models.Model], *, by: Actor, at: datetime, purpose: str = ""
) -> list[Event]:
    """Write down that records were shown: one event a record, also for lists."""
    return Event.objects.bulk_create(
        Event(
            action=action,
            kind=shown._meta.label_lower,  # noqa: SLF001 (Django's documented model API)
            object_id=str(shown.pk),
            actor=by.username,
            actor_role=by.role,
            at=at,
            purpose=purpose,
        )
        for shown in objects
    )
