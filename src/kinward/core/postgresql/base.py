"""The connection, where Django looks for it."""

from __future__ import annotations

from django.db.backends.postgresql import base

from kinward.core.transactions import Announced


class DatabaseWrapper(Announced, base.DatabaseWrapper):
    """A PostgreSQL connection that announces each transaction that begins."""
