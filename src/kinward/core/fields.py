"""Columns that Django lacks, or has in a form the durable settings of SQLite refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


class JSONField(models.JSONField):
    """A JSON value, without the check constraint Django adds on SQLite.

    With `trusted_schema=OFF` SQLite (seen: 3.40.1) calls its own JSON_VALID unsafe in a constraint.
    What is written always comes from Python's json and is valid.
    """

    def db_check(self, connection: BaseDatabaseWrapper) -> None:  # noqa: ARG002 (Django's signature)
        """Return no constraint."""
        return
