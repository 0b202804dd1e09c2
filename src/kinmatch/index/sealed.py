"""A file nobody reads or alters without the key: AES-256-GCM, piece by piece.

The pieces are numbered and the last one says so, so that none can be left out, put elsewhere or
cut off unnoticed (the STREAM construction of Hoang, Reyhanitabar, Rogaway, Vizár 2015). Each file
has a key of its own, derived from the given one and a random salt (HKDF, RFC 5869), so that no
nonce is ever used twice.
"""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kinmatch.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

MAGIC = b"kinmatch index 1\n"
KEY = 32  # bytes
SALT = 16
TAG = 16
PIECE = 1 << 20  # bytes of a piece before it is sealed


def is_sealed(path: Path) -> bool:
    """Say whether a file begins as a sealed one does."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def cipher(key: bytes, salt: bytes) -> AESGCM:
    """Return the cipher of one file. Raises BadInput for a key of another length."""
    if len(key) != KEY:
        raise BadInput(f"a key of {len(key)} bytes; expected {KEY}")
    derived = HKDF(SHA256(), KEY, salt, MAGIC).derive(key)
    return AESGCM(derived)


def nonce(piece: int, *, last: bool) -> bytes:
    """Return the nonce of a piece: its number, and whether it is the last."""
    return piece.to_bytes(11) + bytes([last])


class Sealing:
    """Writes bytes into a file, sealed; close it, or leave its block, to write the last piece."""

    def __init__(self, file: IO[bytes], key: bytes) -> None:
        salt = os.urandom(SALT)
        self.cipher = cipher(key, salt)
        self.file = file
        self.file.write(MAGIC + salt)
        self.held = bytearray()
        self.pieces = 0

    def write(self, more: bytes) -> int:
        """Take bytes in; whole pieces are written, and the last is held back."""
        self.held += more
        while len(self.held) > PIECE:
            self._write(bytes(self.held[:PIECE]), last=False)
            del self.held[:PIECE]
        return len(more)

    def _write(self, piece: bytes, *, last: bool) -> None:
        self.file.write(self.cipher.encrypt(nonce(self.pieces, last=last), piece, MAGIC))
        self.pieces += 1

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write the last piece, unless something went wrong: then the file stays cut short."""
        if kind is None:
            self._write(bytes(self.held), last=True)


class Opening:
    """Reads the bytes of a sealed file. Raises BadInput where they are not what was written."""

    def __init__(self, file: IO[bytes], key: bytes, name: str) -> None:
        self.name = name
        if file.read(len(MAGIC)) != MAGIC:
            raise BadInput(f"{name}: is no snapshot of an index")
        self.cipher = cipher(key, file.read(SALT))
        self.file = file
        self.ahead = file.read(PIECE + TAG)
        if not self.ahead:
            raise BadInput(f"{name}: is cut short")
        self.held = b""
        self.pieces = 0

    def read(self, size: int = -1, /) -> bytes:
        """Return so many bytes, fewer only at the end; all there are for -1."""
        got = bytearray()
        while (size < 0 or len(got) < size) and (self.held or self.ahead):
            if not self.held:
                self._open()
            taken = self.held if size < 0 else self.held[: size - len(got)]
            self.held = self.held[len(taken) :]
            got += taken
        return bytes(got)

    def _open(self) -> None:
        sealed, self.ahead = self.ahead, self.file.read(PIECE + TAG)
        try:
            number = nonce(self.pieces, last=not self.ahead)
            self.held = self.cipher.decrypt(number, sealed, MAGIC)
        except InvalidTag:
            raise BadInput(f"{self.name}: the key is another one, or the file is damaged") from None
        self.pieces += 1
