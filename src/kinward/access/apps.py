"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.core.management import call_command
from django.db import connections
from django.db.models.signals import post_migrate

from kinward.core.doors import answering


class AccessConfig(AppConfig):
    """Registers accounts and what they may do."""

    name = "kinward.access"
    label = "access"

    def ready(self) -> None:
        """Have every coming in and going out written down, and the brake asked first."""
        from kinward.access.actions.brakes import hold_back  # noqa: PLC0415 (models load after apps)
        from kinward.access.entry.events import listen  # noqa: PLC0415
        from kinward.access.rows import check, told_of  # noqa: PLC0415
        from kinward.audit.context import ALSO_TOLD  # noqa: PLC0415

        if told_of not in ALSO_TOLD:
            ALSO_TOLD.append(told_of)
        register(check, Tags.database)
        listen()
        answering.connect(hold_back)
        post_migrate.connect(make_cache_table, sender=self)
        post_migrate.connect(wall_rows, sender=self)


def make_cache_table(*, using: str, **_signal: object) -> None:
    """Make the table of the cache, unless it is there: rates, and codes that were used already."""
    call_command("createcachetable", database=using, verbosity=0)


def wall_rows(*, using: str, **_signal: object) -> None:
    """Have PostgreSQL decide who gets which rows, once all migrations have run."""
    from kinward.access import rows  # noqa: PLC0415 (models load after apps)

    rows.install(connections[using])
