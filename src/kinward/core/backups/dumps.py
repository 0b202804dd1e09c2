"""A database as one file, and such a file as a database, for both kinds of database."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from kinward.core.backups.contents import Contents, contents
from kinward.core.errors import KinwardError

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

PROGRAMS: Final = "apt-get install postgresql-client"


class CannotCopy(KinwardError):
    """The database could not be copied, or the copy not be made a database again."""


def dump(connection: BaseDatabaseWrapper, to: Path) -> Contents:
    """Copy the database into a new file while others write; return what the copy holds.

    Raises:
        CannotCopy: PostgreSQL's programs are not here, or failed.
    """
    tables = connection.introspection.table_names()
    if connection.vendor == "sqlite":
        return dump_sqlite(connection, to, tables)
    return dump_postgresql(connection, to, tables)


def load(connection: BaseDatabaseWrapper, file: Path) -> None:
    """Make the empty place that the connection names what the file holds.

    Raises:
        CannotCopy: the place is not empty, or PostgreSQL's programs failed.
    """
    if connection.vendor == "sqlite":
        load_sqlite(Path(connection.settings_dict["NAME"]), file)
        return
    if connection.introspection.table_names():
        raise CannotCopy(_("The database is not empty. Make an empty one, and name that."))
    run("pg_restore", ["--exit-on-error", "--no-owner", "-d"], connection, [str(file)])


def holds(connection: BaseDatabaseWrapper) -> Contents:
    """Return what the database holds now."""
    tables = connection.introspection.table_names()
    with closing(opened(connection)) as own:
        return contents(lambda: cursor(connection, own), tables)


def faults(connection: BaseDatabaseWrapper) -> list[str]:
    """Return what SQLite finds wrong in its file. PostgreSQL checked while it loaded."""
    if connection.vendor != "sqlite":
        return []
    with closing(opened(connection)) as own:
        try:
            whole = own.execute("PRAGMA integrity_check").fetchall()
            orphans = own.execute("PRAGMA foreign_key_check").fetchall()
        except driver(connection).DatabaseError as error:
            return [str(error)]
    return [text for (text,) in whole if text != "ok"] + [str(each[0]) for each in orphans]


def opened(connection: BaseDatabaseWrapper) -> Any:
    """Open another connection, which no receiver of signals knows of and no value is read by."""
    if connection.vendor == "sqlite":
        return driver(connection).connect(connection.settings_dict["NAME"])
    return connection.get_new_connection(connection.get_connection_params())


def driver(connection: Any) -> Any:
    """Return the module that speaks to SQLite: one in a process, as two would break locks."""
    return connection.Database


def cursor(connection: BaseDatabaseWrapper, own: Any) -> Any:
    """Return a cursor that does not load a whole table: PostgreSQL keeps the rows."""
    return own.cursor() if connection.vendor == "sqlite" else own.cursor(name="rows")


def dump_sqlite(connection: BaseDatabaseWrapper, to: Path, tables: list[str]) -> Contents:
    """Copy by SQLite's online backup, in one step: a snapshot that keeps no writer waiting."""
    with (
        closing(opened(connection)) as source,
        closing(driver(connection).connect(to)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, complete
        return contents(copy.cursor, tables)


def load_sqlite(to: Path, file: Path) -> None:
    """Put the file in its place, on the disk before it counts; never over another.

    What SQLite left beside a file that was moved away it would write into the next.
    """
    beside = [to.with_name(f"{to.name}-{ending}") for ending in ("wal", "journal", "shm")]
    for path in (to, *beside):
        if path.exists() and path.stat().st_size:
            raise CannotCopy(
                _("There is a database at %(path)s. Move it away first.") % {"path": path}
            )
    to.parent.mkdir(parents=True, exist_ok=True)
    draft = to.with_name(f".{to.name}.restoring")
    with file.open("rb") as source, draft.open("wb") as target:
        draft.chmod(0o600)
        shutil.copyfileobj(source, target)
        target.flush()
        os.fsync(target.fileno())
    draft.replace(to)


def dump_postgresql(connection: BaseDatabaseWrapper, to: Path, tables: list[str]) -> Contents:
    """Have pg_dump copy the same snapshot that is counted here."""
    with closing(opened(connection)) as own:
        own.autocommit = False
        own.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        ((snapshot,),) = own.execute("SELECT pg_export_snapshot()").fetchall()
        options = ["--format=custom", f"--snapshot={snapshot}", f"--file={to}"]
        run("pg_dump", options, connection, [])
        return contents(lambda: cursor(connection, own), tables)


def run(
    program: str, options: list[str], connection: BaseDatabaseWrapper, files: list[str]
) -> None:
    """Run one of PostgreSQL's programs against the database of a connection.

    Raises:
        CannotCopy: it is not here, or it failed; with the first line it said.
    """
    found = shutil.which(program, path=settings.POSTGRES_PROGRAMS or None)
    if found is None:
        raise CannotCopy(
            _("%(program)s is not here: %(remedy)s, or set KINWARD_POSTGRES_PROGRAMS.")
            % {"program": program, "remedy": PROGRAMS}
        )
    (_psql, *server, name), environment = connection.client.settings_to_cmd_args_env(
        connection.settings_dict, []
    )
    done = subprocess.run(  # noqa: S603 (a program of PostgreSQL, without a shell)
        [found, *server, *options, name, *files],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().partition("\n")[0]
        raise CannotCopy(said or f"{program}: {done.returncode}")
