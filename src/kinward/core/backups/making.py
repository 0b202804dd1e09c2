"""Making a backup, of the data and of the keys apart."""

from __future__ import annotations

from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import connections
from django.db.utils import ConnectionHandler

from kinward.core.backups.archives import STAMP, Manifest, recipients, seal, sha256, workplace
from kinward.core.backups.contents import contents
from kinward.core.backups.dumps import dump
from kinward.core.databases import database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

# What was erased is gone once no backup holds its key: security.md of the design, 2.4.
KEYS_KEPT: Final = timedelta(days=30)
KEYS: Final = "keys"


@contextmanager
def whole_database() -> Iterator[BaseDatabaseWrapper]:
    """Lend a connection that sees every row: the web's own may be kept from some."""
    if not settings.BACKUP_DATABASE_URL:
        yield connections["default"]
        return
    chosen = database(settings.BACKUP_DATABASE_URL, folder=settings.DATA)
    connection = ConnectionHandler({"default": chosen})["default"]
    try:
        yield connection
    finally:
        connection.close()


def make_backup(*, at: datetime) -> tuple[Path, Manifest]:
    """Copy and seal the database, while others write.

    Raises:
        NobodyToSealTo: it is not said who may open it.
        CannotCopy: PostgreSQL's programs are not here, or failed.
    """
    keys = recipients(settings.BACKUP_RECIPIENTS)
    folder = Path(settings.BACKUPS)
    with whole_database() as connection, workplace(folder) as inside:
        found = dump(connection, inside / "copy")
        manifest = Manifest(
            of=connection.vendor,
            made_at=at.isoformat(),
            sha256=sha256(inside / "copy"),
            tables=found,
        )
        to = folder / f"kinward-{at.astimezone(UTC):{STAMP}}.age"
        seal(inside / "copy", manifest, to, keys)
    return to, manifest


def back_up_keys(*, at: datetime) -> Path | None:
    """Copy and seal the keys of people, apart from the data; None where there are none.

    Earlier copies go after 30 days: a key that was destroyed is then in no backup.

    Raises:
        NobodyToSealTo: it is not said who may open it.
    """
    keys, store = recipients(settings.BACKUP_RECIPIENTS), Path(settings.KEY_STORE)
    folder = Path(settings.BACKUPS) / KEYS
    for outdated, made in kept(folder):
        if made <= at - KEYS_KEPT:
            outdated.unlink()
    if not store.exists():
        return None
    with workplace(folder) as inside:
        driver: Any = connect_like(store)
        with closing(driver) as source, closing(type(driver)(str(inside / "copy"))) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            found = contents(copy.cursor, ["key", "destroyed"])
        manifest = Manifest(
            of=KEYS, made_at=at.isoformat(), sha256=sha256(inside / "copy"), tables=found
        )
        to = folder / f"kinward-keys-{at.astimezone(UTC):{STAMP}}.age"
        seal(inside / "copy", manifest, to, keys)
    return to


def connect_like(file: Path) -> Any:
    """Open an SQLite file with the SQLite that the database uses, whatever the database is."""
    chosen = database(f"sqlite:///{file}", folder=settings.DATA)
    wrapper = ConnectionHandler({"default": chosen})["default"]
    return wrapper.get_new_connection(wrapper.get_connection_params())


def kept(folder: Path) -> Iterator[tuple[Path, datetime]]:
    """Yield the backups of keys in a folder with when they were made, by their names."""
    for file in folder.glob("kinward-keys-*.age"):
        stamp = file.stem.removeprefix("kinward-keys-")
        yield file, datetime.strptime(f"{stamp}+0000", f"{STAMP}%z")
