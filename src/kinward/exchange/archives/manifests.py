"""What an archive says of itself, signed as releases are: every file in it, every table."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from kinward.core.backups.archives import Unreadable
from kinward.core.backups.contents import MODULUS
from kinward.core.keys import is_signed, public_key, signed

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMAT: Final = "kinward archive 1"
SIGNED_FOR: Final = "exchange.archive"


@dataclass(slots=True)
class Count:
    """How many rows a table has, and the sum of the SHA-256 of its lines modulo 2**256."""

    rows: int = 0
    digest: int = 0

    def add(self, rows: int, digest: int) -> None:
        """Count rows whose digests come to that."""
        self.rows, self.digest = self.rows + rows, (self.digest + digest) % MODULUS


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The last file of an archive."""

    made_at: str  # ISO 8601
    version: str  # of Kinward
    migrations: dict[str, list[str]]  # of each app, those that were applied
    tables: dict[str, tuple[int, str]]  # rows, and the sum of their digests in hexadecimals
    files: dict[str, str]  # the SHA-256 of each file before this one
    missing: list[str] = field(default_factory=list)  # files that the disk did not hold
    format: str = FORMAT
    public_key: str = ""
    signature: str = ""

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(rows for rows, _digest in self.tables.values())

    @property
    def content(self) -> bytes:
        """All that it says, as it is written."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @property
    def unsigned(self) -> bytes:
        """The part that is signed."""
        return replace(self, signature="").content

    def signed(self) -> Manifest:
        """Return it signed by this installation."""
        told = replace(self, public_key=public_key(SIGNED_FOR))
        return replace(told, signature=signed(told.unsigned, SIGNED_FOR))

    def is_ours(self) -> bool:
        """Tell whether the installation whose secret this one holds signed just this."""
        return is_signed(self.unsigned, self.signature, SIGNED_FOR)


def read_manifest(content: bytes) -> Manifest:
    """Read what an archive says of itself.

    Raises:
        Unreadable: it says nothing that is understood.
    """
    try:
        said: dict[str, Any] = json.loads(content)
        tables = {name: (int(rows), str(digest)) for name, (rows, digest) in said["tables"].items()}
        found = Manifest(**(said | {"tables": tables}))
    except (ValueError, TypeError, KeyError) as error:
        raise Unreadable(_("The manifest of the archive cannot be read.")) from error
    if found.format != FORMAT:
        raise Unreadable(_("This archive is of another format: %(it)s.") % {"it": found.format})
    return found


def counted(tables: dict[str, Count]) -> dict[str, tuple[int, str]]:
    """Return the counts of tables as a manifest tells them."""
    return {name: (each.rows, f"{each.digest:064x}") for name, each in tables.items()}


def applied(apps: Sequence[str]) -> dict[str, list[str]]:
    """Return which migrations of these apps this database has: rows fit no other tables."""
    names = MigrationRecorder(connection).applied_migrations()
    return {app: sorted(name for of, name in names if of == app) for app in sorted(apps)}


def version_here() -> str:
    """Return which Kinward this is."""
    return version("kinward")
