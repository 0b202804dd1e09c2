"""A phone of the field as the protocol has it: seals entries and photographs to the server."""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kinward.core.ids import uuid7
from kinward.field.definitions import FORMS

CURVE = ec.SECP256R1()
AGREES = {
    "purpose": "tracing",
    "state": "given",
    "giver": "child",
    "form_version": "2018-11",
    "language": "ru",
}


def to_text(content: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def to_bytes(text: str) -> bytes:
    """Bytes of base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sealed(plain: bytes, key: str, *, info: bytes, bound_to: str) -> bytes:
    """Seal bytes to a public key, as decision 0072 says."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, to_bytes(key))
    ours = ec.generate_private_key(CURVE)
    point = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    secret = ours.exchange(ec.ECDH(), theirs)
    derived = HKDF(algorithm=SHA256(), length=32, salt=point, info=info).derive(secret)
    iv = os.urandom(12)
    return point + iv + AESGCM(derived).encrypt(iv, plain, bound_to.encode())


@dataclass
class Phone:
    """A phone that was enrolled. `seq` is the last number of the server it has seen."""

    device: str
    secret: str
    key: str
    seq: int = 0
    clock: str = "1980-01-06T00:00:00Z"
    sealed_entries: list[dict[str, Any]] = field(default_factory=list)

    @property
    def header(self) -> str:
        """What proves which phone it is."""
        return f"{self.device}.{self.secret}"

    def write(self, kind: str, answers: Any, *, record: str = "", **options: Any) -> dict[str, Any]:
        """Seal an entry. `consents`, `base`, `id`, `form` and `device` can be given."""
        entry = {
            "id": str(options.get("id") or uuid7()),
            "record": str(record or uuid7()),
            "kind": kind,
            "form": options.get("form") or (FORMS[kind].version if kind in FORMS else "0"),
            "base": options.get("base", self.seq),
            "said_at": self.clock,
        }
        told: dict[str, Any] = {"answers": answers, "consents": options.get("consents", [])}
        if "keeping" in options:
            told["keeping"] = options["keeping"]
        place = [*(entry[part] for part in ("id", "record", "kind", "form")), self.device]
        box = sealed(
            json.dumps(told).encode(),
            self.key,
            info=b"kinward field entry 1",
            bound_to="|".join(place),
        )
        return entry | {"box": to_text(box)}

    def child(self, name: str, *, record: str = "", **options: Any) -> dict[str, Any]:
        """Seal the registration of a child who agrees to be looked for."""
        answers = {
            "said_by": "child",
            "method": "interview",
            "names": [{"name": name}],
            "sex": "male",
            **options.pop("answers", {}),
        }
        options.setdefault("consents", [AGREES])
        return self.write("child", answers, record=record, **options)

    def photo(self, content: bytes, *, photo: str, entry: str) -> tuple[bytes, str]:
        """Seal a photograph; its bytes, and their digest as the phone writes it."""
        place = f"{photo}|{entry}|{self.device}"
        box = sealed(content, self.key, info=b"kinward field photo 1", bound_to=place)
        return box, to_text(sha256(box).digest())
