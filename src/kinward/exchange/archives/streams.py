"""A tar sealed with age while it is written, and opened while it is read: none of it rests plain.

age works in a thread of its own at the other end of a pipe, so that the database is read and
written in the thread that holds its transaction.
"""

from __future__ import annotations

import os
import tarfile
from contextlib import contextmanager
from io import BytesIO
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

import pyrage
from django.utils.translation import gettext as _

from kinward.core.backups.archives import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Beside:
    """Work in another thread whose failure is told in this one."""

    def __init__(self, work: Callable[[], None]) -> None:
        self.failure: BaseException | None = None
        self._work = work
        self._thread = Thread(target=self._do, daemon=True)
        self._thread.start()

    def _do(self) -> None:
        try:
            self._work()
        except BaseException as error:  # noqa: BLE001 (told in the thread that waits)
            self.failure = error

    def ended(self) -> None:
        """Wait for its end.

        Raises:
            Exception: whatever it failed with.
        """
        self._thread.join()
        if self.failure is not None:
            raise self.failure


@contextmanager
def sealed_tar(to: Path, key: pyrage.x25519.Recipient) -> Iterator[tarfile.TarFile]:
    """Lend a tar to write to, sealed into a new file that is on the disk when this ends."""
    reading, writing = os.pipe()
    with to.open("xb") as out:
        to.chmod(0o600)

        def seal() -> None:
            with os.fdopen(reading, "rb") as plain:
                pyrage.encrypt_io(plain, out, [key])

        beside = Beside(seal)
        try:
            with (
                os.fdopen(writing, "wb") as plain,
                tarfile.open(fileobj=plain, mode="w|") as archive,
            ):
                yield archive
        except BrokenPipeError:
            beside.ended()  # it failed first, and says why
            raise
        beside.ended()
        out.flush()
        os.fsync(out.fileno())


@contextmanager
def opened_tar(file: Path, opener: pyrage.x25519.Identity) -> Iterator[tarfile.TarFile]:
    """Lend the tar inside a sealed file, to be read from its beginning to its end, once.

    Raises:
        Unreadable: a byte was changed or is missing, or the identity is another's.
    """
    reading, writing = os.pipe()
    with file.open("rb") as sealed:

        def unseal() -> None:
            with os.fdopen(writing, "wb") as plain:
                pyrage.decrypt_io(sealed, plain, [opener])

        beside = Beside(unseal)
        try:
            with (
                os.fdopen(reading, "rb") as plain,
                tarfile.open(fileobj=plain, mode="r|") as archive,
            ):
                yield archive
                drain(plain)
            beside.ended()
        except (pyrage.DecryptError, tarfile.TarError, EOFError) as error:
            raise Unreadable(
                _("%(file)s is no whole archive, or is sealed to another identity.")
                % {"file": file}
            ) from error


def drain(plain: IO[bytes]) -> None:
    """Read what is left, so that age reaches its end and tells whether all of it is whole."""
    while plain.read(1 << 16):
        continue


def put(archive: tarfile.TarFile, path: str, content: bytes) -> None:
    """Add a file to a tar."""
    entry = tarfile.TarInfo(path)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, BytesIO(content))


def files_in(archive: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    """Yield each file of a tar: where it stands in it, and what it holds."""
    for entry in archive:
        held: Any = archive.extractfile(entry)
        if held is not None:
            yield entry.name, held.read()
