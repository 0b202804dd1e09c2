"""Triggers for SQLite: a row of `audit_acting` says who acts, there only within a transaction.

A transaction that writes is alone, so that the row can be no other's; outside a transaction there
is none. They call no function of ours, and so work with `trusted_schema=OFF`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import UUIDField

if TYPE_CHECKING:
    from django.db import models
    from django.db.backends.utils import CursorWrapper

PREPARATION: Final = (
    """CREATE TABLE IF NOT EXISTS audit_acting (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        actor TEXT NOT NULL, actor_role TEXT NOT NULL, request_id TEXT NOT NULL
    )""",
)
UNLESS_SOMEBODY_ACTS: Final = (
    "SELECT RAISE(ABORT, 'kinward: nobody acts') WHERE NOT EXISTS (SELECT 1 FROM audit_acting);"
)
NOW: Final = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
QUEUED: Final = frozenset({"audit_event", "audit_change"})


def of_ledger(model: type[models.Model]) -> dict[str, str]:
    """Return what keeps a ledger: appended to by somebody, never changed."""
    table = model._meta.db_table  # noqa: SLF001 (Django's documented model API)
    after = UNLESS_SOMEBODY_ACTS
    if table in QUEUED:
        after += f" INSERT INTO audit_unsealed (ledger, row_id) VALUES ('{table}', NEW.id);"  # noqa: S608 (the names of our own tables)
    return dict(
        [
            trigger(table, "INSERT", "AFTER", after),
            trigger(table, "UPDATE", "BEFORE", refusal(table)),
            trigger(table, "DELETE", "BEFORE", refusal(table)),
        ]
    )


def of_table(model: type[models.Model]) -> dict[str, str]:
    """Return what writes each change of a table down; what was written, it does not tell."""
    table = model._meta.db_table  # noqa: SLF001 (Django's documented model API)
    columns = [str(field.column) for field in model._meta.concrete_fields]  # noqa: SLF001 (likewise)
    changed = " || ".join(
        f"CASE WHEN OLD.\"{each}\" IS NOT NEW.\"{each}\" THEN '{each} ' ELSE '' END"
        for each in columns
    )
    told = {
        "INSERT": (row_id(model, "NEW"), f"'{' '.join(columns)}'"),
        "UPDATE": (row_id(model, "OLD"), f"rtrim({changed})"),
        "DELETE": (row_id(model, "OLD"), "''"),
    }
    return dict(
        trigger(
            table,
            operation,
            "AFTER",
            f"{UNLESS_SOMEBODY_ACTS} INSERT INTO audit_change"  # noqa: S608 (likewise)
            " (at, table_name, row_id, operation, columns, actor, actor_role, request_id)"
            f" SELECT {NOW}, '{table}', {row}, '{operation.lower()}', {named},"
            " actor, actor_role, request_id FROM audit_acting;",
        )
        for operation, (row, named) in told.items()
    )


def row_id(model: type[models.Model], which: str) -> str:
    """Return the SQL of a row's identifier, a UUID as Python writes it."""
    key = model._meta.pk  # noqa: SLF001 (Django's documented model API)
    column = f'{which}."{key.column}"'
    if not isinstance(key, UUIDField):
        return column
    parts = [f"substr({column}, {first}, {length})" for first, length in UUID_PARTS]
    return " || '-' || ".join(parts)


UUID_PARTS: Final = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))


def refusal(table: str) -> str:
    """Return what a ledger says to any change."""
    return f"SELECT RAISE(ABORT, 'kinward: {table} is only ever appended to');"


def trigger(table: str, operation: str, moment: str, body: str) -> tuple[str, str]:
    """Return the name of a trigger and the SQL that makes it."""
    name = f"kw_{table}_{operation.lower()}"
    head = f'CREATE TRIGGER "{name}" {moment} {operation} ON "{table}"'
    return name, f"{head} FOR EACH ROW BEGIN {body} END"


def installed(cursor: CursorWrapper) -> dict[str, str]:
    """Return the triggers of ours that are there: name to SQL."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name: sql for name, sql in cursor.fetchall() if name.startswith("kw_")}


def removal(cursor: CursorWrapper) -> list[str]:
    """Return what takes every trigger of ours away."""
    return [f'DROP TRIGGER "{name}"' for name in installed(cursor)]
