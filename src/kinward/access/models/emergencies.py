"""Records opened in an emergency, their review, and what people are told at once."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kinward.access.models.accounts import Compartment
from kinward.access.models.grants import Grant
from kinward.core.fields import SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet


class Emergency(models.TextChoices):
    """Why a record had to be opened at once."""

    DANGER = "danger", _("the child is in danger now")
    AT_THE_DOOR = "at_the_door", _("the child, or a relative, is here now")
    MEDICAL = "medical", _("a doctor needs to know who the child is")
    ON_THE_WAY = "on_the_way", _("the child is travelling, and something went wrong")
    OTHER = "other", _("another reason")


class BreakGlass(AppendOnly):
    """One record opened in an emergency, and why. What it opened is its grant."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "grant": DataClass.INTERNAL,
        "reference": DataClass.INTERNAL,
        "account": DataClass.INTERNAL,
        "emergency": DataClass.INTERNAL,
        "reason": DataClass.IDENTITY,
        "opened_at": DataClass.INTERNAL,
    }

    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="broken_glass")
    reference = models.CharField(max_length=20)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    emergency = models.CharField(max_length=20, choices=Emergency)
    reason = SealedText(subject="grant.subject", compartment=Compartment.IDENTITY)
    opened_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "id"]
        indexes = [models.Index(fields=["account", "opened_at"], name="broken_glass_of_account")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="emergency_gives_a_reason"),
        ]


class Finding(models.TextChoices):
    """What a review found."""

    NEEDED = "needed", _("it was needed")
    NOT_NEEDED = "not_needed", _("it was not needed")


class EmergencyReview(AppendOnly):
    """Somebody else looked at why a record was opened in an emergency."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "use": DataClass.INTERNAL,
        "account": DataClass.INTERNAL,
        "reviewer": DataClass.INTERNAL,
        "finding": DataClass.INTERNAL,
        "reason": DataClass.IDENTITY,
        "reviewed_at": DataClass.INTERNAL,
    }

    use = models.OneToOneField(BreakGlass, on_delete=models.PROTECT, related_name="review")
    account = models.ForeignKey(  # whose use it was: kept here too, for the constraint
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    finding = models.CharField(max_length=20, choices=Finding)
    reason = SealedText(subject="use.grant.subject", compartment=Compartment.IDENTITY)
    reviewed_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="review_of_use_gives_a_reason"),
            models.CheckConstraint(
                condition=~Q(reviewer=F("account")), name="use_reviewed_by_another_person"
            ),
        ]


class News(models.TextChoices):
    """What somebody is told."""

    GLASS_BROKEN = "glass_broken", _("A record was opened in an emergency.")
    MANY_READ = "many_read", _("An account reads far more children than it usually does.")
    STOPPED = "stopped", _("An account was stopped: it read the most children a day allows.")


class Notice(AppendOnly):
    """Something one person is told on their pages. It names no child: at most a reference."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "recipient": DataClass.INTERNAL,
        "news": DataClass.INTERNAL,
        "about": DataClass.INTERNAL,
        "reference": DataClass.INTERNAL,
        "told_at": DataClass.INTERNAL,
    }

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices"
    )
    news = models.CharField(max_length=20, choices=News)
    about = models.ForeignKey(  # whose account it is about
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reference = models.CharField(max_length=20, blank=True)
    told_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-told_at", "-id"]
        indexes = [models.Index(fields=["recipient", "told_at"], name="notice_to_account")]
