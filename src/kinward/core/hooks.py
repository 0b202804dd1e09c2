"""Messages to other systems of the programme: where they may go, how they are signed and sent.

Whoever runs the server names the addresses (`KINWARD_HOOKS`); no screen can, so nobody leads the
server anywhere by what they type. Each address has a secret of its own, with which it knows ours.
"""

from __future__ import annotations

import hashlib
import hmac
from http.client import HTTPConnection, HTTPSConnection
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from kinward.core.keys import digest_for
from kinward.core.mailing import HERE

if TYPE_CHECKING:
    from datetime import datetime

SIGNATURE: Final = "Kinward-Signature"
SECONDS: Final = 20  # a third of a lease
TAKEN: Final = range(200, 300)


class NotTaken(Exception):
    """Whoever was told did not take it."""


def addresses_in(said: str) -> tuple[str, ...]:
    """Return the addresses that a setting names, with spaces between; all over TLS but on here.

    Raises:
        ImproperlyConfigured: one is no address, or not over TLS.
    """
    named = tuple(said.split())
    for address in named:
        parts = urlsplit(address)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE)
        if not safe or not parts.hostname:
            raise ImproperlyConfigured("KINWARD_HOOKS names addresses as https://HOST/PATH")
    return named


def secret_of(address: str) -> str:
    """Return the secret with which messages to an address are signed, in hexadecimals."""
    return digest_for("audit.hooks", address)


def signature(address: str, body: bytes, *, at: datetime) -> str:
    """Return "t=<Unix seconds>,v1=<HMAC-SHA-256 of seconds, a full stop and the body>"."""
    moment = int(at.timestamp())
    signed = hmac.new(secret_of(address).encode(), b"%d." % moment + body, hashlib.sha256)
    return f"t={moment},v1={signed.hexdigest()}"


def send(address: str, body: bytes, signed: str) -> None:
    """Send a message; nobody is led elsewhere by an answer.

    Raises:
        NotTaken: the answer is none of those that take it.
        OSError: there is no answer.
    """
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.netloc, timeout=SECONDS)
    try:
        path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        connection.request(
            "POST", path, body, {"Content-Type": "application/json", SIGNATURE: signed}
        )
        status = connection.getresponse().status
    finally:
        connection.close()
    if status not in TAKEN:
        raise NotTaken(str(status))
