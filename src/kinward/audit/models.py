"""What is stored of who did or read what, and when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kinward.core.fields import JSONField
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet


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
        "compartments": DataClass.AUDIT,
        "request_id": DataClass.AUDIT,
        "device": DataClass.AUDIT,
        "details": DataClass.AUDIT,
    }

    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    actor_role = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    object_id = models.CharField(max_length=80, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    compartments = models.CharField(max_length=200, blank=True)  # of what was shown, by spaces
    request_id = models.CharField(max_length=40, blank=True)
    device = models.CharField(max_length=40, blank=True)
    details = JSONField(default=dict)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["object_id", "at"], name="event_of_record"),
            models.Index(fields=["actor", "at"], name="event_of_actor"),
            models.Index(fields=["at"], name="event_at"),
            models.Index(fields=["request_id"], name="event_of_request"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(actor="") & ~models.Q(action=""),
                name="event_names_actor_and_action",
            ),
        ]
