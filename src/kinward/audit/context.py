"""Who acts: said once at a door or a clock, known to the log and to the database below."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from django.db import DatabaseError, OperationalError, connections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.db.backends.base.base import BaseDatabaseWrapper


class Actor(Protocol):
    """Whoever does something, as far as the log needs to know. The log holds no foreign keys."""

    @property
    def username(self) -> str:
        """What the account is called; no account is called as Nobody is."""
        ...

    @property
    def role(self) -> str:
        """In what role they act."""
        ...


@dataclass(frozen=True, slots=True)
class Nobody:
    """Someone who has not signed in. The brackets are no signs of a username."""

    username: str = "(nobody)"
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who acts, what for, in which request, from what kind of device."""

    by: Actor
    purpose: str = ""
    request_id: str = ""
    device: str = ""


NOBODY: Final = Nobody()
MIGRATIONS: Final = Acting(by=Nobody("(migrations)"))
# What else PostgreSQL is told of who acts: the rooms above add to it.
ALSO_TOLD: Final[list[Callable[[Actor], Mapping[str, str]]]] = []
ACTING: ContextVar[Acting | None] = ContextVar("acting", default=None)


@contextmanager
def acting(
    by: Actor, *, purpose: str = "", request_id: str = "", device: str = ""
) -> Iterator[Acting]:
    """Do what is inside as `by`. What is left empty is as it was outside."""
    outside = ACTING.get()
    inside = Acting(
        by=by,
        purpose=purpose or (outside.purpose if outside else ""),
        request_id=request_id or (outside.request_id if outside else ""),
        device=device or (outside.device if outside else ""),
    )
    token = ACTING.set(inside)
    try:
        tell_open_transactions()
        yield inside
    except BaseException:
        ACTING.reset(token)
        # A transaction that failed listens no more; its savepoint, rolled back, takes this along.
        with suppress(DatabaseError):
            tell_open_transactions()
        raise
    else:
        ACTING.reset(token)
        tell_open_transactions()


def tell_open_transactions() -> None:
    """Tell every database in whose transaction we are who acts now."""
    for connection in connections.all(initialized_only=True):
        if connection.in_atomic_block:
            tell(connection=connection)


def tell(*, connection: BaseDatabaseWrapper, **_signal: object) -> None:
    """Tell a database who acts, up to the end of its transaction."""
    now = ACTING.get()
    if connection.vendor == "postgresql":
        said = settings_of(now)
        calls = ", ".join(["set_config(%s, %s, true)"] * len(said))
        parts = [part for pair in said.items() for part in pair]
        execute(connection, f"SELECT {calls}", parts)
    elif now is None:
        forget(connection=connection)
    else:
        execute(
            connection,
            "INSERT OR REPLACE INTO audit_acting VALUES (1, %s, %s, %s)",
            [now.by.username, now.by.role, now.request_id],
        )


def settings_of(now: Acting | None) -> dict[str, str]:
    """Return the settings of a PostgreSQL transaction; all empty where nobody acts."""
    said = {
        "kw.actor": now.by.username if now else "",
        "kw.actor_role": now.by.role if now else "",
        "kw.request_id": now.request_id if now else "",
    }
    for ask in ALSO_TOLD:
        said |= ask(now.by if now else NOBODY)
    return said


def forget(*, connection: BaseDatabaseWrapper, **_signal: object) -> None:
    """Have SQLite forget who acts before what was done is committed; PostgreSQL does it itself."""
    if connection.vendor == "sqlite":
        execute(connection, "DELETE FROM audit_acting", [])


def execute(connection: BaseDatabaseWrapper, sql: str, parts: list[str]) -> None:
    """Execute, unless the database is not migrated yet and so protects nothing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, parts)
    except OperationalError as error:
        if "no such table: audit_acting" not in str(error):
            raise
