"""The keys of people: one for each subject and compartment, apart from the data they open.

They live in an SQLite file of their own, so that data and keys are backed up apart and a key that
is destroyed is gone while the data still stands in older backups. What is stored is wrapped by the
ring (`keys`): the file alone opens nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import OrderedDict
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kinward.core.errors import KinwardError
from kinward.core.keys import KEY_BYTES, KeysUnfit, ring

try:  # without the WAL-reset bug of SQLite 3.7.0 to 3.51.2, where there is a wheel of it
    from pysqlite3 import dbapi2 as sqlite3
except ImportError:  # pragma: no cover (other machines than Linux on x86-64)
    import sqlite3

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

NONCE: Final = 12  # bytes
REMEMBERED: Final = 8_192  # keys unwrapped in memory, at most
FRESH: Final = 0.1  # seconds until it is looked whether another process destroyed a key
BATCH: Final = 500  # keys wrapped anew in one transaction
# FULL: a key is on the disk before the data it opens can be. secure_delete: its bytes are zeroed.
SETTINGS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA secure_delete=ON",
)
TABLES: Final = """
CREATE TABLE IF NOT EXISTS key (
    subject BLOB NOT NULL,
    compartment TEXT NOT NULL,
    version INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (subject, compartment)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS key_of_version ON key (version);
CREATE TABLE IF NOT EXISTS destroyed (
    subject BLOB PRIMARY KEY,
    at TEXT NOT NULL,
    keys TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS wrapping (only INTEGER PRIMARY KEY CHECK (only = 1), version INTEGER);
"""
STORES: dict[str, KeyStore] = {}
os.register_at_fork(after_in_child=STORES.clear)  # SQLite must not be carried across a fork


class KeyDestroyed(KinwardError):
    """The key was destroyed on purpose: what it sealed is erased, here and in every backup."""

    status = 410
    title = _("This has been erased")


class KeyMissing(KinwardError):
    """There never was such a key in this key store: it is not the one that belongs to the data."""

    status = 503
    title = _("The key store does not fit the database")


class Key(NamedTuple):
    """A key of a subject, unwrapped."""

    raw: bytes
    cipher: AESGCM


class Gone(NamedTuple):
    """A key that was destroyed. The fingerprint is the SHA-256 of its wrapped form."""

    subject: UUID
    compartment: str
    version: int
    fingerprint: str
    at: str  # ISO 8601


class KeyStore:
    """The key store in one file, for every thread of one process."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        self._lock = RLock()
        self._known: OrderedDict[tuple[bytes, str], Key] = OrderedDict()
        self._looked, self._seen = 0.0, -1
        self._file = sqlite3.connect(
            str(path), timeout=20, isolation_level=None, check_same_thread=False
        )
        for setting in SETTINGS:
            self._file.execute(setting)
        self._file.executescript(TABLES)

    def key(self, subject: UUID, compartment: str, *, make: bool = False) -> Key:
        """Return the key of a subject in a compartment; with `make`, a new one at need.

        Raises:
            KeyDestroyed: it was.
            KeyMissing: there is none, and none is to be made.
        """
        with self._lock:
            self._look()
            at = (subject.bytes, compartment)
            if found := self._known.get(at):
                self._known.move_to_end(at)
                return found
            raw = self._stored(*at)
            if raw is None:
                self._refuse_if_destroyed(subject.bytes)
                if not make:
                    raise KeyMissing
                raw = self._made(*at)
            self._known[at] = found = Key(raw, AESGCM(raw))
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
            return found

    def make(self, places: Iterable[tuple[UUID, str]]) -> None:
        """Make the keys that these subjects lack in these compartments.

        The disk is waited for once, not once for each key.

        Raises:
            KeyDestroyed: one of them was; none is made.
        """
        with self._lock:
            self._look()
            wanted = [(subject.bytes, compartment) for subject, compartment in places]
            missing = [at for at in wanted if at not in self._known and self._stored(*at) is None]
            if missing:
                with self._transaction():
                    for at in missing:
                        self._insert(*at)

    def destroy(self, subjects: Iterable[UUID], *, at: datetime) -> list[Gone]:
        """Destroy every key of these subjects for good, and return what was destroyed.

        A subject whose keys are gone gets no new ones. Asked again, it tells what it told before.
        """
        with self._lock:
            gone = [each for subject in subjects for each in self._destroyed(subject, at)]
            self._known.clear()
            self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone

    def rewrap(self) -> int:
        """Wrap some keys by the newest version of the ring; return how many are left to be.

        Others go on reading and sealing meanwhile.
        """
        newest = ring().newest
        with self._lock, self._transaction():
            self._file.execute("INSERT OR REPLACE INTO wrapping VALUES (1, ?)", (newest,))
            rows = self._file.execute(
                "SELECT subject, compartment, version, wrapped FROM key WHERE version <> ? LIMIT ?",
                (newest, BATCH),
            ).fetchall()
            self._file.executemany(
                "UPDATE key SET version = ?, wrapped = ? WHERE subject = ? AND compartment = ?",
                [
                    (*wrap(unwrap(key, whose, where, version), whose, where), whose, where)
                    for whose, where, version, key in rows
                ],
            )
            return int(self._one("SELECT count(*) FROM key WHERE version <> ?", newest)[0])

    def version(self) -> int:
        """Return the version of the ring that new keys are wrapped by; 0 until one was chosen."""
        with self._lock:
            return self._version()

    def count(self) -> int:
        """Return how many keys there are."""
        with self._lock:
            return int(self._one("SELECT count(*) FROM key")[0])

    def count_of(self, subjects: Iterable[UUID]) -> int:
        """Return how many keys these subjects have."""
        asked = "SELECT count(*) FROM key WHERE subject = ?"
        with self._lock:
            return sum(int(self._one(asked, subject.bytes)[0]) for subject in subjects)

    def having_keys(self, subjects: Iterable[UUID]) -> set[UUID]:
        """Return those of the subjects that have a key."""
        asked = "SELECT 1 FROM key WHERE subject = ? LIMIT 1"
        with self._lock:
            return {subject for subject in subjects if self._one(asked, subject.bytes)}

    def destroyed(self) -> list[tuple[str, str, str]]:
        """Return whose keys were destroyed, when, and which, as it is stored."""
        with self._lock:
            rows = self._file.execute("SELECT subject, at, keys FROM destroyed ORDER BY subject")
            return [(subject.hex(), at, keys) for subject, at, keys in rows.fetchall()]

    def take_over(self, destroyed: Iterable[tuple[str, str, str]]) -> None:
        """Know of keys that another key store destroyed, as it told: nobody gets new ones."""
        with self._lock, self._transaction():
            self._file.executemany(
                "INSERT OR IGNORE INTO destroyed VALUES (?, ?, ?)",
                [(bytes.fromhex(subject), at, keys) for subject, at, keys in destroyed],
            )

    def forget(self) -> None:
        """Drop the keys held in memory."""
        with self._lock:
            self._known.clear()

    def copy_to(self, path: Path) -> None:
        """Write a whole copy of the store to a new file, while others go on."""
        with self._lock:
            self._file.execute("VACUUM INTO ?", (str(path),))
        path.chmod(0o600)

    def _version(self) -> int:
        row = self._one("SELECT version FROM wrapping")
        return int(row[0]) if row else 0

    def _one(self, statement: str, *values: Any) -> Any:
        return self._file.execute(statement, values).fetchone()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._file.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._file.execute("ROLLBACK")
            raise
        self._file.execute("COMMIT")

    def _look(self) -> None:
        """Forget what is known if another process has written since."""
        now = time.monotonic()
        if now - self._looked > FRESH:
            seen = self._one("PRAGMA data_version")[0]
            if seen != self._seen:
                self._known.clear()
            self._looked, self._seen = now, seen

    def _stored(self, subject: bytes, compartment: str) -> bytes | None:
        row = self._one(
            "SELECT version, wrapped FROM key WHERE subject = ? AND compartment = ?",
            subject,
            compartment,
        )
        return unwrap(row[1], subject, compartment, row[0]) if row else None

    def _made(self, subject: bytes, compartment: str) -> bytes:
        """Store a new key, unless another process was faster; return the one that is stored."""
        with self._transaction():
            raw = self._insert(subject, compartment)
        return self._stored(subject, compartment) or raw

    def _insert(self, subject: bytes, compartment: str) -> bytes:
        """Insert a new key within a transaction, where there is none; return the new one."""
        raw = os.urandom(KEY_BYTES)
        self._refuse_if_destroyed(subject)
        if self._version() > ring().newest:
            ring(anew=True)  # another process wraps by a newer one: the old one will go
        self._file.execute(
            "INSERT OR IGNORE INTO key VALUES (?, ?, ?, ?)",
            (subject, compartment, *wrap(raw, subject, compartment)),
        )
        return raw

    def _refuse_if_destroyed(self, subject: bytes) -> None:
        if self._one("SELECT 1 FROM destroyed WHERE subject = ?", subject):
            raise KeyDestroyed

    def _destroyed(self, subject: UUID, at: datetime) -> list[Gone]:
        """Destroy the keys of one subject, or return what was destroyed before."""
        with self._transaction():
            rows = self._file.execute(
                "SELECT compartment, version, wrapped FROM key WHERE subject = ?"
                " ORDER BY compartment",
                (subject.bytes,),
            ).fetchall()
            keys = [(name, version, fingerprint(wrapped)) for name, version, wrapped in rows]
            self._file.execute("DELETE FROM key WHERE subject = ?", (subject.bytes,))
            self._file.execute(
                "INSERT OR IGNORE INTO destroyed VALUES (?, ?, ?)",
                (subject.bytes, at.isoformat(), json.dumps(keys)),
            )
            when, told = self._one(
                "SELECT at, keys FROM destroyed WHERE subject = ?", subject.bytes
            )
        listed: list[tuple[str, int, str]] = json.loads(told)
        return [Gone(subject, name, version, mark, when) for name, version, mark in listed]


def store() -> KeyStore:
    """Return the key store of this installation, opened once in each process."""
    place = settings.KEY_STORE
    if place not in STORES:
        STORES[place] = KeyStore(Path(place))
    return STORES[place]


def wrap(raw: bytes, subject: bytes, compartment: str) -> tuple[int, bytes]:
    """Return the newest version, and a key wrapped by it: 12 bytes of nonce, then ciphertext."""
    held = ring()
    nonce = os.urandom(NONCE)
    cipher = AESGCM(held.wrapping(held.newest, compartment))
    return held.newest, nonce + cipher.encrypt(nonce, raw, subject + compartment.encode())


def unwrap(wrapped: bytes, subject: bytes, compartment: str, version: int) -> bytes:
    """Return a key that is stored wrapped.

    Raises:
        KeysUnfit: the ring has no such version, or is another installation's.
    """
    held = ring()
    if version not in held.versions:
        held = ring(anew=True)  # another process added it
    try:
        cipher = AESGCM(held.wrapping(version, compartment))
        return cipher.decrypt(wrapped[:NONCE], wrapped[NONCE:], subject + compartment.encode())
    except (KeyError, InvalidTag) as error:
        raise KeysUnfit("The key store and the ring of keys do not belong together.") from error


def fingerprint(wrapped: bytes) -> str:
    """Return the SHA-256 of a wrapped key: names it without telling it."""
    return hashlib.sha256(wrapped).hexdigest()
