from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from datetime import timedelta
from io import StringIO

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings

from kinward.access.actions import NotApproved, approve
from kinward.access.models import Role, User, clock
from kinward.audit import triggers
from kinward.audit.context import acting
from kinward.audit.models import Event
from kinward.audit.sealing import seal
from kinward.audit.verifying import verify
from kinward.casework.queries import cases_of
from kinward.core.backups.archives import Unreadable
from kinward.core.errors import NotAllowed
from kinward.core.keys import fresh_ring, put, ring
from kinward.core.keystore import KeyDestroyed
from kinward.exchange.actions import Leaving, ask_to_leave, leave
from kinward.exchange.archives.making import parts_of
from kinward.exchange.archives.restoring import NotEmpty, restore_archive
from kinward.exchange.archives.rows import as_json, line_of, tables
from kinward.operations.models import Operation
from kinward.operations.queries import under_way
from kinward.people.models import Attachment, Person
from kinward.people.queries import content_of, profiles

# Who restores owns the database.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("as_owner")]


@pytest.fixture
def opener():
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def manager(make_user):
    return make_user("mina", role=Role.PROGRAMME_MANAGER)


@pytest.fixture
def data_officer(make_user):
    return make_user("dara", role=Role.DATA_PROTECTION_OFFICER)


@pytest.fixture
def agreed(manager, data_officer, opener, at):
    """An archive that one asked for and another agreed to."""
    leaving = Leaving(key=str(opener.to_public()))
    asked = ask_to_leave(
        leaving=leaving, recipient="The new office", reason="We move.", by=manager, at=at
    )
    approve(approval=asked, by=data_officer, at=at)
    return asked


@pytest.fixture
def elsewhere(tmp_path):
    """Another installation: empty, with keys of its own."""

    def moved():
        with transaction.atomic():
            triggers.remove(connection)
            for model in reversed(tables()):
                model._base_manager.all()._raw_delete(connection.alias)
            triggers.install(connection)
        put(tmp_path / "keys", fresh_ring().text().encode(), new=True)
        places = {"KEY_FILE": "keys", "KEY_STORE": "store.sqlite3", "FILES": "files"}
        return override_settings(**{name: str(tmp_path / at) for name, at in places.items()})

    return moved


def write(agreed, file, at):
    with acting(clock()):
        return leave(approval=agreed, to=file, by=clock(), at=at)


def ledgers():
    """Every row of every table."""
    return {
        model._meta.label: sorted(line_of(as_json(row)) for rows in parts_of(model) for row in rows)
        for model in tables()
    }


def derived(officer_name):
    """What pure rules make of the rows: who a child is, where its case stands, who holds it."""
    user = User.objects.get(username=officer_name)
    children = list(Person.objects.children().order_by("pk"))
    keys = [child.pk for child in children]
    lead = User.objects.get(role=Role.OPERATION_LEAD)
    return {
        "profiles": repr(profiles(children, user=user)),
        "cases": repr(cases_of(keys)),
        "journeys": repr([under_way(each, user=lead) for each in Operation.objects.all()]),
    }


def opened(file, opener):
    plain = io.BytesIO(pyrage.decrypt(file.read_bytes(), [opener]))
    with tarfile.open(fileobj=plain) as archive:
        return {
            entry.name: archive.extractfile(entry).read()  # type: ignore[union-attr]
            for entry in archive
        }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_archive_restores_the_same_programme_elsewhere(
    seed, make_programme, agreed, opener, elsewhere, officer, tmp_path, at
):
    make_programme(seed)
    manifest, _sha256 = write(agreed, tmp_path / "all.age", at)
    before, state = ledgers(), derived(officer.username)
    old = ring().secret

    with elsewhere():
        assert ring().secret != old
        with acting(clock()):
            restored = restore_archive(tmp_path / "all.age", opener)
        after = ledgers()
        files = {
            each.pk: hashlib.sha256(content_of(each)).hexdigest()
            for each in Attachment.objects.all()
            if readable(each)
        }
        erased = [each for each in Attachment.objects.all() if not readable(each)]
        again = derived(officer.username)
        while seal():
            continue
        log = verify([])

    assert restored == manifest
    assert sum(len(rows) for rows in after.values()) > 50
    told = {"audit.Event", "audit.Link", "audit.Change", "audit.Unsealed"}
    assert {name: rows for name, rows in after.items() if name not in told} == {
        name: rows for name, rows in before.items() if name not in told
    }
    assert set(before["audit.Event"]) >= set(after["audit.Event"])
    assert again == state
    assert len(files) == 1
    assert len(erased) == 1
    assert log.whole, log.fault
    assert log.links > 30


def readable(attachment):
    try:
        content_of(attachment)
    except KeyDestroyed:
        return False
    return True


def test_archive_holds_opened_values_with_a_schema_and_checksums(
    make_child, agreed, opener, tmp_path, at
):
    make_child("Ӏабдул")

    write(agreed, tmp_path / "all.age", at)

    inside = opened(tmp_path / "all.age", opener)
    schema, manifest = json.loads(inside["schema.json"]), json.loads(inside["manifest.json"])
    lines = gzip.decompress(inside["tables/people.Assertion/000001.jsonl.gz"]).splitlines()
    assert [json.loads(line)["value"] for line in lines] == [{"open": {"text": "Ӏабдул"}}]
    assert schema["people.Assertion"]["columns"]["value"] == {
        "kind": "json",
        "was_sealed": True,
        "class": "C5",
    }
    assert manifest["files"] == {
        path: hashlib.sha256(content).hexdigest()
        for path, content in inside.items()
        if path != "manifest.json"
    }
    assert manifest["tables"]["people.Assertion"][0] == 1
    assert b"\xd3\x80\xd0\xb0\xd0\xb1" not in (tmp_path / "all.age").read_bytes()


def test_archive_tells_of_every_record_that_it_was_handed_over(
    make_child, make_request, agreed, tmp_path, at
):
    child, request = make_child(), make_request()

    write(agreed, tmp_path / "all.age", at)

    told = Event.objects.filter(action__in=["people.exported", "tracing.exported"])
    assert {str(child.pk), str(request.pk)} <= set(told.values_list("object_id", flat=True))
    assert told.get(object_id=str(child.pk)).purpose == "management"
    assert Event.objects.get(action="exchange.archived").details["sha256"]


def test_archive_is_written_once_and_only_as_agreed(agreed, tmp_path, at):
    write(agreed, tmp_path / "all.age", at)

    with pytest.raises(NotApproved):
        write(agreed, tmp_path / "again.age", at + timedelta(minutes=1))

    assert [path.name for path in tmp_path.glob("*age*")] == ["all.age"]


def test_archive_that_nobody_agreed_to_is_not_written(manager, opener, tmp_path, at):
    asked = ask_to_leave(
        leaving=Leaving(key=str(opener.to_public())), recipient="X", reason="Y", by=manager, at=at
    )

    with pytest.raises(NotApproved):
        write(asked, tmp_path / "all.age", at)

    assert list(tmp_path.glob("*age*")) == []


def test_archive_never_replaces_a_file(agreed, tmp_path, at):
    (tmp_path / "all.age").write_text("something else")

    with pytest.raises(FileExistsError):
        write(agreed, tmp_path / "all.age", at)

    assert (tmp_path / "all.age").read_text() == "something else"


def test_asking_to_leave_is_for_managers(make_user, opener, at):
    with pytest.raises(NotAllowed):
        ask_to_leave(
            leaving=Leaving(key=str(opener.to_public())),
            recipient="X",
            reason="Y",
            by=make_user(role=Role.CASE_WORKER),
            at=at,
        )


def test_restoring_beside_a_programme_is_refused(make_child, agreed, opener, tmp_path, at):
    make_child()
    write(agreed, tmp_path / "all.age", at)

    with acting(clock()), pytest.raises(NotEmpty, match="There are rows in"):
        restore_archive(tmp_path / "all.age", opener)


def test_restoring_refuses_what_was_changed_and_leaves_nothing(
    make_child, agreed, opener, elsewhere, tmp_path, at
):
    make_child()
    write(agreed, tmp_path / "all.age", at)
    whole = (tmp_path / "all.age").read_bytes()
    inside = opened(tmp_path / "all.age", opener)
    table = "tables/people.Assertion/000001.jsonl.gz"
    forged = gzip.decompress(inside[table]).replace("رسلان".encode(), "آخر".encode())
    broken = {
        "cut": whole[:-100],
        "flipped": whole[:-200] + bytes([whole[-200] ^ 1]) + whole[-199:],
        "another": pyrage.encrypt(b"x", [pyrage.x25519.Identity.generate().to_public()]),
        "no archive": pyrage.encrypt(b"x" * 2000, [opener.to_public()]),
        "forged": resealed(inside | {table: gzip.compress(forged)}, opener),
        "a file less": resealed({k: v for k, v in inside.items() if k != table}, opener),
        "no manifest": resealed({k: v for k, v in inside.items() if "manifest" not in k}, opener),
        "no table": resealed(inside | {"tables/people.Nobody/1": b""}, opener),
    }

    with elsewhere():
        for name, content in broken.items():
            (tmp_path / "broken.age").write_bytes(content)
            with acting(clock()), pytest.raises(Unreadable):
                restore_archive(tmp_path / "broken.age", opener)
            assert Person.objects.count() == 0, name
        with acting(clock()), pytest.raises(Unreadable, match="signed by another"):
            restore_archive(tmp_path / "all.age", opener, signed_by="00")
        assert not triggers.faults(connection)


def resealed(files, opener):
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as archive:
        for path, content in files.items():
            entry = tarfile.TarInfo(path)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return pyrage.encrypt(plain.getvalue(), [opener.to_public()])


def test_commands_move_a_programme(make_child, agreed, opener, elsewhere, tmp_path):
    make_child()
    (tmp_path / "identity").write_text(str(opener))
    out, later = StringIO(), agreed.expires_at - timedelta(days=1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: later)
        call_command("archive", str(agreed.pk), str(tmp_path / "all.age"), stdout=out)
    key = out.getvalue().partition("signed by ")[2].split()[0]
    with elsewhere():
        call_command(
            "restore_archive",
            str(tmp_path / "all.age"),
            identity=str(tmp_path / "identity"),
            signed_by=key,
            stdout=out,
        )
        assert Person.objects.count() == 1
        assert Event.objects.filter(action="exchange.restored").count() == 1

    assert "rows restored as of" in out.getvalue()


def test_commands_say_in_one_line_what_is_wrong(agreed, opener, tmp_path):
    (tmp_path / "identity").write_text(str(opener))
    other = "00000000-0000-0000-0000-000000000000"

    with pytest.raises(CommandError, match="Nobody asked"):
        call_command("archive", other, str(tmp_path / "all.age"))
    with pytest.raises(CommandError, match="There are rows in"):
        call_command(
            "restore_archive", str(tmp_path / "no.age"), identity=str(tmp_path / "identity")
        )
