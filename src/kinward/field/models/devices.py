"""Phones that belong to an account: how one is enrolled, that it is revoked, what it may carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kinward.access.rules import Permission
from kinward.core.fields import JSONField
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet, Record

if TYPE_CHECKING:
    from kinward.access.models import User


class More(models.TextChoices):
    """What a phone carries only where somebody granted it."""

    WHEREABOUTS = "whereabouts", _("where the children are")
    RELATIVES = "relatives", _("the names of their relatives")


class Invitation(AppendOnly):
    """A token that enrols one phone of one account, once, until it runs out."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "account": DataClass.INTERNAL,
        "digest": DataClass.SECRET,
        "made_by": DataClass.INTERNAL,
        "made_at": DataClass.INTERNAL,
        "expires_at": DataClass.INTERNAL,
    }

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)  # HMAC of the token, in hexadecimals
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]


class DeviceQuerySet(LedgerQuerySet["Device"]):
    """Phones, narrowed step by step."""

    def visible_to(self, user: User) -> Self:
        """Keep those of the account; all, for who manages phones."""
        if user.is_active and user.has_perm(Permission.MANAGE_DEVICES):
            return self
        return self.filter(account=user)


class Device(AppendOnly):
    """A phone of an account. What it proves itself with is kept as a digest."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "account": DataClass.INTERNAL,
        "name": DataClass.INTERNAL,
        "digest": DataClass.SECRET,
        "invitation": DataClass.INTERNAL,
        "enrolled_at": DataClass.INTERNAL,
    }

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="devices"
    )
    name = models.CharField(max_length=80)  # of the phone, as its owner calls it
    digest = models.CharField(max_length=64)  # HMAC of the secret, in hexadecimals
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="device")
    enrolled_at = models.DateTimeField()

    objects = DeviceQuerySet.as_manager()

    class Meta:
        ordering = ["-enrolled_at", "-id"]


class Contact(Record):
    """When a phone was last heard of."""

    watched: ClassVar[bool] = False  # workings, not facts: what it did stands in the log
    classes: ClassVar[dict[str, DataClass]] = Record.classes | {
        "device": DataClass.INTERNAL,
        "last_at": DataClass.INTERNAL,
    }

    device = models.OneToOneField(Device, on_delete=models.PROTECT, related_name="contact")
    last_at = models.DateTimeField()


class Revocation(AppendOnly):
    """That a phone is revoked: at its next contact it wipes itself."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "device": DataClass.INTERNAL,
        "reason": DataClass.INTERNAL,
        "revoked_by": DataClass.INTERNAL,
        "revoked_at": DataClass.INTERNAL,
    }

    device = models.OneToOneField(Device, on_delete=models.PROTECT, related_name="revocation")
    reason = models.CharField(max_length=300)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="revocation_gives_a_reason"),
        ]


class Allowance(AppendOnly):
    """That a phone may carry more than usual, until a moment, and why."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "device": DataClass.INTERNAL,
        "what": DataClass.INTERNAL,
        "reason": DataClass.INTERNAL,
        "until": DataClass.INTERNAL,
        "given_by": DataClass.INTERNAL,
        "given_at": DataClass.INTERNAL,
    }

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="allowances")
    what = models.CharField(max_length=20, choices=More)
    reason = models.CharField(max_length=300)
    until = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="allowance_gives_a_reason"),
            models.CheckConstraint(condition=Q(until__gt=F("given_at")), name="allowance_runs_out"),
        ]


class Pack(AppendOnly):
    """What was handed to a phone: which children, and until when it may open it."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "device": DataClass.INTERNAL,
        "children": DataClass.INTERNAL,
        "more": DataClass.INTERNAL,
        "packed_at": DataClass.INTERNAL,
        "expires_at": DataClass.INTERNAL,
    }

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="packs")
    children = JSONField(default=list)  # their ids; travellers of manifests are among them
    more = JSONField(default=list)  # words of More
    packed_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["packed_at", "id"]
