"""Writing an archive: each table in parts of some thousand lines, never a whole one in memory."""

from __future__ import annotations

import gzip
import hashlib
import json
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from kinward.core.keys import ring
from kinward.core.keystore import store
from kinward.exchange.archives.kept import KEEPING, files_of
from kinward.exchange.archives.manifests import (
    Count,
    Manifest,
    applied,
    counted,
    version_here,
)
from kinward.exchange.archives.rows import as_json, line_of, looked_up, schema_of, summed, tables
from kinward.exchange.archives.streams import put, sealed_tar

if TYPE_CHECKING:
    import tarfile
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    import pyrage
    from django.db import models

PART: Final = 2_000  # rows in memory at once, and in one file
SCHEMA, INSTALLATION, MANIFEST = "schema.json", "installation.json", "manifest.json"
READ_ME: Final = """A whole programme, as Kinward left it.

tables/APP.MODEL/NNNNNN.jsonl.gz  the rows of a table, a line of JSON for each
schema.json                       what each column holds, and what it points at
files/, erased/                   photographs and documents, by the row and column that name them
installation.json                 the secret that proves the log, and whose keys were destroyed
manifest.json                     the SHA-256 of every file, how many rows, signed (Ed25519)

A sealed column is {"open": what it says}, or {"erased": bytes that nobody opens any more}.
To have it in Kinward again: kinward restore_archive FILE --identity IDENTITY
"""


@contextmanager
def one_moment() -> Iterator[None]:
    """Have the next transaction see one moment of the database, however long it reads.

    SQLite has no other: who writes waits meanwhile.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    level = "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL"
    with connection.cursor() as cursor:
        cursor.execute(f"{level} REPEATABLE READ")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"{level} READ COMMITTED")


class Writing:
    """An archive while it is written."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self.archive = archive
        self.files: dict[str, str] = {}
        self.missing: list[str] = []
        self.counts: dict[str, Count] = {}

    def put(self, path: str, content: bytes) -> None:
        """Add a file, and remember its digest."""
        self.files[path] = hashlib.sha256(content).hexdigest()
        put(self.archive, path, content)

    def put_table(self, model: type[models.Model]) -> None:
        """Add every row of a table, and the files that they name."""
        label = model._meta.label  # noqa: SLF001 (Django's documented model API)
        count = self.counts[label] = Count()
        for number, rows in enumerate(parts_of(model), 1):
            lines = [line_of(as_json(row)) for row in rows]
            count.add(len(lines), summed(0, lines))
            packed = gzip.compress(b"\n".join([*lines, b""]), compresslevel=3, mtime=0)
            self.put(f"tables/{label}/{number:06}.jsonl.gz", packed)
            if model in KEEPING:
                self.put_files(rows)

    def put_files(self, rows: Iterable[models.Model]) -> None:
        """Add the files that rows name; one that the disk has lost is told in the manifest."""
        for row in rows:
            for path, content in files_of(row):
                if content is None:
                    self.missing.append(path)
                else:
                    self.put(path, content)


def write_archive(to: Path, key: pyrage.x25519.Recipient, *, at: datetime) -> Manifest:
    """Write every row and file into a new sealed file, as they are in this transaction.

    Raises:
        FileExistsError: there is a file of that name.
        OSError: it cannot be written there.
    """
    with sealed_tar(to, key) as archive:
        writing = Writing(archive)
        models = tables()
        schema = {model._meta.label: schema_of(model) for model in models}  # noqa: SLF001 (Django's documented model API)
        writing.put("README.txt", READ_ME.encode())
        writing.put(SCHEMA, as_text(schema))
        writing.put(
            INSTALLATION, as_text({"secret": ring().secret.hex(), "destroyed": store().destroyed()})
        )
        for model in models:
            writing.put_table(model)
        manifest = Manifest(
            made_at=at.isoformat(),
            version=version_here(),
            migrations=applied(sorted({model._meta.app_label for model in models})),  # noqa: SLF001 (likewise)
            tables=counted(writing.counts),
            files=writing.files,
            missing=writing.missing,
        ).signed()
        put(archive, MANIFEST, manifest.content)
    return manifest


def as_text(said: Any) -> bytes:
    """Return JSON that a person can read."""
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def parts_of(model: type[models.Model]) -> Iterator[list[models.Model]]:
    """Yield every row of a table in parts, in the order of its key."""
    rows = model._base_manager.select_related(*looked_up(model)).order_by("pk")  # noqa: SLF001 (every row, whatever a manager leaves out)
    read = rows.iterator(chunk_size=PART)
    while part := list(islice(read, PART)):
        yield part
