"""Opening and closing accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.actions.approvals import request_approval, use_approval
from kinward.access.actions.mail import try_address
from kinward.access.models import ApprovalKind, Role, User
from kinward.access.queries import (
    changes_of,
    grants_of,
    may,
    open_sessions,
    second_factors,
    tied_to,
    version_of_account,
    waits_for_role,
)
from kinward.access.rules import APPROVALS, Permission
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed, RuleBroken
from kinward.core.versions import Conflict, overtaken

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import Approval


ENOUGH: Final = 2  # who can agree to a role: one asks, the other answers


class UnfitAccount(RuleBroken):
    """The account cannot be opened as asked: the name is taken, or the password is too weak."""


class AccountChanged(Conflict):
    """The account was closed, invited or changed otherwise since the administrator opened it."""


@transaction.atomic
def open_account(  # noqa: PLR0913 (an account has these parts)
    *,
    username: str,
    role: Role,
    password: str = "",
    full_name: str = "",
    region: str = "",
    language: str = "",
    mail_address: str = "",
    by: User,
    at: datetime,
) -> User:
    """Open an account, shut until a second person agrees to its role (`ask_for_role`, `give_role`).

    The first two who can agree to roles are opened on the machine itself, by `kinward
    open_account`, and are not shut. Without a password nobody can sign in with an account until its
    owner takes up the invitation.

    Raises:
        NotAllowed: `by` does not administer accounts; or is the machine, and there are two.
        UnfitAccount: the name is taken, the role is none for people, or the password is too weak.
    """
    begins = by.role == Role.CLOCK and begins_with(role)
    if not (begins or may(by, Permission.MANAGE_ACCOUNTS)):
        raise NotAllowed(_("You may not open accounts."))
    if role == Role.CLOCK or User.objects.filter(username=username).exists():
        raise UnfitAccount(_("There is such an account already, or no person may have that role."))
    user = User(
        username=username,
        full_name=full_name,
        role=role,
        region=region,
        language=language,
        mail_address=mail_address,
        opened_at=at,
        is_active=begins,
    )
    if password:
        _refuse_weak(password, user)
    user.set_password(password or None)
    user.save()
    record("access.opened", user, by=by, at=at, role=role, region=region)
    return user


def begins_with(role: Role) -> bool:
    """Tell whether the machine itself opens an account of that role.

    Two who can agree to roles are needed before anybody can be given one.
    """
    agree = APPROVALS[ApprovalKind.ROLE_GRANT].answered_by
    return role in agree and User.objects.filter(role__in=agree, is_active=True).count() < ENOUGH


@transaction.atomic
def ask_for_role(
    *, user: User, reason: str, seen: str | None = None, by: User, at: datetime
) -> Approval:
    """Ask a second person to agree that a new account has its role.

    `seen` is the version of the account that this is asked upon.

    Raises:
        NotAllowed: `by` may not ask for that.
        NoReason: the reason is blank.
        AccountChanged: it is open or closed, that is asked for already, or what was seen is not
            what stands.
    """
    user = _locked_shut(user, seen)
    waiting = grants_of(user=user).filter(steps=None, expires_at__gt=at).first()
    if waiting:
        raise AccountChanged(
            _("A second person is asked already."),
            by=waiting.requester.username,
            at=waiting.requested_at,
        )
    kind, payload = ApprovalKind.ROLE_GRANT, _role_of(user)
    return request_approval(kind=kind, payload=payload, reason=reason, by=by, at=at)


@transaction.atomic
def give_role(*, user: User, approval: Approval, by: User, at: datetime) -> User:
    """Have a new account open in its role, as a second person agreed; it is invited next.

    Raises:
        NotAllowed: `by` does not administer accounts.
        AccountChanged: it is open or closed.
        NotApproved: no second person has agreed to just this.
    """
    if not may(by, Permission.MANAGE_ACCOUNTS):
        raise NotAllowed(_("You may not open accounts."))
    user = _locked_shut(user)
    payload = _role_of(user)
    use_approval(approval=approval, kind=ApprovalKind.ROLE_GRANT, payload=payload, by=by, at=at)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("access.gave_role", user, by=by, at=at, approval=str(approval.pk), role=user.role)
    if user.mail_address:
        try_address(user=user, by=by, at=at)
    return user


def _role_of(user: User) -> dict[str, str]:
    """Return what exactly a second person agrees to when an account is opened."""
    told = {"account": str(user.pk), "username": user.username, "role": user.role}
    return told | {"region": user.region}


def _locked_shut(user: User, seen: str | None = None) -> User:
    """Lock and return an account that waits for a second person, if it is as it was seen.

    Raises:
        AccountChanged: it does not, or is not.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    stands = version_of_account(user)
    if not waits_for_role(user):
        raise AccountChanged(_("This account does not wait for a second person."))
    if overtaken(seen, stands):
        said = _("This account was changed since you opened it. See what has become of it.")
        raise AccountChanged(said, had=seen or "", stands=stands)
    return user


def _refuse_weak(password: str, user: User) -> None:
    """Refuse a password that others would guess.

    Raises:
        UnfitAccount: it is too weak, with the reasons.
    """
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise UnfitAccount(" ".join(weak.messages)) from weak


@transaction.atomic
def invite(*, user: User, seen: str | None = None, by: User, at: datetime) -> User:
    """Make the password so far void, and with it every link given before; another may be given.

    Whoever takes it up sets a password; a second factor the account has is still asked for.
    `seen` is the version of the account (queries.version_of_account) that this is decided upon.

    Raises:
        NotAllowed: `by` does not administer accounts.
        AccountChanged: it was closed, or what was seen is not what stands.
    """
    if not may(by, Permission.MANAGE_ACCOUNTS):
        raise NotAllowed(_("You may not invite anyone."))
    user = _locked(user, seen)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record("access.invited", user, by=by, at=at)
    return user


def take_up_invitation(*, user: User, by: User, at: datetime) -> None:
    """Write down that the owner of an account took up the invitation and set a password."""
    record("access.invitation_taken_up", user, by=by, at=at)


def change_password(*, user: User, here: str | None, by: User, at: datetime) -> None:
    """Write down that someone changed their password, and end their sessions but the one here."""
    record("access.password_changed", user, by=by, at=at)
    end_sessions(user=user, here=here, by=by, at=at)


@transaction.atomic
def end_sessions(
    *, user: User, by: User, at: datetime, here: str | None = None, only: str = ""
) -> int:
    """End an account's sessions except the one `here`, or `only` one; return how many ended."""
    ended = [
        session
        for session in open_sessions(user=user)
        if session.session_key != here and (not only or str(session.pk) == only)
    ]
    for session in ended:
        session.end()
        record("access.session_ended", user, by=by, at=at)
    return len(ended)


@transaction.atomic
def reset_second_factor(*, user: User, approval: Approval, by: User, at: datetime) -> User:
    """Remove every second factor of an account, as a second person approved; then invite anew.

    Password, sessions and the tie to single sign-on go with them: whoever stole the telephone gets
    nothing from it.

    Raises:
        NotAllowed: `by` does not administer accounts.
        NotApproved: no second person has approved just this.
    """
    if not may(by, Permission.MANAGE_ACCOUNTS):
        raise NotAllowed(_("You may not reset anyone's sign-in."))
    use_approval(
        approval=approval, kind=ApprovalKind.MFA_RESET, payload=_reset_of(user), by=by, at=at
    )
    second_factors(user=user).delete()
    tied_to(user=user).delete()
    end_sessions(user=user, by=by, at=at)
    record("access.second_factor_reset", user, by=by, at=at, approval=str(approval.pk))
    return invite(user=user, by=by, at=at)


def _reset_of(user: User) -> dict[str, str]:
    """Return what exactly is approved when a second factor is reset."""
    return {"account": str(user.pk)}


def _locked(user: User, seen: str | None = None) -> User:
    """Lock and return the account, if it is open and as it was seen.

    Raises:
        AccountChanged: it is not.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    stands = version_of_account(user)
    if user.is_active and not overtaken(seen, stands):
        return user
    said = (
        _("This account was changed since you opened it. See what has become of it.")
        if user.is_active
        else _("This account is closed already.")
    )
    at, by, _key = max(changes_of(user), default=(None, "", ""))
    raise AccountChanged(said, had=seen or "", stands=stands, by=by, at=at)


@transaction.atomic
def ask_for_reset(*, user: User, reason: str, seen: str, by: User, at: datetime) -> Approval:
    """Ask a second person to approve that an account's second factor is reset.

    Raises:
        NotAllowed: `by` may not ask for that.
        NoReason: the reason is blank.
        AccountChanged: it was closed, or what was seen is not what stands: it is asked for already.
    """
    user = _locked(user, seen)
    kind, payload = ApprovalKind.MFA_RESET, _reset_of(user)
    return request_approval(kind=kind, payload=payload, reason=reason, by=by, at=at)


@transaction.atomic
def close_account(*, user: User, by: User, at: datetime) -> User:
    """Close an account: nobody signs in with it again, and what it did stays attributed to it.

    Whatever became of it meanwhile, it can be closed: that is what protects.

    Raises:
        NotAllowed: `by` does not administer accounts.
        AccountChanged: it is closed already.
    """
    if not may(by, Permission.MANAGE_ACCOUNTS):
        raise NotAllowed(_("You may not close accounts."))
    user = _locked(user)
    end_sessions(user=user, by=by, at=at)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record("access.closed", user, by=by, at=at)
    return user
