"""Give the role of the application what it needs, so that row-level security holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from kinward.access import rows

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Install PostgreSQL's row-level security anew and give the role of the application what it "
        "needs. Run it as the owner of the tables, after each migrate."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--application-role", required=True, help="made without a password if there is none"
        )

    def handle(self, *_args: Any, application_role: str, **_options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("SQLite has no row-level security: whoever opens the file reads it.")
        rows.install(connection)
        rows.grant(connection, application_role)
        self.stdout.write(f"{application_role} is held by row-level security.")
