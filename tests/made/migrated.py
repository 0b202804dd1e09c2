"""A migrated database: made once, copied for every process that tests, and anew after a commit.

Migrating takes most of a minute, copying a moment. What was migrated is kept for the next run as
long as no file of the application and no locked package has changed: SQLite's in the cache folder
of pytest, PostgreSQL's in the server, beside the databases of the tests.
"""

from __future__ import annotations

import fcntl
import time
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connections
from django.db.backends.sqlite3.base import Database

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper

ROOT = Path(__file__).parent.parent.parent
APPLICATION = ROOT / "src" / "kinward"
LOCKS = ROOT / "requirements" / "dev.txt"
SHOWN = {"static", "templates", "locale", "__pycache__"}  # folders that no migration reads
PREFIX = "test_kinward"
TEMPLATE = f"{PREFIX}_template"
A_DAY = 24 * 60 * 60  # seconds
LOCK = 0x6B696E  # of PostgreSQL: held by who makes the template


def fingerprint() -> str:
    """Return what the migrated database depends on, as one hash."""
    files = [
        file
        for file in sorted(APPLICATION.rglob("*"))
        if file.is_file() and not SHOWN & set(file.relative_to(APPLICATION).parts)
    ]
    digest = sha256()
    for file in [LOCKS, *files]:
        digest.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def migrate(connection: BaseDatabaseWrapper, name: str) -> None:
    """Make a database of this name as `kinward migrate` makes it, and leave it.

    Where a browser was started before, its event loop runs, and Django's commands find another
    connection than the one from before: left open, it is what the tests would go on with.
    """
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    for each in (connection, connections[connection.alias]):
        each.close()


def use(connection: BaseDatabaseWrapper, name: str) -> None:
    """Have every connection of this process, those of other threads too, open this database."""
    for told in (connection.settings_dict, settings.DATABASES[connection.alias]):
        told["NAME"] = name
        told["TEST"]["NAME"] = name
    connections[connection.alias].close()  # where an event loop runs it is another one


def copy_database(one: Path, other: Path) -> None:
    """Copy a database with what still lies in its journal."""
    with closing(Database.connect(one)) as source, closing(Database.connect(other)) as copy:
        source.backup(copy)


class Sqlite:
    """A file that is copied."""

    def __init__(self, connection: BaseDatabaseWrapper, *, process: str, cache: Path, own: Path):
        self.connection, self.cache, self.process = connection, cache, process
        self.own = own / "kinward.sqlite3"
        self.template = cache / f"{fingerprint()}.sqlite3"

    def make(self, prepare: Callable[[], None]) -> None:
        """Copy the template, which is made where there is none of these files."""
        with (self.cache / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.template.exists():
                for old in self.cache.glob("*.sqlite3*"):
                    if time.time() - old.stat().st_mtime > A_DAY:  # nobody tests with it any more
                        old.unlink()
                draft, whole = self.own.with_name("draft"), self.cache / "whole.sqlite3"
                migrate(self.connection, str(draft))
                prepare()
                whole.unlink(missing_ok=True)
                copy_database(draft, whole)
                whole.rename(self.template)
            copy_database(self.template, self.own)
        use(self.connection, str(self.own))

    def restore(self) -> None:
        """Bring back what was migrated, page by page: other threads may have the file open."""
        self.connection.ensure_connection()
        with closing(Database.connect(self.template)) as template:
            template.backup(self.connection.connection)

    def drop(self) -> None:
        """Close; the folder of the run goes away by itself."""
        self.connection.close()


def put_out(cursor: CursorWrapper, name: str) -> None:
    """Wait until nobody is connected to a database: it is neither copied nor dropped before.

    Who closed a connection is gone a little later, on a busy machine later than PostgreSQL waits.
    """
    connected = "FROM pg_stat_activity WHERE datname = %s"
    cursor.execute(f"SELECT count(*) {connected}", [name])
    while cursor.fetchone() != (0,):
        cursor.execute("SELECT pg_sleep(0.05)")
        cursor.execute(f"SELECT count(pg_terminate_backend(pid)) {connected}", [name])


class Postgresql:
    """A database of the server that is copied."""

    def __init__(self, connection: BaseDatabaseWrapper, *, process: str, cache: Path, own: Path):
        self.connection = connection
        self.own = f"{PREFIX}_{process}"

    def make(self, prepare: Callable[[], None]) -> None:
        """Copy the template, which is made where there is none of these files."""
        print_of = fingerprint()
        with self.connection._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            cursor.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
                [TEMPLATE],
            )
            if cursor.fetchone() != (print_of,):
                cursor.execute(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")
                migrate(self.connection, TEMPLATE)
                prepare()
                self.connection.close()
                put_out(cursor, TEMPLATE)
                cursor.execute(f"ALTER DATABASE {TEMPLATE} ALLOW_CONNECTIONS false")
                cursor.execute(f"COMMENT ON DATABASE {TEMPLATE} IS '{print_of}'")
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        use(self.connection, self.own)
        self.restore()

    def restore(self) -> None:
        """Copy the template anew; who is still connected is put out."""
        self.connection.close()
        with self.connection._nodb_cursor() as cursor:
            put_out(cursor, self.own)
            cursor.execute(f"DROP DATABASE IF EXISTS {self.own} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {self.own} TEMPLATE {TEMPLATE}")

    def drop(self) -> None:
        """Leave the server with the template alone."""
        self.connection.close()
        with self.connection._nodb_cursor() as cursor:
            put_out(cursor, self.own)
            cursor.execute(f"DROP DATABASE IF EXISTS {self.own} WITH (FORCE)")


KINDS = {"sqlite": Sqlite, "postgresql": Postgresql}
