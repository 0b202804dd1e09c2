"""One sealed file: a copy and the manifest that says what must be in it.

The file is sealed with age (https://age-encryption.org/v1) to the public keys of people who keep
their identities elsewhere: whoever takes the server opens no backup. age finds every changed or
missing byte. Who made a file it does not say: anybody can seal to a public key. The manifest is
signed with a key of the ring, so that only what this installation made is restored.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyrage
from django.utils.translation import gettext as _

from kinward.core.backups.contents import Contents, Table, digest_of, rows_of
from kinward.core.errors import KinwardError
from kinward.core.keys import is_signed, signed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MANIFEST, COPY = "manifest.json", "copy"
IDENTITY: Final = "AGE-SECRET-KEY-"
FORMAT: Final = 1
STAMP: Final = "%Y%m%dT%H%M%SZ"
BACKUP: Final = "backup"  # what manifests are signed for


class Unreadable(KinwardError):
    """The file is no whole backup, or the identity opens another."""


class NobodyToSealTo(KinwardError):
    """It is not said who may open backups."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `of` is "sqlite", "postgresql" or "keys"."""

    of: str
    made_at: str  # ISO 8601
    sha256: str  # of the copy
    tables: Contents
    format: int = FORMAT
    signature: str = ""  # Ed25519, in hexadecimals, of all the rest

    @property
    def made(self) -> datetime:
        """When the copy was made."""
        return datetime.fromisoformat(self.made_at)

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return rows_of(self.tables)

    @property
    def digest(self) -> str:
        """Of all rows, in whatever order."""
        return digest_of(self.tables)

    @property
    def text(self) -> str:
        """All that it says, as it is kept."""
        return json.dumps(asdict(self), sort_keys=True)

    def signed(self) -> Manifest:
        """Return the manifest signed by this installation."""
        return replace(self, signature=signed(self.unsigned, BACKUP))

    def is_ours(self) -> bool:
        """Tell whether this installation signed just this."""
        return is_signed(self.unsigned, self.signature, BACKUP)

    @property
    def unsigned(self) -> bytes:
        """The part that is signed."""
        return replace(self, signature="").text.encode()


def recipients(keys: Iterable[str]) -> list[pyrage.x25519.Recipient]:
    """Read the public keys of those who may open backups.

    Raises:
        NobodyToSealTo: there is none, or one that is no age key.
    """
    try:
        found = [pyrage.x25519.Recipient.from_str(key) for key in keys]
    except pyrage.RecipientError as error:
        raise NobodyToSealTo(
            _("KINWARD_BACKUP_RECIPIENTS has a key that is no age key (age1…).")
        ) from error
    if not found:
        raise NobodyToSealTo(
            _("Set KINWARD_BACKUP_RECIPIENTS to the age keys of those who may open backups.")
        )
    return found


def identity(text: str) -> pyrage.x25519.Identity:
    """Read the identity out of what `age-keygen` wrote.

    Raises:
        Unreadable: there is none in it. What there is, is not repeated.
    """
    found = [line.strip() for line in text.splitlines() if line.startswith(IDENTITY)]
    try:
        return pyrage.x25519.Identity.from_str(found[0])
    except (IndexError, pyrage.IdentityError) as error:
        raise Unreadable(_("This is no age identity (AGE-SECRET-KEY-…).")) from error


def sha256(file: Path) -> str:
    """Return the digest of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """Lend a folder that only we may read, gone afterwards with all that was in it."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".copying-", dir=folder) as made:
        yield Path(made)


def seal(copy: Path, manifest: Manifest, to: Path, keys: list[pyrage.x25519.Recipient]) -> None:
    """Seal a copy with its manifest into a new file, on the disk before it counts."""
    inside = copy.parent
    (inside / MANIFEST).write_text(manifest.signed().text, encoding="utf-8")
    with tarfile.open(inside / "archive.tar", "w") as archive:
        for name, file in ((MANIFEST, inside / MANIFEST), (COPY, copy)):
            archive.add(file, arcname=name)
    draft = to.with_name(f".{to.name}.part")
    pyrage.encrypt_file(str(inside / "archive.tar"), str(draft), keys)
    draft.chmod(0o600)
    with draft.open("rb") as sealed:
        os.fsync(sealed.fileno())
    draft.replace(to)


def unseal(file: Path, opener: pyrage.x25519.Identity, inside: Path) -> tuple[Manifest, Path]:
    """Open a backup into a folder; return its manifest and the copy, which is as it was made.

    Raises:
        Unreadable: a byte was changed or is missing, the identity is another's, or this
            installation did not make it.
    """
    archive = inside / "archive.tar"
    try:
        pyrage.decrypt_file(str(file), str(archive), [opener])
        with tarfile.open(archive) as opened:
            manifest = read_manifest(opened)
            put_copy(opened, inside / COPY)
    except FileNotFoundError as error:
        raise Unreadable(_("There is no file %(file)s.") % {"file": file}) from error
    except (pyrage.DecryptError, OSError, tarfile.TarError, KeyError, ValueError) as error:
        raise Unreadable(
            _("%(file)s is no whole backup, or is sealed to another identity.") % {"file": file}
        ) from error
    if not manifest.is_ours():
        raise Unreadable(
            _("%(file)s was not made by this installation, or its keys are other ones.")
            % {"file": file}
        )
    if sha256(inside / COPY) != manifest.sha256:
        raise Unreadable(_("%(file)s does not hold what it says it does.") % {"file": file})
    return manifest, inside / COPY


def put_copy(archive: tarfile.TarFile, to: Path) -> None:
    """Write the copy inside an archive to a file, whatever else its entry says of itself.

    Raises:
        ValueError: it is no file.
    """
    content = archive.extractfile(COPY)
    if content is None:
        raise ValueError("the copy is no file")
    with to.open("wb") as copy:
        shutil.copyfileobj(content, copy)


def read_manifest(archive: tarfile.TarFile) -> Manifest:
    """Read what the backup says of itself.

    Raises:
        ValueError: it says nothing that is understood.
    """
    content = archive.extractfile(MANIFEST)
    said = json.load(content) if content else {}
    if said.get("format") != FORMAT:
        raise ValueError("another format")
    tables = {name: Table(*table) for name, table in said["tables"].items()}
    return Manifest(**(said | {"tables": tables}))
