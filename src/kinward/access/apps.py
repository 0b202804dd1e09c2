"""Registers the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out
from django.utils import timezone

from kinward.core.doors import answering

if TYPE_CHECKING:
    from kinward.access.models import User


class AccessConfig(AppConfig):
    """Registers accounts and what they may do."""

    name = "kinward.access"
    label = "access"

    def ready(self) -> None:
        """Have every end of a session written down, and the brake asked before each answer."""
        from kinward.access.actions.brakes import hold_back  # noqa: PLC0415 (models load after apps)

        user_logged_out.connect(signed_out)
        answering.connect(hold_back)


def signed_out(*, user: User | None, **_signal: object) -> None:
    """Write down that someone signed out."""
    from kinward.audit.actions import record  # noqa: PLC0415 (models load after apps)

    if user is not None:
        record("access.signed_out", user, by=user, at=timezone.now())
