"""What jobs found on plain numbers, kept so that nobody waits for it in a request."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kinward.core.fields import JSONField
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.figures.models.releases import Release


class KeptPage(AppendOnly):
    """What others say beside our own, as it was made safe for who may see no small number.

    It holds what is shown and nothing that is kept back. What others may see is never kept.
    """

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | dict.fromkeys(
        ["version", "public", "told", "made_at"], DataClass.INTERNAL
    )

    version = models.CharField(max_length=64, unique=True)  # digest of all it was made from
    public = models.CharField(max_length=64)  # of that, what does not come from our own records
    told = JSONField(default=dict)  # key of a claim to [our number, [category, number] …] or null
    made_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]


class ReleaseAudit(AppendOnly):
    """A release was audited beside all that was public at some moment."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | dict.fromkeys(
        ["release", "version", "is_safe", "audited_at"], DataClass.INTERNAL
    )

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="audits")
    version = models.CharField(max_length=64)  # digest of what it was held against
    is_safe = models.BooleanField()
    audited_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["audited_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "version"], name="release_audited_once_beside_the_same"
            ),
        ]
