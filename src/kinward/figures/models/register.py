"""Sources, the claims in them, what links claims, and second opinions. All append-only."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from kinward.core.fields import JSONField
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.figures.models.words import (
    Dimension,
    Operator,
    SourceKind,
    State,
    Tie,
    Translation,
    Unit,
)


class Source(AppendOnly):
    """Something published that figures stand in, with its text as it was then."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "kind": DataClass.INTERNAL,
        "title": DataClass.INTERNAL,
        "address": DataClass.INTERNAL,
        "outlet": DataClass.INTERNAL,
        "agency": DataClass.INTERNAL,
        "language": DataClass.INTERNAL,
        "translation": DataClass.INTERNAL,
        "published_on": DataClass.INTERNAL,
        "text": DataClass.INTERNAL,
        "digest": DataClass.INTERNAL,
        "added_by": DataClass.INTERNAL,
        "added_at": DataClass.INTERNAL,
    }

    kind = models.CharField(max_length=20, choices=SourceKind)
    title = models.CharField(max_length=300)
    address = models.CharField(max_length=500, blank=True)
    outlet = models.CharField(max_length=200)
    agency = models.CharField(max_length=200, blank=True)  # whose text the outlet prints
    language = models.CharField(max_length=35)  # BCP 47
    translation = models.CharField(max_length=20, choices=Translation)
    published_on = models.DateField()
    text = models.TextField()
    digest = models.CharField(max_length=64)  # SHA-256 of the text
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-added_at", "-id"]


class Claim(AppendOnly):
    """One figure of a source, as somebody coded it. A correction is another row."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | dict.fromkeys(
        [
            "source",
            "quote",
            "number_at",
            "operator",
            "low",
            "high",
            "unit",
            "words",
            "population",
            "state",
            "dimension",
            "category",
            "as_of",
            "since",
            "speaker",
            "channel",
            "group",
            "corrects",
            "reason",
            "coded_by",
            "coded_at",
        ],
        DataClass.INTERNAL,
    )

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="claims")
    quote = models.TextField()  # word for word
    number_at = models.PositiveIntegerField(null=True)  # where its number stands in the text
    operator = models.CharField(max_length=20, choices=Operator)
    low = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    high = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    unit = models.CharField(max_length=30, choices=Unit)
    words = models.CharField(max_length=300)  # whom it is of, as the coder says it
    population = JSONField(default=dict)  # the same by facet
    state = models.CharField(max_length=20, choices=State, blank=True)
    dimension = models.CharField(max_length=20, choices=Dimension, blank=True)
    category = models.CharField(max_length=100, blank=True)
    as_of = models.CharField(max_length=10, blank=True)
    since = models.CharField(max_length=10, blank=True)
    speaker = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=200, blank=True)
    group = models.CharField(max_length=100, blank=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    reason = models.CharField(max_length=500, blank=True)
    coded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    coded_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["coded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=""),
                name="claim_is_corrected_for_a_reason",
            ),
        ]


class ClaimCheck(AppendOnly):
    """What a second coder thinks of a claim."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "claim": DataClass.INTERNAL,
        "agrees": DataClass.INTERNAL,
        "reason": DataClass.INTERNAL,
        "checked_by": DataClass.INTERNAL,
        "checked_at": DataClass.INTERNAL,
    }

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="checks")
    agrees = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["checked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "checked_by"], name="one_check_per_coder"),
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(reason=""), name="disagreeing_gives_a_reason"
            ),
        ]


class ClaimLink(AppendOnly):
    """One claim is a part of another, contests it, takes its place. It may be taken back."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "claim": DataClass.INTERNAL,
        "tie": DataClass.INTERNAL,
        "other": DataClass.INTERNAL,
        "dimension": DataClass.INTERNAL,
        "takes_back": DataClass.INTERNAL,
        "linked_by": DataClass.INTERNAL,
        "linked_at": DataClass.INTERNAL,
    }

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="links")
    tie = models.CharField(max_length=20, choices=Tie)
    other = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="links_here")
    dimension = models.CharField(max_length=20, choices=Dimension, blank=True)
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="taken_back_by"
    )
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    linked_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["linked_at", "id"]
