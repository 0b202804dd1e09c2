"""Mail that goes out, by which server. It names nobody: whoever asks for it sees to that.

Mail lies unsealed on servers that are not ours, on telephones and on locked screens. So it holds
counts and one address of this installation; whoever reads it signs in to learn more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage

if TYPE_CHECKING:
    from uuid import UUID

EXPECTED: Final = (
    "KINWARD_MAIL_SERVER must read smtps://USER:PASSWORD@HOST:PORT, or smtp://… for STARTTLS"
)
PORTS: Final = {"smtps": 465, "smtp": 587}
HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})  # what is said never leaves the machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The server that takes our mail; no host where there is none."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    tls_from_the_start: bool = False
    starts_tls: bool = False


def server_at(url: str) -> Server:
    """Return the server at an address; it is only spoken to over TLS, but on this machine.

    Raises:
        ImproperlyConfigured: it is no address of a mail server.
    """
    if not url:
        return Server()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as wrong:
        raise ImproperlyConfigured(EXPECTED) from wrong
    if parts.scheme not in PORTS or not host:
        raise ImproperlyConfigured(EXPECTED)
    return Server(
        host=host,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls_from_the_start=parts.scheme == "smtps",
        starts_tls=parts.scheme == "smtp" and host not in HERE,
    )


def send(*, to: str, subject: str, text: str, key: UUID) -> None:
    """Send a mail. Its `key` names it: where it is sent twice, readers of mail show one.

    Raises:
        OSError: the server is not reached, or refuses it (smtplib's errors are OSErrors).
    """
    host = urlsplit(settings.ADDRESS).hostname or "localhost"
    headers = {"Message-ID": f"<{key}@{host}>", "Auto-Submitted": "auto-generated"}
    EmailMessage(subject, text, to=[to], headers=headers).send()
