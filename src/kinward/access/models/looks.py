"""Up to when an account has seen what is new for it; when it was written to about it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet


class Look(AppendOnly):
    """An account says that it has seen what was new for it."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "account": DataClass.INTERNAL,
        "looked_at": DataClass.INTERNAL,
    }

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    looked_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["looked_at", "id"]
        indexes = [models.Index(fields=["account", "looked_at"], name="look_of_account")]


class Mailed(AppendOnly):
    """An account was written to about what is new for it."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "account": DataClass.INTERNAL,
        "mailed_at": DataClass.INTERNAL,
    }

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    mailed_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["mailed_at", "id"]
        indexes = [models.Index(fields=["account", "mailed_at"], name="mailed_of_account")]
