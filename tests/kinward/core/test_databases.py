from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import ConnectionHandler

from kinward.core.databases import SQLITE_OPTIONS, database

FOLDER = Path("/srv/kinward")


def test_database_is_sqlite_when_none_is_named():
    chosen = database("", folder=FOLDER)

    assert chosen["ENGINE"] == "kinward.core.sqlite"
    assert chosen["NAME"] == "/srv/kinward/kinward.sqlite3"
    assert chosen["OPTIONS"] == SQLITE_OPTIONS
    assert chosen["ATOMIC_REQUESTS"] is True


def test_database_reads_every_part_of_an_address():
    url = "postgresql://kin%40ward:p%3Aw%2F%25@db.example:5433/kin?sslmode=require"

    chosen = database(url, folder=FOLDER)

    assert chosen["ENGINE"] == "kinward.core.postgresql"
    assert (chosen["USER"], chosen["PASSWORD"]) == ("kin@ward", "p:w/%")
    assert (chosen["HOST"], chosen["PORT"], chosen["NAME"]) == ("db.example", 5433, "kin")
    assert chosen["OPTIONS"] == {"sslmode": "require"}
    assert chosen["ATOMIC_REQUESTS"] is True


def test_database_reads_the_address_of_a_socket():
    chosen = database("postgresql://postgres:@/postgres?host=/run/pg", folder=FOLDER)

    assert (chosen["HOST"], chosen["PORT"], chosen["OPTIONS"]) == ("/run/pg", "", {})


def test_database_reads_the_path_of_a_file():
    assert database("sqlite:////data/kin.sqlite3", folder=FOLDER)["NAME"] == "/data/kin.sqlite3"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://kin:secret-word@db/kin",
        "postgresql://kin:secret-word@db",
        "postgresql://kin:secret-word@db:port/kin",
        "kin:secret-word",
        "secret-word",
        "postgresql://kin:secret-word@db/kin?sslmode",
    ],
)
def test_database_refuses_another_address_without_repeating_the_password(url):
    with pytest.raises(ImproperlyConfigured, match="KINWARD_DATABASE_URL must read") as refused:
        database(url, folder=FOLDER)

    assert "secret-word" not in str(refused.value)


@pytest.mark.django_db
def test_sqlite_is_opened_so_that_no_acknowledged_write_is_lost(tmp_path):
    chosen = database("", folder=tmp_path)
    connection = ConnectionHandler({"default": chosen})["default"]
    asked = ["journal_mode", "synchronous", "foreign_keys", "trusted_schema", "secure_delete"]

    with connection.cursor() as cursor:
        answers = [cursor.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in asked]
    connection.close()

    assert dict(zip(asked, answers, strict=True)) == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
    }
    assert connection.transaction_mode == "IMMEDIATE"
