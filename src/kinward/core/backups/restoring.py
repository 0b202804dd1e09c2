"""Restoring a backup, and the drill that shows that one can be restored."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.utils import ConnectionHandler
from django.utils.translation import gettext as _

from kinward.core.backups.archives import Manifest, Unreadable, unseal, workplace
from kinward.core.backups.dumps import faults, holds, load, load_sqlite
from kinward.core.backups.making import KEYS, whole_database
from kinward.core.errors import RuleBroken
from kinward.core.models import Drill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    import pyrage
    from django.db.backends.base.base import BaseDatabaseWrapper


class WrongPlace(RuleBroken):
    """The backup is of another kind of database."""


class NotTheSame(RuleBroken):
    """What was restored is not what was backed up."""


def restore(file: Path, opener: pyrage.x25519.Identity) -> Manifest:
    """Restore a backup into the empty place that the settings name: the database, or the keys.

    Raises:
        Unreadable: it is no whole backup, or the identity is another's.
        WrongPlace: it is of another kind of database.
        CannotCopy: the place is not empty.
        NotTheSame: what was restored is not what was backed up.
    """
    with workplace(settings.DATA) as inside:
        manifest, copy = unseal(file, opener, inside)
        if manifest.of == KEYS:
            load_sqlite(Path(settings.KEY_STORE), copy)
        else:
            with whole_database() as connection:
                place(connection, manifest, copy)
    return manifest


def drill(file: Path, opener: pyrage.x25519.Identity) -> Manifest:
    """Restore a backup into a place of its own, and compare every row; `write_down` that it held.

    Raises:
        Unreadable, WrongPlace, CannotCopy, NotTheSame: as for `restore`.
    """
    with workplace(settings.DATA) as inside:
        manifest, copy = unseal(file, opener, inside)
        if manifest.of == KEYS:
            raise Unreadable(_("This is a backup of keys. Drill with one of the database."))
        with whole_database() as ours, empty_place(ours, inside) as connection:
            place(connection, manifest, copy)
    return manifest


def write_down(manifest: Manifest, *, at: datetime) -> Drill:
    """Write down that a backup was restored and found whole."""
    return Drill.objects.create(
        made_at=manifest.made, rows=manifest.rows, digest=manifest.digest, verified_at=at
    )


def place(connection: BaseDatabaseWrapper, manifest: Manifest, copy: Path) -> None:
    """Make the empty database what was backed up, and compare every row."""
    if manifest.of != connection.vendor:
        raise WrongPlace(
            _("This is a backup of %(of)s; KINWARD_DATABASE_URL names %(here)s.")
            % {"of": manifest.of, "here": connection.vendor}
        )
    load(connection, copy)
    wrong = faults(connection)
    if wrong or holds(connection) != manifest.tables:
        raise NotTheSame(_("What was restored is not what was backed up. Do not use it."))


@contextmanager
def empty_place(ours: BaseDatabaseWrapper, inside: Path) -> Iterator[BaseDatabaseWrapper]:
    """Lend an empty database of the same kind: in the folder, or beside ours on its server."""
    own = dict(ours.settings_dict)
    if ours.vendor == "sqlite":
        name, made = str(inside / "drill.sqlite3"), False
    else:
        name, made = f"kinward_drill_{token_hex(6)}", True
        with ours.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    connection = ConnectionHandler({"default": own | {"NAME": name}})["default"]
    try:
        yield connection
    finally:
        connection.close()
        if made:
            with ours.cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}"')
