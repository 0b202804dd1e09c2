"""What the database itself refuses and writes down, whatever way a write comes.

A ledger is appended to, never changed or emptied. A change of any other table of ours leaves a row
in `audit_change`. Neither takes a write while nobody acts. The triggers are generated from the
models; `migrate` installs them, and a system check compares what is there with what should be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from kinward.audit.triggers import postgresql, sqlite
from kinward.core.models import AppendOnly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.apps import AppConfig
    from django.db import models
    from django.db.backends.base.base import BaseDatabaseWrapper

DIALECTS: Final[dict[str, Any]] = {"sqlite": sqlite, "postgresql": postgresql}
# Tables of libraries that say how someone gets in.
ALSO_WATCHED: Final = frozenset({"mfa.Authenticator", "account.EmailAddress"})


def watched() -> list[type[models.Model]]:
    """Return the models whose tables have triggers: all of ours that do not say otherwise."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed  # noqa: SLF001 (Django's documented model API)
        and not model._meta.proxy  # noqa: SLF001 (likewise)
        and getattr(model, "watched", True)
        and (model.__module__.startswith("kinward.") or model._meta.label in ALSO_WATCHED)  # noqa: SLF001 (likewise)
    ]


def wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the triggers there should be: name to the SQL that makes it."""
    dialect = DIALECTS[connection.vendor]
    made: dict[str, str] = {}
    for model in watched():
        maker = dialect.of_ledger if issubclass(model, AppendOnly) else dialect.of_table
        made |= maker(model)
    return made


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger anew, in one transaction: there is no moment without them."""
    dialect = DIALECTS[connection.vendor]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in dialect.removal(cursor):
            cursor.execute(statement)
        for statement in [*dialect.PREPARATION, *wanted(connection).values()]:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger of ours away: only to rebuild tables, or to empty those of a test."""
    dialect = DIALECTS[connection.vendor]
    with connection.cursor() as cursor:
        for statement in dialect.removal(cursor):
            cursor.execute(statement)


def faults(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of triggers that are missing, switched off, or not as they should be."""
    there = connection.introspection.table_names()
    named = {model._meta.db_table for model in watched()}  # noqa: SLF001 (Django's documented model API)
    if not named <= set(there):
        return []  # nothing is migrated yet
    with connection.cursor() as cursor:
        found: dict[str, str] = DIALECTS[connection.vendor].installed(cursor)
    return sorted(
        name for name, made in wanted(connection).items() if not sound(found.get(name), made)
    )


def sound(found: str | None, made: str) -> bool:
    """Tell whether an installed trigger is the one that was made."""
    return found is not None and " ".join(found.split()) == " ".join(made.split())


def check(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 (the signature of a check)
    databases: Sequence[str] | None = None,
    **_options: object,
) -> list[CheckMessage]:
    """Report a database that would let something happen unseen."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            continue  # migrating installs them
        if missing := faults(connections[alias]):
            found.append(
                Error(
                    f"The database lacks triggers that keep the log whole: {', '.join(missing)}.",
                    hint="Find out who took them away, then run `kinward migrate --skip-checks`.",
                    id="kinward.E010",
                )
            )
    return found
