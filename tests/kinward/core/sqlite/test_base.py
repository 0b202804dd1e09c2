from __future__ import annotations

import sqlite3
import sys
import threading
from contextlib import closing

import pysqlite3
import pytest
from django.db import connections, transaction
from django.db.utils import ConnectionHandler, OperationalError

from kinward.core.databases import database, transaction_began

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def connect(tmp_path):
    """Open connections of their own to one file: each call stands for another process."""
    names = []

    def make(**options):
        chosen = database("", folder=tmp_path)
        chosen["OPTIONS"] = chosen["OPTIONS"] | options
        connection = ConnectionHandler({"default": chosen})["default"]
        connection.inc_thread_sharing()
        connection.alias = f"other {len(names)}"
        names.append(connection.alias)
        connections[connection.alias] = connection
        return connection

    with make().cursor() as cursor:
        cursor.execute("CREATE TABLE counted (id INTEGER PRIMARY KEY, n INTEGER)")
        cursor.execute("INSERT INTO counted VALUES (1, 0)")
    yield make
    for name in names:
        connections[name].close()
        del connections[name]


def atomic(connection):
    return transaction.atomic(using=connection.alias)


def counted(connection) -> int:
    with connection.cursor() as cursor:
        return cursor.execute("SELECT n FROM counted").fetchone()[0]


def test_backend_runs_on_the_sqlite_that_pysqlite3_brings(connect):
    connection = connect()

    with connection.cursor() as cursor:
        version = cursor.execute("SELECT sqlite_version()").fetchone()[0]

    assert connection.vendor == "sqlite"
    assert version == pysqlite3.sqlite_version


def test_everyone_else_keeps_the_sqlite_of_the_standard_library():
    assert sys.modules["sqlite3"] is sqlite3
    assert "pysqlite3" not in sqlite3.__file__


def test_transaction_holds_the_gate_to_its_end(connect):
    first, second = connect(timeout=0), connect(timeout=0)

    with atomic(first), pytest.raises(OperationalError, match="write gate"), atomic(second):
        pass

    with atomic(second):
        assert second.gate.held is not None
    assert second.gate.held is None


@pytest.mark.parametrize("end", ["commit", "rollback", "close", "refusal"])
def test_transaction_leaves_the_gate_however_it_ends(connect, end):
    connection, other = connect(timeout=0), connect(timeout=0)

    def finish():
        if end == "rollback":
            raise ZeroDivisionError
        if end == "close":
            connection.close()

    def refuse(**_signal):
        raise ZeroDivisionError

    if end == "refusal":
        transaction_began.connect(refuse)
    try:
        with atomic(connection):
            finish()
    except ZeroDivisionError:
        pass
    finally:
        transaction_began.disconnect(refuse)

    with atomic(other):
        assert other.gate.held is not None


def test_transaction_leaves_the_gate_when_it_cannot_begin(connect, tmp_path):
    connection = connect(timeout=0)
    with closing(pysqlite3.connect(tmp_path / "kinward.sqlite3", isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")  # writes past the gate

        with pytest.raises(OperationalError), atomic(connection):
            pass

    assert connection.gate.held is None


def test_hooks_after_the_commit_run_outside_the_gate(connect):
    connection = connect(timeout=0)
    held = []

    with atomic(connection):
        connection.on_commit(lambda: held.append(connection.gate.held))

    assert held == [None]


def test_database_in_memory_has_no_gate():
    handler = ConnectionHandler(
        {"default": {"ENGINE": "kinward.core.sqlite", "NAME": ":memory:", "OPTIONS": {}}}
    )

    assert handler["default"].gate is None


def test_writers_in_threads_lose_no_update(connect):
    connections = [connect() for _ in range(4)]

    def count(connection):
        for _ in range(25):
            # What atomic() does, on a connection of this thread.
            connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
            with connection.cursor() as cursor:
                found = cursor.execute("SELECT n FROM counted").fetchone()[0]
                cursor.execute("UPDATE counted SET n = %s", [found + 1])
            connection.commit()
            connection.set_autocommit(True)

    threads = [threading.Thread(target=count, args=[connection]) for connection in connections]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counted(connections[0]) == 100
