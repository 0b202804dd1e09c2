"""Making an empty installation the programme that an archive holds, and comparing every row."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from kinward.audit import triggers
from kinward.core.backups.archives import Unreadable
from kinward.core.backups.restoring import NotTheSame
from kinward.core.errors import RuleBroken
from kinward.core.fields import Sealed
from kinward.core.keys import Ring, keep, ring
from kinward.core.keystore import store
from kinward.exchange.archives.kept import ERASED, FOLDER, put_back
from kinward.exchange.archives.making import INSTALLATION, MANIFEST, parts_of
from kinward.exchange.archives.manifests import (
    Count,
    Manifest,
    applied,
    counted,
    read_manifest,
)
from kinward.exchange.archives.rows import (
    FILLED_BY_MIGRATIONS,
    as_json,
    as_row,
    line_of,
    looked_up,
    sealed_in,
    summed,
    tables,
)
from kinward.exchange.archives.streams import files_in, opened_tar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from uuid import UUID

    import pyrage
    from django.db import models

    Told = Callable[[str, int], None]

TABLES: Final = "tables"
UNREADABLE: Final = (
    *(ValueError, KeyError, TypeError, EOFError, gzip.BadGzipFile, zlib.error),
    *(ValidationError, ObjectDoesNotExist, LookupError),
)


class NotEmpty(RuleBroken):
    """There is a programme here already; an archive is restored beside none."""


class OtherTables(RuleBroken):
    """The archive is of a version of Kinward whose tables are others."""


def restore_archive(
    file: Path, opener: pyrage.x25519.Identity, *, signed_by: str = "", told: Told | None = None
) -> Manifest:
    """Make this empty installation what an archive holds: all of it, or nothing.

    `signed_by` is the public key that its maker read out; `told` hears of each table and how many
    of its rows are in. The secret of the ring becomes the archive's, as the log is proved by it.

    Raises:
        NotEmpty: there are rows here already.
        Unreadable: a byte was changed or is missing, or the identity is another's.
        OtherTables: it was made by another version of Kinward.
        NotTheSame: what was restored is not what was archived.
        KeysStayPut: Kinward cannot write where the keys are kept.
    """
    refuse_unless_empty()
    with transaction.atomic():
        triggers.remove(connection)
        restoring = Restoring(told=told or (lambda _label, _rows: None))
        with opened_tar(file, opener) as archive:
            for path, content in files_in(archive):
                restoring.take(path, content)
        manifest = restoring.whole(signed_by)
        settle()
        compare(manifest)
        triggers.install(connection)
    return manifest


def refuse_unless_empty() -> None:
    """Refuse where a programme is already.

    Raises:
        NotEmpty: a table has rows that `migrate` did not write.
    """
    for model in tables():
        label = model._meta.label  # noqa: SLF001 (Django's documented model API)
        if label not in FILLED_BY_MIGRATIONS and model._base_manager.exists():  # noqa: SLF001 (every row)
            raise NotEmpty(
                _("There are rows in %(table)s. Restore into a new database, migrated and empty.")
                % {"table": label}
            )


@dataclass(slots=True)
class Restoring:
    """An archive while it is read."""

    told: Told
    files: dict[str, str] = field(default_factory=dict)
    counts: dict[str, Count] = field(default_factory=dict)
    manifest: Manifest | None = None

    def take(self, path: str, content: bytes) -> None:
        """Take a file of the archive to where it belongs.

        Raises:
            Unreadable: it is none that belongs anywhere.
        """
        if path == MANIFEST:
            self.manifest = read_manifest(content)
            return
        self.files[path] = hashlib.sha256(content).hexdigest()
        folder = path.partition("/")[0]
        try:
            if path == INSTALLATION:
                take_secrets(json.loads(content))
            elif folder == TABLES:
                self.take_part(path.split("/")[1], content)
            elif folder in {FOLDER, ERASED}:
                put_back(path, content)
        except UNREADABLE as error:
            raise Unreadable(
                _("%(path)s in the archive cannot be read: %(why)s.")
                % {"path": path, "why": type(error).__name__}
            ) from error

    def take_part(self, label: str, content: bytes) -> None:
        """Store the rows of a part of a table."""
        model = {each._meta.label: each for each in tables()}[label]  # noqa: SLF001 (Django's documented model API)
        count = self.counts.setdefault(label, Count())
        if not count.rows and label in FILLED_BY_MIGRATIONS:
            model._base_manager.all()._raw_delete(connection.alias)  # noqa: SLF001 (pointed at by nothing yet)
        lines = gzip.decompress(content).splitlines()
        rows = [as_row(model, json.loads(line)) for line in lines]
        prefetch_related_objects(rows, *looked_up(model))
        store().make(keys_of(rows))
        model._base_manager.bulk_create(rows)  # noqa: SLF001 (likewise)
        count.add(len(rows), summed(0, lines))
        self.told(label, count.rows)

    def whole(self, signed_by: str) -> Manifest:
        """Return the manifest, once all that it tells of was taken.

        Raises:
            Unreadable: something is missing, was changed, or was signed by somebody else.
            OtherTables: it was made by another version of Kinward.
        """
        found = self.manifest
        if found is None or found.files != self.files or not found.is_ours():
            raise Unreadable(_("The archive does not hold what its manifest says it does."))
        if signed_by and signed_by.strip().lower() != found.public_key:
            raise Unreadable(_("The archive was signed by another installation than you say."))
        if found.migrations != applied(list(found.migrations)):
            raise OtherTables(
                _("The archive was made by Kinward %(version)s. Restore it there, then upgrade.")
                % {"version": found.version}
            )
        return found


def take_secrets(said: dict[str, Any]) -> None:
    """Make the secret of the ring the archive's, and know whose keys were destroyed."""
    own = ring()
    secret = bytes.fromhex(said["secret"])
    if secret != own.secret:
        keep(Ring(secret, own.versions, own.head))
    store().take_over((subject, at, keys) for subject, at, keys in said["destroyed"])


def keys_of(rows: Iterable[models.Model]) -> set[tuple[UUID, str]]:
    """Return whose keys, in which compartment, seal what these rows say."""
    wanted = set()
    for row in rows:
        for each in sealed_in(type(row)):
            value = row.__dict__[each.attname]
            if isinstance(value, Sealed) or not each.packed(value):
                continue
            place = each.place(row)
            whose = {place["subject"], place["other"]} - {None}
            wanted |= {(subject, place["compartment"]) for subject in whose}
    return wanted


def settle() -> None:
    """Have the database check what it checks at the end, and go on counting behind the last."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        else:
            connection.check_constraints()
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def compare(manifest: Manifest) -> None:
    """Read every row back, and compare it with what was archived.

    Raises:
        NotTheSame: one differs, or is missing.
    """
    found: dict[str, Count] = {}
    for model in tables():
        count = found[model._meta.label] = Count()  # noqa: SLF001 (Django's documented model API)
        for rows in parts_of(model):
            lines = [line_of(as_json(row)) for row in rows]
            count.add(len(lines), summed(0, lines))
    here = counted(found)
    if wrong := sorted(name for name in here if here[name] != manifest.tables.get(name)):
        raise NotTheSame(
            _("What was restored is not what was archived: %(tables)s.")
            % {"tables": ", ".join(wrong)}
        )
