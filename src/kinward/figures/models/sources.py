"""What a source is kept with: the archived copy of its page, and whose text it prints, too."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from kinward.core.fields import JSONField
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.figures.models.register import Source


class ArchivedCopy(AppendOnly):
    """A page of the web as archives keep it (WARC), and what was read out of it."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | dict.fromkeys(
        ["content", "digest", "text", "told", "kept_by", "kept_at"], DataClass.INTERNAL
    )

    content = models.BinaryField()
    digest = models.CharField(max_length=64)  # SHA-256 of the content
    text = models.TextField()
    told = JSONField(default=dict)  # title, outlet, address, language, day, as the page says
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    kept_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-id"]


class CopyOf(AppendOnly):
    """The copy that a source was made from."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | dict.fromkeys(
        ["source", "copy"], DataClass.INTERNAL
    )

    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="made_from")
    copy = models.ForeignKey(ArchivedCopy, on_delete=models.PROTECT, related_name="sources")

    objects = LedgerQuerySet.as_manager()


class SetAside(AppendOnly):
    """A quantity of a text that an editor said is no claim."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | dict.fromkeys(
        ["source", "number_at", "set_aside_by", "set_aside_at"], DataClass.INTERNAL
    )

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="set_aside")
    number_at = models.PositiveIntegerField()  # where the number stands in the text
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    set_aside_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "number_at"], name="set_aside_once")
        ]


class SameText(AppendOnly):
    """Whether two sources print one text, as an editor says. What was said last holds."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | dict.fromkeys(
        ["source", "other", "same", "said_by", "said_at"], DataClass.INTERNAL
    )

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    same = models.BooleanField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["said_at", "id"]
