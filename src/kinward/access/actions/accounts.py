"""Opening and closing accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.models import Role, User
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed, RuleBroken

if TYPE_CHECKING:
    from datetime import datetime


class UnfitAccount(RuleBroken):
    """The account cannot be opened as asked: the name is taken, or the password is too weak."""


@transaction.atomic
def open_account(  # noqa: PLR0913 (an account has these parts)
    *,
    username: str,
    password: str,
    role: Role,
    full_name: str = "",
    region: str = "",
    language: str = "",
    by: User,
    at: datetime,
) -> User:
    """Open an account. The first one is opened on the machine itself, by `manage.py open_account`.

    Raises:
        NotAllowed: `by` does not administer accounts, and others exist already.
        UnfitAccount: the name is taken, the role is none for people, or the password is too weak.
    """
    first = by.role == Role.CLOCK and not User.objects.exists()
    if not (first or may(by, Permission.MANAGE_ACCOUNTS)):
        raise NotAllowed(_("You may not open accounts."))
    if role == Role.CLOCK or User.objects.filter(username=username).exists():
        raise UnfitAccount(_("There is such an account already, or no person may have that role."))
    user = User(
        username=username,
        full_name=full_name,
        role=role,
        region=region,
        language=language,
        opened_at=at,
    )
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise UnfitAccount(" ".join(weak.messages)) from weak
    user.set_password(password)
    user.save()
    record("access.opened", user, by=by, at=at, role=role, region=region)
    return user


@transaction.atomic
def close_account(*, user: User, by: User, at: datetime) -> User:
    """Close an account: nobody signs in with it again, and what it did stays attributed to it.

    Raises:
        NotAllowed: `by` does not administer accounts.
        RuleBroken: it is closed already.
    """
    if not may(by, Permission.MANAGE_ACCOUNTS):
        raise NotAllowed(_("You may not close accounts."))
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise RuleBroken(_("This account is closed already."))
    user.is_active = False
    user.save(update_fields=["is_active"])
    record("access.closed", user, by=by, at=at)
    return user
