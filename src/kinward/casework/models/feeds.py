"""Secret addresses at which a calendar reads what is due, and that one is closed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet


class Feed(AppendOnly):
    """An address of one account. Only the digest of its secret is kept: it is shown once."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "account": DataClass.INTERNAL,
        "digest": DataClass.SECRET,
        "made_at": DataClass.INTERNAL,
    }

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)  # SHA-256, hexadecimal
    made_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]


class FeedEnd(AppendOnly):
    """An address answers no more."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "feed": DataClass.INTERNAL,
        "ended_at": DataClass.INTERNAL,
    }

    feed = models.OneToOneField(Feed, on_delete=models.PROTECT, related_name="end")
    ended_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()
