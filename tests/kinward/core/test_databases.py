from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

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
    assert chosen["OPTIONS"] == {"sslmode": "require", "options": "-c synchronous_commit=on"}
    assert chosen["ATOMIC_REQUESTS"] is True


def test_database_reads_the_address_of_a_socket():
    chosen = database("postgresql://postgres:@/postgres?host=/run/pg", folder=FOLDER)

    assert (chosen["HOST"], chosen["PORT"]) == ("/run/pg", "")


def test_database_takes_the_options_of_the_address_instead():
    chosen = database("postgresql://db/kin?options=-c%20synchronous_commit%3Doff", folder=FOLDER)

    assert chosen["OPTIONS"] == {"options": "-c synchronous_commit=off"}


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
