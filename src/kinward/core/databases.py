"""Which database to use, with the settings that lose no acknowledged write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.dispatch import Signal

if TYPE_CHECKING:
    from pathlib import Path

# Sent by the connection, as `connection`, at the start of each outermost transaction. A receiver
# that raises keeps the transaction from beginning.
transaction_began = Signal()
# Sent as `connection` when an outermost transaction is about to be committed, still inside it. A
# receiver that raises has it rolled back.
transaction_ends = Signal()

# IMMEDIATE takes the write lock before reading: what an action read still holds when it writes.
# FULL waits for the disk at each commit: NORMAL loses acknowledged writes when the power is cut.
SQLITE_OPTIONS: Final = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON; "
        # What REPLACE deletes runs the triggers of deleting, as every other deletion does.
        "PRAGMA recursive_triggers=ON;"
    ),
}
EXPECTED: Final = (
    "KINWARD_DATABASE_URL must read postgresql://USER:PASSWORD@HOST:PORT/NAME, "
    "or sqlite:////absolute/path"
)


def database(url: str, *, folder: Path) -> dict[str, Any]:
    """Return Django's settings of the database at `url`; without one, SQLite inside `folder`.

    Raises:
        ImproperlyConfigured: the address is of another kind, or lacks a part. Its text never
            repeats the address, which may hold a password.
    """
    if not url:
        return sqlite(str(folder / "kinward.sqlite3"))
    try:
        parts = urlsplit(url)
        port = parts.port
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise ImproperlyConfigured(EXPECTED) from error
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise ImproperlyConfigured(f"{EXPECTED}: no database is named.")
    if parts.scheme == "sqlite":
        return sqlite(name)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(f"{EXPECTED}: the scheme is {parts.scheme or 'missing'!r}.")
    return {
        "ENGINE": "kinward.core.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": port or "",
        # Asked of each session, so that no default of a role or database weakens it.
        "OPTIONS": {"options": "-c synchronous_commit=on"} | options,
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlite(path: str) -> dict[str, Any]:
    """Return Django's settings of the SQLite file at `path`."""
    return {
        "ENGINE": "kinward.core.sqlite",
        "NAME": path,
        "OPTIONS": SQLITE_OPTIONS,
        "ATOMIC_REQUESTS": True,
    }
