"""Whether a database keeps what it has acknowledged: the open connection is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 (Django's name)
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper

    from kinward.core.sqlite.base import DatabaseWrapper as Sqlite

# https://www.sqlite.org/wal.html#walresetbug: two connections may corrupt a database in WAL mode.
WAL_RESET_BUG: Final = ((3, 7, 0), (3, 51, 2))

# What each setting must answer, and what is lost without it.
PRAGMAS: Final[Mapping[str, tuple[object, str]]] = {
    "journal_mode": ("wal", "readers and a writer would shut one another out"),
    "synchronous": (2, "a power cut would lose writes that were acknowledged (FULL is 2)"),
    "foreign_keys": (1, "rows could point at nothing"),
    "trusted_schema": (0, "a forged schema could run functions of ours"),
    "secure_delete": (1, "what was deleted would stay readable in the file"),
}
PARAMETERS: Final[Mapping[str, str]] = {
    "fsync": "a power cut would lose or corrupt what was acknowledged",
    "full_page_writes": "a power cut could leave pages half written",
    "synchronous_commit": "a crash would lose writes that were acknowledged",
}


def database_is_durable(
    app_configs: Sequence[Any] | None,  # noqa: ARG001 (the signature of a check)
    databases: Iterable[str] | None = None,
    **_options: object,
) -> list[CheckMessage]:
    """Say what keeps each of these databases from keeping all that it acknowledges."""
    return [fault for alias in databases or () for fault in faults(connections[alias])]


def refuse_unfit_database() -> None:
    """Keep the server from starting on a database that may lose what it acknowledged.

    Raises:
        ImproperlyConfigured: it may; the words say how, and what to do.
    """
    grave = [each for each in faults(connections["default"]) if isinstance(each, Error)]
    if grave:
        raise ImproperlyConfigured(" ".join(f"{each.msg} {each.hint}" for each in grave))


def faults(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """Say what the database answers that it should not, each with the remedy."""
    if connection.vendor == "sqlite":
        return sqlite_faults(cast("Sqlite", connection))
    if connection.vendor == "postgresql":
        return postgresql_faults(connection)
    return [
        Error(
            f"Kinward does not run on {connection.display_name}.",
            hint="Use PostgreSQL or SQLite: see KINWARD_DATABASE_URL.",
            id="kinward.E010",
        )
    ]


def sqlite_faults(connection: Sqlite) -> list[CheckMessage]:
    """Ask the SQLite that is loaded, and the file as it is opened."""
    found: list[CheckMessage] = []
    oldest, newest = WAL_RESET_BUG
    version = connection.get_database_version()
    if oldest <= version <= newest:
        kind = Warning if settings.DEMO else Error  # a made-up caseload can be made again
        found.append(
            kind(
                f"SQLite {'.'.join(map(str, version))} has the WAL-reset bug,"
                " which may corrupt a database that two connections use.",
                hint="Install pysqlite3 0.6.1 or later (pip install pysqlite3), a Python with"
                " SQLite 3.51.3 or later, or use PostgreSQL.",
                id="kinward.E011",
            )
        )
    with connection.cursor() as cursor:
        for pragma, (wanted, otherwise) in PRAGMAS.items():
            (answer,) = cursor.execute(f"PRAGMA {pragma}").fetchone()
            if answer != wanted:
                found.append(
                    Error(
                        f"SQLite says {pragma} = {answer}: {otherwise}.",
                        hint=f"Let core.databases make the settings; it asks for {wanted}. Keep"
                        " the file on a local disk, as WAL does not work over a network.",
                        id="kinward.E012",
                    )
                )
    if connection.transaction_mode != "IMMEDIATE":
        found.append(
            Error(
                f"SQLite transactions begin {connection.transaction_mode}:"
                " what an action reads could change before it writes.",
                hint="Let core.databases make the settings.",
                id="kinward.E013",
            )
        )
    return found


def postgresql_faults(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """Ask the server, in the session as it is opened for us."""
    found: list[CheckMessage] = []
    with connection.cursor() as cursor:
        answers = {}
        for parameter in (*PARAMETERS, "data_checksums"):
            cursor.execute(f"SHOW {parameter}")
            (answers[parameter],) = cursor.fetchone()
    found += [
        Error(
            f"PostgreSQL says {parameter} = off: {otherwise}.",
            hint=f"Set {parameter} = on in postgresql.conf, and nothing else for this role,"
            " this database or in KINWARD_DATABASE_URL.",
            id="kinward.E014",
        )
        for parameter, otherwise in PARAMETERS.items()
        if answers[parameter] == "off"
    ]
    if answers["data_checksums"] == "off":
        found.append(
            Warning(
                "PostgreSQL keeps no checksums of its pages: a disk that errs goes unnoticed.",
                hint="Stop the server and run pg_checksums --enable.",
                id="kinward.W015",
            )
        )
    return found
