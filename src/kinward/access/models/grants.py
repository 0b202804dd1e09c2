"""What accounts are given on single records: assignments, referrals, emergencies. Append-only."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kinward.access.models.accounts import Compartment
from kinward.audit.models import Purpose
from kinward.core.fields import SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet


class Way(models.TextChoices):
    """By which way a record comes within somebody's reach."""

    OWN = "own", _("registered by oneself")
    REGION = "region", _("of one’s own region")
    EVERYWHERE = "everywhere", _("everywhere")
    ASSIGNED = "assigned", _("assigned")
    REFERRED = "referred", _("referred")
    BREAK_GLASS = "break_glass", _("opened in an emergency")
    EXPECTED = "expected", _("expected in one’s own region")


# The ways that are given on one record. Two are given to a whole region, and do not run out.
GIVEN = (Way.ASSIGNED, Way.REFERRED, Way.BREAK_GLASS, Way.EXPECTED)
TO_REGIONS = (Way.REFERRED, Way.EXPECTED)


class Grant(AppendOnly):
    """One record, by its identifier, is opened to an account or to a region, for a time."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "subject": DataClass.INTERNAL,
        "way": DataClass.INTERNAL,
        "account": DataClass.INTERNAL,
        "region": DataClass.INTERNAL,
        "purpose": DataClass.INTERNAL,
        "since": DataClass.INTERNAL,
        "until": DataClass.INTERNAL,
        "given_by": DataClass.INTERNAL,
        "reason": DataClass.IDENTITY,
    }

    subject = models.UUIDField()
    way = models.CharField(max_length=20, choices=Way)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    region = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=20, choices=Purpose)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)  # the first moment at which it holds no more
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = SealedText(subject="subject", compartment=Compartment.IDENTITY)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        indexes = [models.Index(fields=["subject", "way"], name="grant_on_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False, region="")
                | (Q(account__isnull=True) & ~Q(region="")),
                name="grant_to_an_account_or_a_region",
            ),
            models.CheckConstraint(condition=Q(way__in=GIVEN), name="grant_of_a_way_to_give"),
            models.CheckConstraint(
                condition=Q(way__in=TO_REGIONS) | Q(account__isnull=False, until__isnull=False),
                name="grant_to_an_account_runs_out",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="grant_ends_after_it_begins",
            ),
        ]


class GrantEnd(AppendOnly):
    """A grant was ended before its time."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "grant": DataClass.INTERNAL,
        "ended_by": DataClass.INTERNAL,
        "ended_at": DataClass.INTERNAL,
    }

    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="end")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()


class Referral(AppendOnly):
    """An office offers another that it takes a record over. Nothing is copied: access moves."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "subject": DataClass.INTERNAL,
        "reference": DataClass.INTERNAL,
        "offered_by": DataClass.INTERNAL,
        "from_region": DataClass.INTERNAL,
        "to_account": DataClass.INTERNAL,
        "to_region": DataClass.INTERNAL,
        "purpose": DataClass.INTERNAL,
        "reason": DataClass.IDENTITY,
        "offered_at": DataClass.INTERNAL,
    }

    subject = models.UUIDField()
    reference = models.CharField(max_length=20)  # all that the other office sees before it accepts
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    from_region = models.CharField(max_length=40, blank=True)
    to_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    to_region = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=20, choices=Purpose)
    reason = SealedText(subject="subject", compartment=Compartment.IDENTITY)
    offered_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-offered_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_account__isnull=False, to_region="")
                | (Q(to_account__isnull=True) & ~Q(to_region="")),
                name="referral_to_an_account_or_a_region",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="referral_gives_a_reason"),
        ]


class Answered(models.TextChoices):
    """What became of a referral."""

    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ReferralStep(AppendOnly):
    """A referral was accepted or rejected by the other office, or withdrawn by the first."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "referral": DataClass.INTERNAL,
        "step": DataClass.INTERNAL,
        "reason": DataClass.IDENTITY,
        "grant": DataClass.INTERNAL,
        "taken_by": DataClass.INTERNAL,
        "taken_at": DataClass.INTERNAL,
    }

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=Answered)
    reason = SealedText(subject="referral.subject", compartment=Compartment.IDENTITY)
    grant = models.OneToOneField(
        Grant, on_delete=models.PROTECT, related_name="referral_step", null=True
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["taken_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(step__in=[Answered.ACCEPTED, Answered.REJECTED]),
                name="referral_answered_once",
            ),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(step=Answered.WITHDRAWN),
                name="referral_withdrawn_once",
            ),
            models.CheckConstraint(
                condition=Q(step=Answered.ACCEPTED, grant__isnull=False)
                | (~Q(step=Answered.ACCEPTED) & Q(grant__isnull=True)),
                name="accepting_opens_the_record",
            ),
            models.CheckConstraint(
                condition=~Q(step=Answered.REJECTED) | ~Q(reason=""),
                name="rejecting_gives_a_reason",
            ),
        ]
