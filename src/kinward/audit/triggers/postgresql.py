"""Triggers for PostgreSQL: settings of the transaction (`kw.*`) say who acts.

Two functions serve every table. They run as the owner of the tables, so that the role the web
process takes on needs no right to write into what they write, and cannot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from django.db import models
    from django.db.backends.utils import CursorWrapper

# 23000 is integrity_constraint_violation, as SQLite reports a trigger that refuses.
REFUSE: Final = """
BEGIN
    RAISE EXCEPTION 'kinward: % is only ever appended to', TG_TABLE_NAME USING ERRCODE = '23000';
END
"""
WATCH: Final = """
DECLARE
    somebody text := current_setting('kw.actor', true);
    before jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    after jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
BEGIN
    IF coalesce(somebody, '') = '' THEN
        RAISE EXCEPTION 'kinward: nobody acts' USING ERRCODE = '23000';
    END IF;
    IF TG_ARGV[0] = 'ledger' THEN
        IF TG_TABLE_NAME IN ('audit_event', 'audit_change') THEN
            INSERT INTO audit_unsealed (ledger, row_id)
            VALUES (TG_TABLE_NAME, after->>'id');
        END IF;
        RETURN NULL;
    END IF;
    INSERT INTO audit_change
        (at, table_name, row_id, operation, columns, actor, actor_role, request_id)
    VALUES (
        clock_timestamp(), TG_TABLE_NAME, (before || after)->>TG_ARGV[0], lower(TG_OP),
        coalesce((
            SELECT string_agg(key, ' ' ORDER BY key) FROM jsonb_each(after)
            WHERE before->key IS DISTINCT FROM value
        ), ''),
        somebody,
        coalesce(current_setting('kw.actor_role', true), ''),
        coalesce(current_setting('kw.request_id', true), '')
    );
    RETURN NULL;
END
"""


def function(name: str, body: str) -> str:
    """Return the SQL that makes a function of a trigger."""
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
        f" SECURITY DEFINER SET search_path = public, pg_temp AS $body${body}$body$"
    )


FUNCTIONS: Final = {"kw_refuse": REFUSE, "kw_watch": WATCH}
PREPARATION: Final = tuple(function(name, body) for name, body in FUNCTIONS.items())


def of_ledger(model: type[models.Model]) -> dict[str, str]:
    """Return what keeps a ledger: appended to by somebody, never changed, never emptied."""
    table = model._meta.db_table  # noqa: SLF001 (Django's documented model API)
    return dict(
        [
            trigger(table, "insert", "AFTER INSERT", "ROW", "kw_watch('ledger')"),
            trigger(table, "change", "BEFORE DELETE OR UPDATE", "ROW", "kw_refuse()"),
            trigger(table, "empty", "BEFORE TRUNCATE", "STATEMENT", "kw_refuse()"),
        ]
    )


def of_table(model: type[models.Model]) -> dict[str, str]:
    """Return what writes each change of a table down; what was written, it does not tell."""
    table, key = model._meta.db_table, model._meta.pk.column  # noqa: SLF001 (Django's documented model API)
    return dict(
        [
            trigger(
                table, "change", "AFTER INSERT OR DELETE OR UPDATE", "ROW", f"kw_watch('{key}')"
            ),
            trigger(table, "empty", "BEFORE TRUNCATE", "STATEMENT", "kw_refuse()"),
        ]
    )


def trigger(table: str, name: str, when: str, each: str, call: str) -> tuple[str, str]:
    """Return the name of a trigger and the SQL that makes it."""
    named = f"kw_{table}_{name}"
    return named, (
        f"CREATE OR REPLACE TRIGGER {named} {when} ON public.{table} FOR EACH {each}"
        f" EXECUTE FUNCTION {call}"
    )


def installed(cursor: CursorWrapper) -> dict[str, str]:
    """Return the triggers of ours that are there and at work: name to SQL.

    One that calls a function which is not as it was made counts as missing.
    """
    cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname = ANY(%s)", [[*FUNCTIONS]])
    sound = {name for name, body in cursor.fetchall() if FUNCTIONS[name] == body}
    cursor.execute(
        "SELECT tgname, pg_get_triggerdef(pg_trigger.oid), proname FROM pg_trigger"
        " JOIN pg_proc ON pg_proc.oid = tgfoid WHERE tgname LIKE 'kw\\_%'"
        " AND tgenabled IN ('O', 'A')"
    )
    return {
        name: sql.replace("CREATE TRIGGER", "CREATE OR REPLACE TRIGGER")
        for name, sql, called in cursor.fetchall()
        if called in sound
    }


def removal(cursor: CursorWrapper) -> list[str]:
    """Return what takes every trigger of ours away."""
    cursor.execute(
        "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'kw\\_%'"
    )
    return [f"DROP TRIGGER {name} ON {table}" for name, table in cursor.fetchall()]
