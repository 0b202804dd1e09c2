from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import override_settings

from kinward.core import keystore
from kinward.core.keys import RINGS, KeysUnfit, keep, ring
from kinward.core.keystore import KeyDestroyed, KeyMissing, KeyStore, fingerprint

AT = datetime(2019, 1, 2, tzinfo=UTC)
LATER = datetime(2020, 1, 2, tzinfo=UTC)
# Another process does something with the key store, as a second web worker would.
ELSEWHERE = """
import django, sys
from django.conf import settings
from datetime import UTC, datetime
from uuid import UUID
settings.configure(KEYS="", KEY_FILE=sys.argv[1], KEY_IDENTITY="", KEY_STORE=sys.argv[2],
                   KEYS_ARE_MADE_UP=True)
from kinward.core.keystore import store
subjects = [UUID(each) for each in sys.argv[4:]]
if sys.argv[3] == "make":
    print(*(store().key(each, "identity", make=True).raw.hex() for each in subjects))
else:
    store().destroy(subjects, at=datetime(2019, 1, 2, tzinfo=UTC))
"""


@pytest.fixture
def own(tmp_path):
    """A key store and a ring of one test's own."""
    place = {"KEY_FILE": str(tmp_path / "keys"), "KEY_STORE": str(tmp_path / "store.sqlite3")}
    with override_settings(**place):
        yield keystore.store()


def elsewhere(verb, *subjects):
    arguments = [settings.KEY_FILE, settings.KEY_STORE, verb, *map(str, subjects)]
    command = [sys.executable, "-c", ELSEWHERE, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_keys_are_made_together_where_they_are_missing(own):
    known, new, gone = uuid4(), uuid4(), uuid4()
    before = own.key(known, "identity", make=True).raw

    own.make([(known, "identity"), (known, "family"), (new, "identity"), (new, "identity")])

    assert own.count() == 3
    assert own.key(known, "identity").raw == before
    assert len({before, own.key(known, "family").raw, own.key(new, "identity").raw}) == 3
    own.destroy([gone], at=AT)
    with pytest.raises(KeyDestroyed):
        own.make([(new, "family"), (gone, "identity")])
    assert own.count() == 3


def test_key_is_made_once_and_differs_by_subject_and_compartment(own):
    first, second = uuid4(), uuid4()

    keys = [own.key(each, "identity", make=True).raw for each in (first, second, first)]
    health = own.key(first, "health", make=True).raw

    assert keys[0] == keys[2]
    assert len({*keys, health}) == 3
    assert own.count() == 3


def test_key_is_found_again_by_another_process(own):
    subject = uuid4()
    made = own.key(subject, "identity", make=True).raw

    assert elsewhere("make", subject) == [made.hex()]


def test_key_is_never_stored_as_it_is(own, tmp_path):
    raw = [own.key(uuid4(), "identity", make=True).raw for _ in range(20)]
    own.destroy([], at=AT)

    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert [key for key in raw if key in stored or key.hex().encode() in stored] == []
    assert (tmp_path / "store.sqlite3").stat().st_mode & 0o777 == 0o600


def test_key_that_never_was_is_missing(own):
    with pytest.raises(KeyMissing):
        own.key(uuid4(), "identity")


def test_wrapped_key_moved_to_another_subject_is_refused(own):
    victim, thief = uuid4(), uuid4()
    for each in (victim, thief):
        own.key(each, "identity", make=True)

    own._file.execute(
        "UPDATE key SET wrapped = (SELECT wrapped FROM key WHERE subject = ?) WHERE subject = ?",
        (victim.bytes, thief.bytes),
    )
    own.forget()

    with pytest.raises(KeysUnfit, match="do not belong together"):
        own.key(thief, "identity")


def test_store_of_another_installation_is_refused(own, tmp_path):
    subject = uuid4()
    own.key(subject, "identity", make=True)
    own.forget()

    with override_settings(KEY_FILE=str(tmp_path / "other")), pytest.raises(KeysUnfit):
        own.key(subject, "identity")


def test_destroyed_key_is_gone_and_none_takes_its_place(own, tmp_path):
    subject, other = uuid4(), uuid4()
    for each in (subject, other):
        own.key(each, "identity", make=True)
    wrapped = own._one("SELECT wrapped FROM key WHERE subject = ?", subject.bytes)[0]

    gone = own.destroy([subject], at=AT)

    assert [(each.subject, each.compartment, each.version, each.fingerprint) for each in gone] == [
        (subject, "identity", 1, fingerprint(wrapped))
    ]
    for make in (False, True):
        with pytest.raises(KeyDestroyed):
            own.key(subject, "identity", make=make)
    with pytest.raises(KeyDestroyed):
        own.key(subject, "a compartment it never had", make=True)
    assert own.key(other, "identity").raw != b""
    assert wrapped not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_destroying_again_tells_what_was_destroyed_before(own):
    subject = uuid4()
    own.key(subject, "identity", make=True)

    first = own.destroy([subject], at=AT)

    assert own.destroy([subject], at=LATER) == first
    assert first[0].at == AT.isoformat()


def test_destruction_by_another_process_is_noticed(own):
    subject = uuid4()
    own.key(subject, "identity", make=True)

    elsewhere("destroy", subject)
    time.sleep(2 * keystore.FRESH)

    with pytest.raises(KeyDestroyed):
        own.key(subject, "identity")


def test_processes_and_threads_that_make_a_key_at_once_make_one(own):
    subjects = [uuid4() for _ in range(40)]

    with ThreadPoolExecutor(4) as threads:
        others = [threads.submit(elsewhere, "make", *subjects) for _ in range(2)]
        mine = list(threads.map(lambda each: own.key(each, "identity", make=True).raw, subjects))

    assert [each.result() for each in others] == [[key.hex() for key in mine]] * 2
    assert own.count() == 40


def test_memory_holds_a_bounded_number_of_keys(own, monkeypatch):
    monkeypatch.setattr(keystore, "REMEMBERED", 3)
    subjects = [uuid4() for _ in range(5)]
    made = [own.key(each, "identity", make=True).raw for each in subjects]

    assert len(own._known) == 3
    assert [own.key(each, "identity").raw for each in subjects] == made


def test_key_survives_that_the_ring_grows_and_sheds(own, monkeypatch):
    monkeypatch.setattr(keystore, "BATCH", 2)
    subjects = [uuid4() for _ in range(5)]
    made = [own.key(each, "identity", make=True).raw for each in subjects]
    keep(ring().grown())

    left = [own.rewrap() for _ in range(4)]
    keep(ring().retired())
    own.forget()

    assert left == [3, 1, 0, 0]
    assert ring().versions.keys() == {2}
    assert [own.key(each, "identity").raw for each in subjects] == made


def test_key_wrapped_by_a_version_another_process_added_is_read(own):
    subject = uuid4()
    made = own.key(subject, "identity", make=True).raw
    old = ring()
    keep(old.grown())
    own.rewrap()
    keystore.store().forget()
    RINGS[settings.KEYS, settings.KEY_FILE, settings.KEY_IDENTITY] = (
        old  # as another process has it
    )

    assert own.key(subject, "identity").raw == made


def test_failure_in_a_transaction_leaves_nothing_behind(own):
    made = own.key(UUID(int=1), "identity", make=True).raw

    def break_off():
        with own._transaction():
            own._file.execute("DELETE FROM key")
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        break_off()
    own.forget()

    assert own.key(UUID(int=1), "identity").raw == made


def test_copy_of_the_store_opens_the_same(own, tmp_path):
    subject = uuid4()
    made = own.key(subject, "identity", make=True).raw

    own.copy_to(tmp_path / "copy.sqlite3")

    assert KeyStore(tmp_path / "copy.sqlite3").key(subject, "identity").raw == made
    assert (tmp_path / "copy.sqlite3").stat().st_mode & 0o777 == 0o600
