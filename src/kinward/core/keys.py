"""The keys of an installation: where they are kept, which wraps what, what is derived from them.

A ring holds one secret, from which keys for other uses are derived, and the versions of the key
that wraps the keys of people (`keystore`). Each compartment has a wrapping key of its own, derived
by HKDF-SHA256 (RFC 5869): whoever learns that of one compartment learns nothing of another.
"""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from kinward.core.errors import KinwardError

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY_BYTES: Final = 32
HEAD: Final = "kinward1"
MADE_UP: Final = f"{HEAD}-demo"  # never fit for an installation with real people
DRAFT: Final = ".keys-"  # how the names of drafts begin
LEFT_AFTER: Final = 60  # seconds: nobody writes a few lines for so long
OTHERS: Final = 0o077  # of a file's mode: what anyone but its owner may do
RINGS: dict[tuple[str, str, str], Ring] = {}


class KeysUnfit(ImproperlyConfigured):
    """The keys are not there, cannot be read, or anyone could read them."""


class KeysStayPut(KinwardError):
    """These keys are kept where Kinward cannot write."""


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys of one installation. Its text is one line, as `kinward1:SECRET:1=KEY:2=KEY`."""

    secret: bytes
    versions: Mapping[int, bytes]
    head: str = HEAD

    @property
    def newest(self) -> int:
        """The version that wraps what is wrapped today."""
        return max(self.versions)

    def wrapping(self, version: int, compartment: str) -> bytes:
        """Return the key that wraps the keys of one compartment.

        Raises:
            KeyError: the ring has no such version.
        """
        return derived(self.versions[version], f"wrap|{compartment}")

    def grown(self) -> Ring:
        """Return the ring with one version more."""
        new = secrets.token_bytes(KEY_BYTES)
        return Ring(self.secret, {**self.versions, self.newest + 1: new}, self.head)

    def retired(self) -> Ring:
        """Return the ring with its newest version only."""
        return Ring(self.secret, {self.newest: self.versions[self.newest]}, self.head)

    def text(self) -> str:
        """Return the ring as it is kept."""
        versions = (f"{version}={key.hex()}" for version, key in sorted(self.versions.items()))
        return ":".join([self.head, self.secret.hex(), *versions])


def fresh_ring(head: str = HEAD) -> Ring:
    """Return a new ring, of chance."""
    return Ring(secrets.token_bytes(KEY_BYTES), {1: secrets.token_bytes(KEY_BYTES)}, head)


def ring_of(text: str) -> Ring:
    """Read a ring.

    Raises:
        KeysUnfit: it is none. What it says is never repeated.
    """
    head, *parts = text.strip().split(":")
    try:
        secret, *versions = parts
        pairs = (version.split("=") for version in versions)
        read = {int(version): bytes.fromhex(key) for version, key in pairs}
        found = Ring(bytes.fromhex(secret), read, head)
    except ValueError:
        found = Ring(b"", {}, head)
    fit = all(len(key) == KEY_BYTES for key in (found.secret, *found.versions.values()))
    if head not in {HEAD, MADE_UP} or not found.versions or not fit:
        raise KeysUnfit("This is no ring of keys. Make one with: manage.py make_keys")
    return found


@cache
def derived(root: bytes, use: str) -> bytes:
    """Return 32 bytes for one use, from which neither the root nor another use can be told."""
    info = f"kinward|{use}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(root)


class KeyProvider(Protocol):
    """Where a ring is kept."""

    def read(self) -> str:
        """Return the text of the ring.

        Raises:
            KeysUnfit: it cannot be read, or others could read it.
        """
        ...

    def write(self, text: str) -> None:
        """Keep this text in its place.

        Raises:
            KeysStayPut: Kinward cannot write there.
        """
        ...


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A file that only its owner may read."""

    path: Path

    def read(self) -> str:
        """Return what stands in it."""
        return private(self.path).decode(errors="replace")

    def write(self, text: str) -> None:
        """Put this in its place at one stroke, on the disk before it counts."""
        put(self.path, text.encode())


@dataclass(frozen=True, slots=True)
class AgeFile:
    """A file sealed with age, opened by an identity that is kept elsewhere."""

    path: Path
    identity: Path

    def read(self) -> str:
        """Return what is sealed in it."""
        try:
            opened: bytes = pyrage.decrypt(self.path.read_bytes(), [self.opener()])
        except (OSError, pyrage.DecryptError) as error:
            raise KeysUnfit(f"{self.path} cannot be opened with {self.identity}.") from error
        return opened.decode(errors="replace")

    def write(self, text: str) -> None:
        """Seal this for the identity, and put it in its place."""
        put(self.path, pyrage.encrypt(text.encode(), [self.opener().to_public()]))

    def opener(self) -> pyrage.x25519.Identity:
        """Return the identity."""
        lines = private(self.identity).decode(errors="replace").splitlines()
        found = [line for line in lines if line.startswith("AGE-SECRET-KEY-")]
        try:
            return pyrage.x25519.Identity.from_str(found[0])
        except (IndexError, pyrage.IdentityError) as error:
            raise KeysUnfit(f"{self.identity} holds no age identity.") from error


@dataclass(frozen=True, slots=True)
class Environment:
    """What whoever starts Kinward hands over in KINWARD_KEYS."""

    text: str

    def read(self) -> str:
        """Return it."""
        return self.text

    def write(self, text: str) -> None:  # noqa: ARG002 (the protocol)
        """Refuse."""
        raise KeysStayPut(
            _("The keys come from KINWARD_KEYS. Change them where that is kept, then start anew.")
        )


def private(path: Path) -> bytes:
    """Return the bytes of a file that only its owner may read.

    Raises:
        KeysUnfit: it is not there, or others may read it.
    """
    try:
        if path.stat().st_mode & OTHERS:
            raise KeysUnfit(f"Others may read {path}. Run: chmod 600 {path}")
        return path.read_bytes()
    except OSError as error:
        raise KeysUnfit(f"{path} cannot be read: {error.strerror}") from error


def put(path: Path, content: bytes, *, new: bool = False) -> None:
    """Write a file that only its owner may read: all of it or nothing, on the disk.

    A draft that somebody left who was killed meanwhile holds keys: it goes with the next writing.

    Raises:
        FileExistsError: it is to be new, and there is one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f"{DRAFT}*"):
        with suppress(FileNotFoundError):  # another process was faster
            if left.stat().st_mtime < time.time() - LEFT_AFTER:
                left.unlink()
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=DRAFT)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if new:
            path.hardlink_to(draft)  # unlike a move, refuses what is there
        else:
            Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def provider() -> KeyProvider:
    """Return where the settings say that the ring is kept.

    Raises:
        KeysUnfit: they do not say.
    """
    if settings.KEYS:
        return Environment(settings.KEYS)
    if not settings.KEY_FILE:
        raise KeysUnfit("Set KINWARD_KEY_FILE or KINWARD_KEYS: see .env.example.")
    if settings.KEY_IDENTITY:
        return AgeFile(Path(settings.KEY_FILE), Path(settings.KEY_IDENTITY))
    return KeyFile(Path(settings.KEY_FILE))


def ring(*, anew: bool = False) -> Ring:
    """Return the ring of this installation, read once; anew when another process changed it.

    A demo makes its own where there is none.

    Raises:
        KeysUnfit: there is none, or it was made for a demo.
    """
    place = (settings.KEYS, settings.KEY_FILE, settings.KEY_IDENTITY)
    if anew or place not in RINGS:
        if settings.KEYS_ARE_MADE_UP and not Path(settings.KEY_FILE).exists():
            make_up(Path(settings.KEY_FILE))
        read = ring_of(provider().read())
        if read.head == MADE_UP and not settings.KEYS_ARE_MADE_UP:
            raise KeysUnfit("These keys were made for a demo. Make your own: manage.py make_keys")
        RINGS[place] = read
    return RINGS[place]


def make_up(path: Path) -> None:
    """Make the keys of a demo, unless another process was faster."""
    try:
        put(path, fresh_ring(MADE_UP).text().encode(), new=True)
    except FileExistsError:
        return


def keep(changed: Ring) -> None:
    """Keep a changed ring in the place of the old one.

    Raises:
        KeysStayPut: Kinward cannot write there.
    """
    provider().write(changed.text())
    ring(anew=True)


def signed(text: bytes, use: str) -> str:
    """Return the Ed25519 signature of a text by the installation, for one use, in hexadecimals."""
    return signer(use).sign(text).hex()


def is_signed(text: bytes, signature: str, use: str) -> bool:
    """Tell whether the signature is the installation's, of just this text, for this use."""
    try:
        signer(use).public_key().verify(bytes.fromhex(signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key(use: str) -> str:
    """Return the key that others check signatures of one use with, in hexadecimals."""
    return signer(use).public_key().public_bytes_raw().hex()


def signer(use: str) -> Ed25519PrivateKey:
    """Return the key that signs for one use."""
    return Ed25519PrivateKey.from_private_bytes(secret_for(f"sign|{use}"))


def digest_for(use: str, text: str) -> str:
    """Return the HMAC-SHA-256 of a text under the secret of one use, in hexadecimals.

    What is kept of a token: known again, and found by no table of guesses.
    """
    return hmac.digest(secret_for(use), text.encode(), "sha256").hex()


def secret_for(use: str) -> bytes:
    """Return 32 bytes for one use, such as "audit.chain"; the same for the life of the ring."""
    return derived(ring().secret, f"secret|{use}")
