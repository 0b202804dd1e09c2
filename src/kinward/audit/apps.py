"""Registers the app, and binds the log to the transactions and the tables of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db import connections
from django.db.models.signals import post_migrate, post_save, pre_migrate

from kinward.core.databases import transaction_began, transaction_ends

if TYPE_CHECKING:
    from contextvars import Token

    from kinward.audit.context import Acting

MIGRATING: Final[list[Token[Acting | None]]] = []  # what to go back to once all have run


class AuditConfig(AppConfig):
    """Registers the append-only log."""

    name = "kinward.audit"
    label = "audit"

    def ready(self) -> None:
        """Tell each transaction who acts, and keep the triggers through migrations."""
        from kinward.audit import context, sealing, telling, triggers  # noqa: PLC0415 (models need loaded apps)

        transaction_began.connect(context.tell, dispatch_uid="audit.tell")
        transaction_ends.connect(sealing.seal_at_the_end, dispatch_uid="audit.seal")
        transaction_ends.connect(context.forget, dispatch_uid="audit.forget")
        pre_migrate.connect(make_way, sender=self, dispatch_uid="audit.make_way")
        post_migrate.connect(keep, sender=self, dispatch_uid="audit.keep")
        post_save.connect(telling.tell_hooks, sender="audit.Event", dispatch_uid="audit.tell_hooks")
        register(triggers.check, Tags.database)


def make_way(*, using: str, **_signal: object) -> None:
    """Have migrations act as themselves, and let those of SQLite rebuild tables."""
    from kinward.audit import context, triggers  # noqa: PLC0415 (models load after apps)

    MIGRATING.append(context.ACTING.set(context.MIGRATIONS))
    if connections[using].vendor == "sqlite":
        triggers.remove(connections[using])


def keep(*, using: str, **_signal: object) -> None:
    """Have every table its triggers once all migrations have run."""
    from kinward.audit import context, triggers  # noqa: PLC0415 (models load after apps)

    while MIGRATING:
        context.ACTING.reset(MIGRATING.pop())
    triggers.install(connections[using])
