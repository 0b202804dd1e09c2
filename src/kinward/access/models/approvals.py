"""Approvals: what one person asks for and another allows, once, word for word."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kinward.access.models.accounts import Compartment
from kinward.core.fields import JSONField, SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet


class ApprovalKind(models.TextChoices):
    """What takes two people."""

    EXPORT = "export", _("handing data out in a file")
    DISCLOSURE = "disclosure", _("disclosure to an authority")
    ERASURE = "erasure", _("erasing a person’s data for ever")
    ROLE_GRANT = "role_grant", _("giving somebody a role")
    MFA_RESET = "mfa_reset", _("resetting somebody’s second factor")
    KEY_ROTATION = "key_rotation", _("exchanging keys")
    HOLD_LIFT = "hold_lift", _("no longer keeping data that had to be kept")
    WORDING = "wording", _("keeping a word the programme avoids")
    CLAIM = "claim", _("deciding between several claimants of a child")
    MERGING = "merging", _("judging whether two records are of one child")
    GATE = "gate", _("going on with a case though a gate refuses")
    LETTER = "letter", _("what a letter of the programme says")
    ARCHIVE = "archive", _("handing the whole programme over")


class Step(models.TextChoices):
    """What became of an approval."""

    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    USED = "used", _("used")


class Approval(AppendOnly):
    """One person asks that something takes place, exactly as written down here."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "kind": DataClass.INTERNAL,
        "payload": DataClass.INTERNAL,
        "payload_hash": DataClass.INTERNAL,
        "reason": DataClass.IDENTITY,
        "requester": DataClass.INTERNAL,
        "requested_at": DataClass.INTERNAL,
        "expires_at": DataClass.INTERNAL,
    }

    kind = models.CharField(max_length=20, choices=ApprovalKind)
    payload = JSONField()  # identifiers and words of code lists, for the approver to read
    payload_hash = models.CharField(max_length=64)  # SHA-256 of what may be done, in hexadecimals
    reason = SealedText(subject="pk", compartment=Compartment.IDENTITY)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="approval_gives_a_reason"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("requested_at")), name="approval_expires_later"
            ),
        ]


class ApprovalStep(AppendOnly):
    """An approval was given, refused or used. Who asked is kept here too, for the constraint."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "approval": DataClass.INTERNAL,
        "step": DataClass.INTERNAL,
        "requester": DataClass.INTERNAL,
        "taken_by": DataClass.INTERNAL,
        "taken_at": DataClass.INTERNAL,
        "reason": DataClass.IDENTITY,
    }

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=Step)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_by = models.ForeignKey(  # empty where the system itself used it, by the clock
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    taken_at = models.DateTimeField()
    reason = SealedText(subject="approval_id", compartment=Compartment.IDENTITY)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["taken_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(step=Step.USED)
                | (Q(taken_by__isnull=False) & ~Q(taken_by=F("requester"))),
                name="approval_by_another_person",
            ),
            models.UniqueConstraint(
                fields=["approval"],
                condition=Q(step__in=[Step.APPROVED, Step.REFUSED]),
                name="approval_answered_once",
            ),
            models.UniqueConstraint(
                fields=["approval"], condition=Q(step=Step.USED), name="approval_used_once"
            ),
            models.CheckConstraint(
                condition=~Q(step=Step.REFUSED) | ~Q(reason=""), name="refusal_gives_a_reason"
            ),
        ]
