from __future__ import annotations

import io
import json
import tarfile
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import pyrage
import pysqlite3
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.test import override_settings

from kinward.access.management.commands import backup
from kinward.audit.models import Event
from kinward.core.backups.archives import (
    COPY,
    MANIFEST,
    Manifest,
    NobodyToSealTo,
    put_copy,
    recipients,
)
from kinward.core.backups.dumps import CannotCopy, dump, faults, load_sqlite, run
from kinward.core.backups.making import back_up_keys, make_backup, whole_database
from kinward.core.backups.restoring import NotTheSame, place, restore
from kinward.core.keystore import store
from kinward.core.models import Drill
from kinward.people.models import Assertion, Person

# Operators own the database.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("as_owner")]


@pytest.fixture
def opener():
    return pyrage.x25519.Identity.generate()


@pytest.fixture(autouse=True)
def place_of_backups(tmp_path, opener):
    with override_settings(
        BACKUPS=str(tmp_path / "backups"),
        BACKUP_RECIPIENTS=[str(opener.to_public())],
        DATA=tmp_path / "data",
    ):
        yield


@pytest.fixture
def identity_file(tmp_path, opener):
    file = tmp_path / "identity"
    file.write_text(f"# made by age-keygen\n{opener}\n")
    return file


@pytest.fixture
def elsewhere(tmp_path):
    """An empty database, as KINWARD_BACKUP_DATABASE_URL names it."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/elsewhere.sqlite3"
        return
    own = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE elsewhere TEMPLATE template0")
    user, host = quote(own["USER"]), quote(own["HOST"], safe="")
    yield f"postgresql://{user}:{quote(own['PASSWORD'])}@/elsewhere?host={host}"
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE elsewhere WITH (FORCE)")


def command(name: str, *arguments: object) -> str:
    said = StringIO()
    call_command(name, *map(str, arguments), stdout=said)
    return said.getvalue()


def backed_up(at) -> Path:
    return make_backup(at=at)[0]


def test_backup_holds_every_row_and_shows_nothing(make_child, at):
    make_child("رسلان محمدوف")

    file, manifest = make_backup(at=at)

    assert file.name == "kinward-20190102T093000Z.age"
    assert file.stat().st_mode & 0o077 == 0
    assert file.read_bytes().startswith(b"age-encryption.org/v1")
    assert manifest.tables["people_person"].rows == Person.objects.count() == 1
    assert list(file.parent.glob(".*")) == []


def test_backup_is_restored_row_by_row(make_child, at, identity_file, elsewhere):
    make_child("رسلان محمدوف")
    command("backup")
    (file,) = Path(settings.BACKUPS).glob("kinward-*.age")

    with override_settings(BACKUP_DATABASE_URL=elsewhere):
        said = command("restore", file, "--identity", identity_file)

    assert "each as backed up" in said
    assert Event.objects.get(action="core.backed_up").details["file"] == file.name


def test_restore_never_writes_over_a_database(make_child, at, opener, elsewhere):
    file = backed_up(at)
    with override_settings(BACKUP_DATABASE_URL=elsewhere):
        restore(file, opener)

        with pytest.raises(CannotCopy):
            restore(file, opener)


@pytest.mark.parametrize("harm", ["flipped", "cut", "absent", "other identity", "no backup"])
def test_restore_refuses_what_is_not_whole_in_one_line(
    at, harm, identity_file, elsewhere, tmp_path
):
    file = backed_up(at)
    whole = file.read_bytes()
    if harm == "flipped":
        middle = len(whole) // 2
        file.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    elif harm == "cut":
        file.write_bytes(whole[:-70_000])
    elif harm == "absent":
        file.unlink()
    elif harm == "other identity":
        identity_file.write_text(str(pyrage.x25519.Identity.generate()))
    else:
        file.write_bytes(b"kinward" * 99)

    with (
        override_settings(BACKUP_DATABASE_URL=elsewhere),
        pytest.raises(CommandError) as refused,
    ):
        command("restore", file, "--identity", identity_file)

    assert "\n" not in str(refused.value)
    assert str(file) in str(refused.value)
    assert not (tmp_path / "elsewhere.sqlite3").exists()


def sealed(opener, tmp_path, manifest: dict, content: bytes = b"x") -> Path:
    """Seal a forged backup: whoever knows the public key can."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as made:
        for name, inside in ((MANIFEST, json.dumps(manifest).encode()), (COPY, content)):
            entry = tarfile.TarInfo(name)
            entry.size = len(inside)
            made.addfile(entry, io.BytesIO(inside))
    file = tmp_path / "forged.age"
    file.write_bytes(pyrage.encrypt(archive.getvalue(), [opener.to_public()]))
    return file


FORGED = {"format": 1, "of": "sqlite", "made_at": "2019-01-02", "sha256": "0" * 64, "tables": {}}


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (FORGED, "was not made by this installation"),
        (FORGED | {"signature": "0" * 128}, "was not made by this installation"),
        (FORGED | {"format": 2}, "no whole backup"),
        ({}, "no whole backup"),
    ],
)
def test_restore_refuses_what_somebody_else_sealed(opener, tmp_path, identity_file, manifest, said):
    file = sealed(opener, tmp_path, manifest)

    with pytest.raises(CommandError, match=said):
        command("restore", file, "--identity", identity_file)


def test_restore_refuses_a_file_that_contradicts_itself(opener, tmp_path, identity_file):
    file = sealed(opener, tmp_path, json.loads(Manifest(**FORGED).signed().text))

    with pytest.raises(CommandError, match="does not hold what it says"):
        command("restore", file, "--identity", identity_file)


def test_restore_refuses_a_place_where_a_log_of_another_database_lies(at, opener, tmp_path):
    file, log = backed_up(at), tmp_path / "elsewhere.sqlite3-wal"
    log.write_bytes(b"of a database that was moved away")

    with pytest.raises(CannotCopy, match="Move it away"):
        load_sqlite(tmp_path / "elsewhere.sqlite3", file)

    assert not (tmp_path / "elsewhere.sqlite3").exists()


def test_whoever_is_registered_between_the_two_copies_has_a_key_in_theirs(
    make_child, opener, tmp_path, monkeypatch
):
    registered = []

    def followed_by_a_child(real):
        def copy(**asked):
            made = real(**asked)
            with transaction.atomic():
                registered.append(make_child("رسلان"))
            return made

        return copy

    for name in ("make_backup", "back_up_keys"):
        monkeypatch.setattr(backup, name, followed_by_a_child(getattr(backup, name)))
    with override_settings(KEY_STORE=str(tmp_path / "keys.sqlite3")):
        data, keys = command("backup").splitlines()[:2]
    with override_settings(KEY_STORE=str(tmp_path / "restored.sqlite3")):
        restore(Path(keys), opener)

        held = [store().count_of([child.pk]) for child in registered]

    assert "/keys/" not in data
    assert held[0] > 0


def test_restore_refuses_a_backup_of_another_kind_of_database(at, opener, elsewhere):
    _file, manifest = make_backup(at=at)
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"

    with pytest.raises(Exception, match=f"backup of {other}"):
        place(connections["default"], replace(manifest, of=other), Path("unread"))


def test_restored_rows_that_differ_are_refused(make_child, at, opener, elsewhere, tmp_path):
    make_child()
    dump(connection, tmp_path / "copy")
    _file, manifest = make_backup(at=at)
    make_child()
    _file, later = make_backup(at=at + timedelta(seconds=1))

    with (
        override_settings(BACKUP_DATABASE_URL=elsewhere),
        whole_database() as there,
        pytest.raises(NotTheSame),
    ):
        place(there, later, tmp_path / "copy")

    assert manifest.digest != later.digest


def test_identity_is_asked_for_and_never_repeated(at, tmp_path):
    file = backed_up(at)
    wrong = tmp_path / "wrong"
    wrong.write_text("AGE-SECRET-KEY-1NONSENSE")

    with pytest.raises(CommandError, match="no age identity") as refused:
        command("restore", file, "--identity", wrong)

    assert "NONSENSE" not in str(refused.value)


@pytest.mark.parametrize("keys", [[], ["age1nonsense"]])
def test_backup_needs_someone_to_seal_to(keys):
    with override_settings(BACKUP_RECIPIENTS=keys), pytest.raises(CommandError, match="RECIPIENTS"):
        command("backup")


def test_recipients_are_as_many_as_are_named(opener):
    other = pyrage.x25519.Identity.generate()

    assert len(recipients([str(opener.to_public()), str(other.to_public())])) == 2
    with pytest.raises(NobodyToSealTo):
        recipients([])


def test_drill_restores_compares_and_is_written_down(make_child, at, identity_file, monkeypatch):
    make_child()
    file, manifest = make_backup(at=at)
    monkeypatch.setattr("sys.stdin", StringIO(identity_file.read_text()))

    said = command("drill", file, "--identity", "-")

    held = Drill.objects.get()
    assert (held.made_at, held.rows, held.digest) == (at, manifest.rows, manifest.digest)
    assert f"{manifest.rows} rows" in said
    assert Event.objects.get(action="core.drilled").object_id == str(held.pk)
    assert Assertion.objects.count() == 1  # ours is untouched


def test_drill_that_fails_is_not_written_down(at, identity_file):
    file = backed_up(at)
    file.write_bytes(file.read_bytes()[:-1])

    with pytest.raises(CommandError):
        command("drill", file, "--identity", identity_file)

    assert Drill.objects.count() == 0


@pytest.fixture
def key_store(tmp_path):
    """A key store with one key in it, and its place."""
    file = tmp_path / "keys.sqlite3"
    with closing(pysqlite3.connect(file)) as store:
        store.execute("CREATE TABLE key (subject BLOB)")
        store.execute("CREATE TABLE destroyed (subject BLOB)")
        store.execute("INSERT INTO key VALUES (x'0102')")
        store.commit()
    with override_settings(KEY_STORE=str(file)):
        yield file


def test_keys_are_backed_up_apart_and_restored(key_store, at, opener, identity_file):
    file = back_up_keys(at=at)
    key_store.unlink()

    said = command("restore", file, "--identity", identity_file)

    with closing(pysqlite3.connect(key_store)) as restored:
        assert restored.execute("SELECT hex(subject) FROM key").fetchall() == [("0102",)]
    assert said.startswith("restored as of 2019-01-02 09:30 UTC: 1 rows")
    assert file.parent.name == "keys"


def test_keys_are_never_restored_over_others(key_store, at, opener):
    file = back_up_keys(at=at)

    with pytest.raises(CannotCopy, match="Move it away"):
        restore(file, opener)


def test_backups_of_keys_go_after_thirty_days(key_store, at):
    days = [0, 1, 30, 31]
    made = [back_up_keys(at=at + timedelta(days=day)) for day in days]

    assert [file.exists() for file in made] == [False, False, True, True]


def test_no_keys_are_no_failure(at, tmp_path):
    with override_settings(KEY_STORE=str(tmp_path / "absent")):
        assert back_up_keys(at=at) is None


def test_drill_needs_a_database(key_store, at, identity_file):
    file = back_up_keys(at=at)

    with pytest.raises(CommandError, match="backup of keys"):
        command("drill", file, "--identity", identity_file)


def test_programs_of_postgresql_are_asked_for_by_name(tmp_path):
    with override_settings(POSTGRES_PROGRAMS=str(tmp_path)), pytest.raises(CannotCopy) as refused:
        run("pg_dump", [], connection, [])

    assert "apt-get install postgresql-client" in str(refused.value)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs PostgreSQL")
def test_failure_of_a_program_is_one_line():
    with pytest.raises(CannotCopy) as refused:
        run("pg_dump", ["--snapshot=none"], connection, [])

    assert "pg_dump: error" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="needs SQLite")
def test_damaged_file_is_found(tmp_path, make_child):
    make_child()
    dump(connection, tmp_path / "copy")
    content = (tmp_path / "copy").read_bytes()
    (tmp_path / "copy").write_bytes(content[:4096] + bytes(4096) + content[8192:])
    with (
        override_settings(BACKUP_DATABASE_URL=f"sqlite:///{tmp_path}/copy"),
        whole_database() as damaged,
    ):
        assert faults(damaged) != []


def test_copy_that_is_no_file_is_refused(tmp_path):
    with tarfile.open(tmp_path / "archive.tar", "w") as archive:
        archive.add(tmp_path, arcname="copy", recursive=False)

    with tarfile.open(tmp_path / "archive.tar") as archive, pytest.raises(ValueError, match="file"):
        put_copy(archive, tmp_path / "copy")
