"""What is stored of who did or read what, and when."""

from __future__ import annotations

from typing import ClassVar, Protocol

from django.db import models

from kinward.core.fields import JSONField
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet


class Actor(Protocol):
    """Whoever did something, as far as the log needs to know. The log holds no foreign keys."""

    username: str
    role: str


class Event(AppendOnly):
    """One thing done to, or read of, one record. Holds identifiers, never names."""

    classes: ClassVar[dict[str, DataClass]] = {
        "id": DataClass.AUDIT,
        "at": DataClass.AUDIT,
        "actor": DataClass.AUDIT,
        "actor_role": DataClass.AUDIT,
        "action": DataClass.AUDIT,
        "kind": DataClass.AUDIT,
        "object_id": DataClass.AUDIT,
        "purpose": DataClass.AUDIT,
        "details": DataClass.AUDIT,
    }

    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    actor_role = models.CharField(max_length=40)
    action = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    object_id = models.CharField(max_length=80, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    details = JSONField(default=dict)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["object_id", "at"], name="event_of_record"),
            models.Index(fields=["actor", "at"], name="event_of_actor"),
            models.Index(fields=["at"], name="event_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(actor="") & ~models.Q(action=""),
                name="event_names_actor_and_action",
            ),
        ]
