"""What an account may do, and which accounts an administrator sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import ModelBackend

from kinward.access.models import User
from kinward.access.rules import Permission, Scope, compartments_of, grants, scope_of
from kinward.core.errors import NotSignedIn

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from kinward.access.models import Compartment


class Roles(ModelBackend):
    """Signs in by username and password; the role, not Django's tables, decides what is granted."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:  # noqa: ARG002
        """Tell whether the account's role grants the permission, one of rules.Permission."""
        return bool(user_obj.is_active) and grants(user_obj.role, perm)


def may(user: User | AnonymousUser, permission: Permission) -> bool:
    """Tell whether the account may do that at all. Which records it may do it to is for queries."""
    return isinstance(user, User) and user.is_active and grants(user.role, permission)


def signed_in(request: HttpRequest) -> User:
    """Return who makes the request.

    Raises:
        NotSignedIn: nobody has signed in.
    """
    if not isinstance(request.user, User):
        raise NotSignedIn
    return request.user


def reach(user: User, permission: Permission) -> Scope:
    """Return how far the account reaches with that permission: nowhere without it."""
    return scope_of(user.role) if may(user, permission) else Scope.NOTHING


def open_compartments(user: User) -> frozenset[Compartment]:
    """Return the compartments whose content the account may read."""
    return compartments_of(user.role) if user.is_active else frozenset()


def compares_blind(user: User) -> bool:
    """Tell whether the account compares children with requests: it learns no more than it must.

    Not who asks nor their words, not where anyone is, and of places no more than the region.
    """
    return may(user, Permission.REVIEW_CANDIDATE)


def accounts(*, user: User) -> QuerySet[User]:
    """Every account, for whoever administers them; none for anyone else."""
    may_see = may(user, Permission.MANAGE_ACCOUNTS)
    return User.objects.all() if may_see else User.objects.none()
