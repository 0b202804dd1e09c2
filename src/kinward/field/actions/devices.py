"""Enrolling phones, hearing of them, revoking them, and letting one carry more."""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.access.models import User
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import KinwardError, NotAllowed, NotFound, NotSignedIn, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.field.models import Allowance, Contact, Device, Invitation, More, Revocation
from kinward.field.queries import accounts_in_the_field, is_revoked, known_digest
from kinward.field.rules import INVITATION_HOLDS, LONGEST_PACK, OFTEN_ENOUGH
from kinward.people.queries import moments_of
from kinward.people.rules import too_often

if TYPE_CHECKING:
    from datetime import datetime

BYTES: Final = 32  # of chance in a token and in a secret
REFUSED: Final = "field.refused_phone"


class TokenSpent(KinwardError):
    """The token has enrolled a phone already, or its ten minutes are over."""

    status = 410
    title = gettext_lazy("This code does not work any more")


class NoSuchToken(NotFound):
    """There is no such token, or it was made for another account."""


class DeviceRevoked(KinwardError):
    """The phone is revoked: it wipes itself."""

    status = 410
    title = gettext_lazy("This phone is revoked")


class NoSuchDevice(NotSignedIn):
    """The phone does not prove that it is one of this account's."""

    title = gettext_lazy("This phone is not known")


class TooManyTries(RuleBroken):
    """Too many wrong tokens and secrets."""

    status = 429
    title = gettext_lazy("Too many tries")


class NoReason(RuleBroken):
    """It needs a reason in words."""


class Invited(NamedTuple):
    """An invitation, and the token that is shown once and kept nowhere."""

    invitation: Invitation
    token: str


class Enrolled(NamedTuple):
    """A phone, and the secret that it keeps and nobody else does."""

    device: Device
    secret: str


@transaction.atomic
def invite_device(*, account: User, by: User, at: datetime) -> Invited:
    """Make a token that enrols one phone of an account within ten minutes.

    Raises:
        NotAllowed: `by` manages no phones.
        NotFound: the account is closed, or does not work with a phone.
    """
    if not may(by, Permission.MANAGE_DEVICES):
        raise NotAllowed(_("You may not invite phones."))
    if not accounts_in_the_field(user=by).filter(pk=account.pk).exists():
        raise NotFound(_("There is no such account."))
    token = secrets.token_urlsafe(BYTES)
    made = Invitation.objects.create(
        account=account,
        digest=known_digest(token, "token"),
        made_by=by,
        made_at=at,
        expires_at=at + INVITATION_HOLDS,
    )
    record("field.invited_phone", account, by=by, at=at, invitation=str(made.pk))
    return Invited(made, token)


@transaction.atomic
def enrol_device(*, token: str, name: str, by: User, at: datetime) -> Enrolled:
    """Enrol a phone of this account by a token.

    Raises:
        NotAllowed: `by` does not work with a phone.
        TooManyTries: too many were wrong lately.
        NoSuchToken: there is none, or it is another account's.
        TokenSpent: it was used, or has run out.
        WordsRefused: the name holds what is not kept.
    """
    if not may(by, Permission.USE_DEVICE):
        raise NotAllowed(_("You may not work with a phone."))
    keep_within(by=by, at=at)
    refuse_words(name, field="name")
    known = Invitation.objects.select_for_update().filter(
        digest=known_digest(token, "token"), account=by
    )
    invitation = known.first()
    if invitation is None:
        raise NoSuchToken(_("This code is not known. Ask for a new one."))
    if at >= invitation.expires_at or Device.objects.filter(invitation=invitation).exists():
        raise TokenSpent(_("This code was used, or is older than ten minutes. Ask for a new one."))
    secret = secrets.token_urlsafe(BYTES)
    device = Device.objects.create(
        account=by,
        name=name.strip()[:80] or _("phone"),
        digest=known_digest(secret, "secret"),
        invitation=invitation,
        enrolled_at=at,
    )
    Contact.objects.create(device=device, last_at=at)
    record("field.enrolled_phone", device, by=by, at=at)
    return Enrolled(device, secret)


def keep_within(*, by: User, at: datetime) -> None:
    """Refuse whoever tried too many wrong tokens and secrets.

    Raises:
        TooManyTries
    """
    # Tries of one account at once are counted one after the other.
    User.objects.select_for_update().get(pk=by.pk)
    longest = max(within for within, _most in OFTEN_ENOUGH)
    if too_often(moments_of(REFUSED, user=by, since=at - longest), at, OFTEN_ENOUGH):
        raise TooManyTries(_("Too many wrong tries. Wait an hour. This is on record."))


@transaction.atomic
def refuse_device(*, by: User, at: datetime) -> None:
    """Write down that a token or a secret was wrong, in a transaction that stands."""
    record(REFUSED, by, by=by, at=at)


@transaction.atomic
def hear_of_device(*, proof: str, by: User, at: datetime) -> Device:
    """Return the phone that a request comes from, and remember when it was heard of.

    `proof` is `device id.secret`.

    Raises:
        NotAllowed: `by` does not work with a phone.
        TooManyTries: too many were wrong lately.
        NoSuchDevice: it is no phone of this account.
        DeviceRevoked: it is revoked.
    """
    if not may(by, Permission.USE_DEVICE):
        raise NotAllowed(_("You may not work with a phone."))
    key, _dot, secret = proof.partition(".")
    device = own_device(key, by=by)
    if device is None or not hmac.compare_digest(device.digest, known_digest(secret, "secret")):
        keep_within(by=by, at=at)
        raise NoSuchDevice(_("This phone is not known here. Enrol it again."))
    if is_revoked(device):
        record("field.met_revoked_phone", device, by=by, at=at)
        raise DeviceRevoked(_("This phone is revoked. What it carried is removed from it."))
    Contact.objects.filter(device=device).update(last_at=at)
    return device


def own_device(key: str, *, by: User) -> Device | None:
    """Return a phone of an account by its id, revoked or not."""
    try:
        return Device.objects.filter(pk=UUID(key), account=by).first()
    except ValueError:
        return None


@transaction.atomic
def revoke_device(*, device: Device, reason: str, by: User, at: datetime) -> Revocation:
    """Revoke a phone: at its next contact it wipes itself; what it wrote stays sealed on it.

    Raises:
        NotFound: `by` may not know of it.
        NoReason: the reason is blank.
        RuleBroken: it is revoked already.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    if not Device.objects.visible_to(by).filter(pk=device.pk).exists():
        raise NotFound(_("There is no such phone."))
    if not reason.strip():
        raise NoReason(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    locked = Device.objects.select_for_update().get(pk=device.pk)
    if is_revoked(locked):
        raise RuleBroken(_("This phone is revoked already."))
    made = Revocation.objects.create(
        device=locked, reason=reason.strip(), revoked_by=by, revoked_at=at
    )
    record("field.revoked_phone", locked, by=by, at=at)
    return made


@transaction.atomic
def allow_more(*, device: Device, what: More, reason: str, by: User, at: datetime) -> Allowance:
    """Let a phone of somebody else carry whereabouts or relatives' names, for a week.

    Raises:
        NotAllowed: `by` does not decide that, or it is their own phone.
        NoReason: the reason is blank.
        RuleBroken: the phone is revoked.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    if not may(by, Permission.ALLOW_MORE):
        raise NotAllowed(_("You may not decide what a phone carries."))
    if device.account_id == by.pk:
        raise NotAllowed(_("Another person decides what your phone carries."))
    if not reason.strip():
        raise NoReason(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    if is_revoked(device):
        raise RuleBroken(_("This phone is revoked already."))
    made = Allowance.objects.create(
        device=device,
        what=what,
        reason=reason.strip(),
        until=at + LONGEST_PACK,
        given_by=by,
        given_at=at,
    )
    record("field.allowed_more", device, by=by, at=at, what=str(what))
    return made
