"""Sealing what is told about people, so that a stolen database says nothing.

AES-256-GCM with the key of the subject and compartment. What is sealed is bound to its place: moved
to another row, column, person or compartment it is refused. Stored: 1 byte format, 12 bytes nonce,
ciphertext with tag; 29 bytes longer than the text.
"""

from __future__ import annotations

import hmac
import os
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext_lazy as _

from kinward.core.errors import KinwardError
from kinward.core.keystore import NONCE, KeyDestroyed, KeyMissing, store

if TYPE_CHECKING:
    from uuid import UUID

__all__ = ["Forged", "KeyDestroyed", "KeyMissing", "seal", "unseal"]

FORMAT: Final = b"\x01"
HEAD: Final = len(FORMAT) + NONCE


class Forged(KinwardError):
    """What is stored is not what was sealed in this place."""

    status = 409
    title = _("What is stored here was changed from outside")


def seal(
    plain: bytes, *, subject: UUID, compartment: str, bound_to: str, other: UUID | None = None
) -> bytes:
    """Seal what is said about a subject; with `other`, about two, so that it takes both their keys.

    `bound_to` names the place: "table|column|row id".

    Raises:
        KeyDestroyed: the subject, or the other, has been erased.
    """
    cipher = cipher_of(subject, other, compartment, make=True)
    nonce = os.urandom(NONCE)
    place = bound(subject, other, compartment, bound_to)
    return FORMAT + nonce + cipher.encrypt(nonce, plain, place)


def unseal(
    sealed: bytes, *, subject: UUID, compartment: str, bound_to: str, other: UUID | None = None
) -> bytes:
    """Return what was sealed with the same words.

    Raises:
        KeyDestroyed: the subject, or the other, has been erased.
        KeyMissing: the key store is not the one that belongs to the data.
        Forged: it was changed, or sealed in another place.
    """
    if sealed[: len(FORMAT)] != FORMAT:
        raise Forged
    cipher = cipher_of(subject, other, compartment, make=False)
    place = bound(subject, other, compartment, bound_to)
    try:
        return cipher.decrypt(sealed[len(FORMAT) : HEAD], sealed[HEAD:], place)
    except (InvalidTag, ValueError) as error:  # ValueError: cut short
        raise Forged from error


def cipher_of(subject: UUID, other: UUID | None, compartment: str, *, make: bool) -> AESGCM:
    """Return the cipher of one subject, or of two together.

    Two keys are made one by HMAC-SHA256, which tells nothing to who lacks either (a dual PRF:
    Backendal, Bellare, Günther, Scarlata, "When Messages Are Keys", CRYPTO 2023).
    """
    keys = store()
    own = keys.key(subject, compartment, make=make)
    if other is None:
        return own.cipher
    theirs = keys.key(other, compartment, make=make)
    return AESGCM(hmac.digest(own.raw, theirs.raw, "sha256"))


def bound(subject: UUID, other: UUID | None, compartment: str, bound_to: str) -> bytes:
    """Return the place of what is sealed, as it is bound to it."""
    whose = subject.bytes + other.bytes if other else subject.bytes
    return b"%b|%b|%b" % (whose, compartment.encode(), bound_to.encode())
