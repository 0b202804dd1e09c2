from __future__ import annotations

import pysqlite3
import pytest
from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections
from django.db.backends.dummy.base import DatabaseWrapper as Dummy
from django.db.utils import ConnectionHandler
from django.test import override_settings

from kinward.core.databases import SQLITE_OPTIONS, database
from kinward.core.fitness import faults, refuse_unfit_database

pytestmark = pytest.mark.django_db
OURS = {f"kinward.E01{digit}" for digit in range(10)}
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs PostgreSQL")


@pytest.fixture
def opened(tmp_path):
    """Open an SQLite file with other commands than ours; say what the check finds."""

    def judge(commands: str = SQLITE_OPTIONS["init_command"], **options):
        chosen = database("", folder=tmp_path)
        chosen["OPTIONS"] = chosen["OPTIONS"] | {"init_command": commands} | options
        opened = ConnectionHandler({"default": chosen})["default"]
        try:
            return [fault.msg.partition(":")[0] for fault in faults(opened)]
        finally:
            opened.close()

    return judge


def test_database_in_use_is_durable():
    found = {fault.id for fault in run_checks(tags=[Tags.database], databases=["default"])}

    assert found & OURS == set()


def test_sqlite_as_we_open_it_is_durable(opened):
    assert opened() == []


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("PRAGMA journal_mode=DELETE", "SQLite says journal_mode = delete"),
        ("PRAGMA synchronous=NORMAL", "SQLite says synchronous = 1"),
        ("PRAGMA synchronous=OFF", "SQLite says synchronous = 0"),
        ("PRAGMA foreign_keys=OFF", "SQLite says foreign_keys = 0"),
        ("PRAGMA trusted_schema=ON", "SQLite says trusted_schema = 1"),
        ("PRAGMA secure_delete=OFF", "SQLite says secure_delete = 0"),
    ],
)
def test_sqlite_that_is_opened_otherwise_is_refused(opened, command, said):
    assert opened(f"{SQLITE_OPTIONS['init_command']} {command};") == [said]


def test_sqlite_whose_transactions_begin_late_is_refused(opened):
    assert opened(transaction_mode="DEFERRED") == ["SQLite transactions begin DEFERRED"]


@pytest.mark.parametrize(
    ("version", "refused"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_sqlite_with_the_wal_reset_bug_is_refused(opened, monkeypatch, version, refused):
    monkeypatch.setattr(pysqlite3.dbapi2, "sqlite_version_info", version)

    assert any("WAL-reset bug" in said for said in opened()) is refused


@pytest.mark.parametrize("demo", [True, False])
def test_demo_is_only_warned_of_the_bug(tmp_path, monkeypatch, demo):
    monkeypatch.setattr(pysqlite3.dbapi2, "sqlite_version_info", (3, 40, 1))
    opened = ConnectionHandler({"default": database("", folder=tmp_path)})["default"]

    with override_settings(DEMO=demo):
        (fault,) = faults(opened)
    opened.close()

    assert fault.is_serious() is not demo


def test_another_database_is_refused():
    (fault,) = faults(Dummy({}))

    assert fault.id == "kinward.E010"


@on_postgresql
def test_postgresql_session_that_does_not_wait_for_the_disk_is_refused():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")

    (fault,) = [each for each in faults(connection) if each.id in OURS]

    assert fault.msg.startswith("PostgreSQL says synchronous_commit = off")


@on_postgresql
def test_postgresql_session_of_ours_waits_for_the_disk():
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")

        assert cursor.fetchone() == ("on",)


def test_server_refuses_to_start_on_a_database_that_loses(tmp_path, monkeypatch):
    chosen = database("", folder=tmp_path)
    chosen["OPTIONS"] = chosen["OPTIONS"] | {"init_command": "PRAGMA synchronous=OFF"}
    losing = ConnectionHandler({"default": chosen})["default"]
    kept = connections["default"]
    connections["default"] = losing
    try:
        with pytest.raises(ImproperlyConfigured, match=r"synchronous = 0.*core\.databases"):
            refuse_unfit_database()
    finally:
        losing.close()
        connections["default"] = kept
