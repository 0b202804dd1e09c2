"""Phones, for their owners and for who manages them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from kinward.access.models import User
from kinward.access.rules import TABLE, Permission, rules_of
from kinward.core.keys import digest_for
from kinward.field.models import Allowance, Device, More, Pack, Revocation

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from kinward.field.models.devices import DeviceQuerySet


def known_digest(secret: str, use: str) -> str:
    """Return what is kept of a token or a secret: an HMAC under a key of the installation."""
    return digest_for(f"field.{use}", secret)


def devices(*, user: User) -> DeviceQuerySet:
    """The phones of an account, or of all for who manages them; the newest first."""
    seen = Device.objects.visible_to(user)
    return seen.select_related("account", "contact", "revocation__revoked_by")


def is_revoked(device: Device) -> bool:
    """Tell whether a phone is to wipe itself."""
    return Revocation.objects.filter(device=device).exists()


def accounts_in_the_field(*, user: User) -> QuerySet[User]:
    """The accounts for which this one may invite a phone; its own, if it manages none."""
    roles = [role for role in TABLE if rules_of(role, Permission.USE_DEVICE)]
    found = User.objects.filter(is_active=True, role__in=roles).order_by("full_name", "username")
    return found if user.has_perm(Permission.MANAGE_DEVICES) else found.filter(pk=user.pk)


def allowances_of(device: Device, *, at: datetime) -> list[Allowance]:
    """What a phone may carry beside the usual at a moment, and why."""
    standing = Allowance.objects.filter(device=device, until__gt=at)
    return list(standing.select_related("given_by"))


def more_for(device: Device, *, at: datetime) -> frozenset[More]:
    """What a phone may carry beside the usual at a moment."""
    return frozenset(More(each.what) for each in allowances_of(device, at=at))


def last_pack(device: Device) -> Pack | None:
    """What a phone was handed last."""
    return Pack.objects.filter(device=device).order_by("packed_at", "id").last()


def own_device(key: str, *, user: User) -> Device | None:
    """A phone of an account by its id, revoked or not."""
    try:
        return Device.objects.filter(pk=UUID(key), account=user).first()
    except ValueError:
        return None
