"""What a machine shows to act for an account: bound to a purpose, to operations and to a day."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kinward.audit.models import Purpose
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet


class Token(AppendOnly):
    """An account lets a machine act for it. The token itself is shown once and kept nowhere."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "account": DataClass.INTERNAL,
        "name": DataClass.INTERNAL,
        "purpose": DataClass.INTERNAL,
        "scopes": DataClass.INTERNAL,
        "digest": DataClass.SECRET,
        "given_at": DataClass.INTERNAL,
        "expires_at": DataClass.INTERNAL,
    }

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=80)  # of the machine
    purpose = models.CharField(max_length=20, choices=Purpose)
    scopes = models.TextField()  # permissions, with spaces between
    digest = models.CharField(max_length=64, unique=True)  # keyed: no table of guesses fits it
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()  # the first moment at which it opens nothing

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("given_at")), name="token_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(scopes=""), name="token_opens_something"),
        ]

    def opens(self, permission: str) -> bool:
        """Tell whether operations behind this permission are open to it."""
        return str(permission) in self.scopes.split()


class TokenEnd(AppendOnly):
    """A token was ended before its day."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "token": DataClass.INTERNAL,
        "ended_by": DataClass.INTERNAL,
        "ended_at": DataClass.INTERNAL,
    }

    token = models.OneToOneField(Token, on_delete=models.PROTECT, related_name="end")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()
