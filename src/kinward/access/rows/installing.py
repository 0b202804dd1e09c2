"""Putting the policies in their place, and looking whether they are there."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 (Django's name)
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from kinward.access.rows.policies import condition, condition_of_new, table, walled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.apps import AppConfig
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper

POLICY: Final = "kw_reach"
# Of each table: what its policies say, as PostgreSQL prints them, and the comment left on ours;
# nothing where rows are not walled, or not against the owner of the table.
INSTALLED: Final = """
SELECT c.relname, string_agg(concat_ws(' / ', p.polname, p.polcmd, p.polroles::text,
           pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid)), ' // '
           ORDER BY p.polname),
       max(obj_description(p.oid, 'pg_policy'))
FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
WHERE c.relname = ANY (%s) AND c.relnamespace = 'public'::regnamespace
    AND c.relrowsecurity AND c.relforcerowsecurity
GROUP BY c.relname
"""
# A role that is none of these is held by the walls.
UNHELD: Final = """
SELECT rolsuper OR rolbypassrls OR EXISTS (
    SELECT 1 FROM pg_class WHERE relname = ANY (%s) AND pg_has_role(relowner, 'USAGE')
) FROM pg_roles WHERE rolname = current_user
"""


def wanted(model: Any) -> list[str]:
    """Return the SQL that walls a table, anew."""
    name = f"public.{table(model)}"
    policy = f"USING {condition(model)} WITH CHECK {condition_of_new(model)}"
    return [
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS {POLICY} ON {name}",
        f"CREATE POLICY {POLICY} ON {name} {policy}",
    ]


def signature(model: Any, printed: str) -> str:
    """Return in short what a policy was made from, and what PostgreSQL made of it."""
    parts = ("\n".join(wanted(model)), printed)
    return " ".join(sha256(part.encode()).hexdigest() for part in parts)


def install(connection: BaseDatabaseWrapper) -> None:
    """Wall every table anew, in one transaction: there is no moment without. PostgreSQL only."""
    tables = {table(model): model for model in walled()}
    there = connection.introspection.table_names()
    if connection.vendor != "postgresql" or not tables.keys() <= set(there):
        return  # or only a part is migrated yet
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for model in tables.values():
            for statement in wanted(model):
                cursor.execute(statement)
        # Kept beside it: a policy that is altered later is printed otherwise.
        for name, (printed, _comment) in installed(cursor).items():
            said = signature(tables[name], printed)
            cursor.execute(f"COMMENT ON POLICY {POLICY} ON public.{name} IS '{said}'")


def installed(cursor: CursorWrapper) -> dict[str, tuple[str, str | None]]:
    """Return what stands of the walls: table to its policies as printed, and the comment."""
    cursor.execute(INSTALLED, [[table(model) for model in walled()]])
    return {name: (printed, comment) for name, printed, comment in cursor.fetchall()}


def breaches(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the tables without a wall, or with another than was made."""
    with connection.cursor() as cursor:
        found = installed(cursor)
    return sorted(
        table(model)
        for model in walled()
        if table(model) not in found
        or signature(model, found[table(model)][0]) != found[table(model)][1]
    )


def is_held(connection: BaseDatabaseWrapper) -> bool:
    """Tell whether the walls hold the role that this connection speaks as."""
    with connection.cursor() as cursor:
        cursor.execute(UNHELD, [[table(model) for model in walled()]])
        (unheld,) = cursor.fetchone()
    return not unheld


def faults(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """Say what leaves rows of PostgreSQL open, each with the remedy."""
    found: list[CheckMessage] = []
    if missing := breaches(connection):
        found.append(
            Error(
                f"Tables without their row-level security: {', '.join(missing)}.",
                hint="Find out who took it away, then run `kinward migrate --skip-checks`.",
                id="kinward.E020",
            )
        )
    if not is_held(connection):
        found.append(
            Warning(
                "This role owns the tables or may read every row:"
                " row-level security does not hold it.",
                hint="Let the application connect as a role of its own: see `kinward rows`, and"
                " Run Kinward on a server.",
                id="kinward.W021",
            )
        )
    return found


def check(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 (the signature of a check)
    databases: Sequence[str] | None = None,
    **_options: object,
) -> list[CheckMessage]:
    """Report a PostgreSQL that would give out rows to whom they do not reach."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        executor = MigrationExecutor(connection)
        if connection.vendor != "postgresql" or executor.migration_plan(
            executor.loader.graph.leaf_nodes()
        ):
            continue  # migrating installs them
        found += faults(connection)
    return found


def refuse_unwalled() -> None:
    """Keep the server from starting where the walls of PostgreSQL do not hold it; a demo may.

    Raises:
        ImproperlyConfigured: they do not; the words say why, and what to do.
    """
    connection = connections["default"]
    if connection.vendor != "postgresql" or settings.DEMO:
        return
    if found := faults(connection):
        raise ImproperlyConfigured(" ".join(f"{each.msg} {each.hint}" for each in found))
