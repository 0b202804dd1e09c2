"""Opening what phones sealed (decision 0072). The private keys lie in the key store.

A box is `ephemeral public key (65 bytes, P-256 uncompressed) ‖ iv (12) ‖ AES-256-GCM ciphertext`;
the key is HKDF-SHA-256 of the ECDH secret, salted with the ephemeral public key.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kinward.core.keystore import KeyDestroyed, KeyMissing, store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

CURVE: Final = ec.SECP256R1()
# The order of the base point of P-256 (FIPS 186-5, SP 800-186 section 3.2.1.3).
ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
COMPARTMENT: Final = "field"  # under which the key store keeps them
POINT, IV, KEY, WIDE = 65, 12, 32, 48  # bytes
ENTRY: Final = b"kinward field entry 1"
PHOTO: Final = b"kinward field photo 1"


class Unopened(ValueError):
    """No key opens it: it was sealed to another server, or for another place, or changed."""


def private_key(key_id: UUID) -> ec.EllipticCurvePrivateKey:
    """Return the private part of a key pair; a new one at its first use.

    From 48 derived bytes, so that no scalar is likelier than another (FIPS 186-5, A.2.1).
    """
    raw = store().key(key_id, COMPARTMENT, make=True).raw
    wide = HKDF(algorithm=SHA256(), length=WIDE, salt=None, info=b"kinward field key 1").derive(raw)
    return ec.derive_private_key(int.from_bytes(wide) % (ORDER - 1) + 1, CURVE)


def public_key(key_id: UUID) -> str:
    """Return the public part of a key pair: base64url of the uncompressed point."""
    point = private_key(key_id).public_key()
    return to_text(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def opened(box: bytes, *, info: bytes, bound_to: str, keys: Iterable[UUID]) -> bytes:
    """Return what was sealed in a box, by whichever of the key pairs opens it.

    Raises:
        Unopened: none does.
    """
    point, iv, sealed = box[:POINT], box[POINT : POINT + IV], box[POINT + IV :]
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    except ValueError as error:
        raise Unopened from error
    for key_id in keys:
        try:
            secret = private_key(key_id).exchange(ec.ECDH(), theirs)
            key = HKDF(algorithm=SHA256(), length=KEY, salt=point, info=info).derive(secret)
            return AESGCM(key).decrypt(iv, sealed, bound_to.encode())
        except (InvalidTag, ValueError, KeyDestroyed, KeyMissing):
            continue
    raise Unopened


def to_text(content: bytes) -> str:
    """Return bytes as base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def to_bytes(text: str) -> bytes:
    """Return bytes of base64url without padding.

    Raises:
        Unopened: it is none.
    """
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unopened from error
