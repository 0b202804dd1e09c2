"""What the role of the application may do to each table: what it needs, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction

from kinward.access.rows.policies import table
from kinward.core.models import AppendOnly

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

WRITTEN_BY_TRIGGERS = "audit.Change"


def rights_on(model: Any) -> str:
    """Return what may be done to the table of a model.

    A ledger is read and added to; the right to change its keys only lets a row be locked, as the
    triggers refuse every change. What the database itself writes into the log is only read.
    """
    if model._meta.label == WRITTEN_BY_TRIGGERS:  # noqa: SLF001 (Django's documented model API)
        return "SELECT"
    if issubclass(model, AppendOnly):
        locked = model._meta.app_label != "audit"  # noqa: SLF001 (likewise)
        return "SELECT, INSERT" + (f", UPDATE ({model._meta.pk.column})" if locked else "")  # noqa: SLF001 (likewise)
    ours = model.__module__.startswith("kinward.")
    may_go = not ours or getattr(model, "may_go", False)
    return "SELECT, INSERT, UPDATE" + (", DELETE" if may_go else "")


def grant(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give a role what the application needs, and take everything else from it.

    It is made where there is none, without a password. Whoever asks owns the tables.
    """
    quoted = connection.ops.quote_name(role)
    tables = {
        table(model): rights_on(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed  # noqa: SLF001 (Django's documented model API)
    }
    tables |= {"django_migrations": "SELECT", "cache": "SELECT, INSERT, UPDATE, DELETE"}
    there = connection.introspection.table_names()
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {quoted} LOGIN NOSUPERUSER NOBYPASSRLS")
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {quoted}")
        cursor.execute(f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {quoted}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        for name in sorted(tables.keys() & set(there)):
            cursor.execute(f"GRANT {tables[name]} ON public.{name} TO {quoted}")
