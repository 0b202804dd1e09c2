"""One page of the web, asked for on an editor's own machine and kept as WARC (ISO 28500:2017).

The server calls this never: what it would ask for, and from where, would tell whom somebody is
looking into, and lead it to machines beside it. Only `kinward keep_page` does (a wall says so).
"""

from __future__ import annotations

import hashlib
import socket
import ssl
import time
from base64 import b32encode
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from io import BytesIO
from ipaddress import ip_address
from threading import Timer
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES: Final = 5 * 1024 * 1024  # of a page: what the register takes
MOST_SECONDS: Final = 30.0  # for all of it, with what it is led on to
MOST_REDIRECTS: Final = 5
AT_ONCE: Final = 64 * 1024  # bytes
PORTS: Final = {"http": 80, "https": 443}
AGENT: Final = "Kinward-keep-page/1 (one page, asked for by a person)"
ASKS: Final = {
    "User-Agent": AGENT,
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
OK: Final = 200
SENT_ON: Final = frozenset({301, 302, 303, 307, 308})
# How a body was brought says nothing of it once it is here: it is kept as it was unpacked.
OF_THE_WAY: Final = frozenset({"transfer-encoding", "connection", "keep-alive", "content-length"})
ADDRESS_SIGNS: Final = "%/?:@!$&'()*+,;=~-._"


class NotKept(Exception):
    """The page could not be kept; its words say why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: where from, with which head, and what was asked."""

    address: str
    peer: str  # the number of the machine it came from
    asked: tuple[tuple[str, str], ...]
    status: str
    head: tuple[tuple[str, str], ...]
    body: bytes


def kept_page(address: str, *, near: bool = False, seconds: float = MOST_SECONDS) -> bytes:
    """Return a page as an archive of WARC.

    `near` lets the first address be one of the own network; what it leads on to never is.

    Raises:
        NotKept: the address is none of the web or of a machine nearby, the page is no page or too
            large, or it takes too long.
    """
    return archive_of(fetched(address, near=near, until=time.monotonic() + seconds))


def fetched(address: str, *, near: bool, until: float) -> Fetched:
    """Ask for a page, and go where it leads on to.

    Raises:
        NotKept: as above.
    """
    for _turn in range(MOST_REDIRECTS + 1):
        found, leads_to = asked_once(address, near=near, until=until)
        if not leads_to:
            return found
        address, near = urljoin(address, leads_to), False
    raise NotKept(f"It leads on more than {MOST_REDIRECTS} times.")


def asked_once(address: str, *, near: bool, until: float) -> tuple[Fetched, str]:
    """Ask one machine; return what it sent, and where it leads on to, if it does.

    Raises:
        NotKept: as above.
    """
    parts = of_the_web(address)
    line = connected(*named(parts), near=near, until=until)
    try:
        if parts.scheme == "https":
            safe = ssl.create_default_context()
            line = safe.wrap_socket(line, server_hostname=named(parts)[0])
        with left_in_time(line, until):
            return answered(address, parts, line, until)
    except (OSError, HTTPException) as error:
        left(until)
        raise NotKept(said_of(error)) from error
    finally:
        line.close()


def answered(
    address: str, parts: SplitResult, line: socket.socket, until: float
) -> tuple[Fetched, str]:
    """Ask over a line, and return what comes.

    Raises:
        NotKept: it is no page, too large, or takes too long.
    """
    path = quote(parts.path or "/", safe=ADDRESS_SIGNS)
    path += f"?{quote(parts.query, safe=ADDRESS_SIGNS)}" if parts.query else ""
    host, port = named(parts)
    shown = f"[{host}]" if ":" in host else host
    asked = (("Host", f"{shown}:{port}" if parts.port else shown), *ASKS.items())
    link = HTTPConnection(host, port)
    link.sock = line
    link.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
    for name, value in asked:
        link.putheader(name, value)
    link.endheaders()
    answer = link.getresponse()
    status = f"{answer.status} {answer.reason}"
    leads_to = answer.getheader("Location", "") if answer.status in SENT_ON else ""
    if not leads_to and answer.status != OK:
        raise NotKept(f"The page answers {status}.")
    body = b"" if leads_to else read(answer, until)
    peer, head = str(line.getpeername()[0]), tuple(answer.getheaders())
    return Fetched(address, peer, (("GET", path), *asked), status, head, body), leads_to


def of_the_web(address: str) -> SplitResult:
    """Return an address in its parts.

    Raises:
        NotKept: it is none of http or https, names nobody, or holds a name and a password.
    """
    try:
        parts = urlsplit(address)
        named(parts)
    except ValueError as error:
        raise NotKept("This is no address of the web.") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise NotKept("Only addresses that begin with http:// or https:// are asked for.")
    if "@" in parts.netloc:
        raise NotKept("The address holds a name or a password. Take them out.")
    return parts


def named(parts: SplitResult) -> tuple[str, int]:
    """Return the machine and the port of an address."""
    host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
    return host, parts.port or PORTS.get(parts.scheme, 0)


def connected(host: str, port: int, *, near: bool, until: float) -> socket.socket:
    """Return a line to a machine: to the very numbers that were looked at, and to no other.

    Raises:
        NotKept: nobody has that name, one of its numbers is of a network nearby, or none answers.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotKept(f"No machine is called {host}.") from error
    numbers = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not near and not all(is_far(each) for each in numbers):
        raise NotKept(f"{host} is a machine of a network nearby. It is not asked.")
    for number in numbers:
        try:
            return socket.create_connection((number, port), timeout=left(until))
        except OSError:
            continue
    raise NotKept(f"{host} does not answer.")


def is_far(number: str) -> bool:
    """Tell whether the number of a machine is one of the open net (RFC 6890)."""
    plain = ip_address(number.partition("%")[0])
    inside = getattr(plain, "ipv4_mapped", None) or getattr(plain, "sixtofour", None)
    return all(each.is_global and not each.is_multicast for each in (plain, inside) if each)


def left(until: float) -> float:
    """Return the seconds that are left.

    Raises:
        NotKept: none are.
    """
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise NotKept("It takes too long.")
    return seconds


@contextmanager
def left_in_time(line: socket.socket, until: float) -> Iterator[None]:
    """Hang up when the time is over: whoever sends a letter a minute is left in time, too."""
    clock = Timer(left(until), hang_up, [line])
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def hang_up(line: socket.socket) -> None:
    """End a line that somebody else may be reading."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def read(answer: HTTPResponse, until: float) -> bytes:
    """Return what a machine sends.

    Raises:
        NotKept: it is no page, too large, or takes too long.
    """
    kind = answer.getheader("Content-Type", "").split(";")[0].strip().lower()
    if kind not in {"text/html", "application/xhtml+xml", "text/plain"}:
        raise NotKept(f"This is no page but {kind or 'of no kind that is told'}.")
    pieces, size = [], 0
    while True:
        piece = answer.read1(AT_ONCE)
        left(until)
        if not piece:
            break
        size += len(piece)
        if size > MOST_BYTES:
            raise NotKept(f"The page is larger than {MOST_BYTES // 1024 // 1024} MB.")
        pieces.append(piece)
    if answer.length:
        raise NotKept("The page broke off.")
    return b"".join(pieces)


def said_of(error: Exception) -> str:
    """Return what went wrong on the way, in a sentence."""
    if isinstance(error, TimeoutError):
        return "It takes too long."
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"Its certificate is not good: {error.verify_message}."
    return f"The page cannot be had: {error or type(error).__name__}."


def archive_of(page: Fetched) -> bytes:
    """Return a page as WARC: who asked with what, the question, and the answer."""
    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415 (only where one is kept)
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415 (likewise)

    target = BytesIO()
    writer = WARCWriter(target, gzip=True)
    writer.write_record(
        writer.create_warcinfo_record("", {"software": AGENT, "format": "WARC File Format 1.0"})
    )
    head = [each for each in page.head if each[0].lower() not in OF_THE_WAY]
    head.append(("Content-Length", str(len(page.body))))
    answer = writer.create_warc_record(
        page.address,
        "response",
        payload=BytesIO(page.body),
        length=len(page.body),
        http_headers=StatusAndHeaders(page.status, head, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-IP-Address": page.peer, "WARC-Payload-Digest": digest(page.body)},
    )
    (verb, path), *asked = page.asked
    question = writer.create_warc_record(
        page.address,
        "request",
        http_headers=StatusAndHeaders(f"{verb} {path} HTTP/1.1", list(asked), is_http_request=True),
        warc_headers_dict={
            "WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID"),
        },
    )
    writer.write_record(answer)
    writer.write_record(question)
    return target.getvalue()


def digest(body: bytes) -> str:
    """Return the digest of a body as archives write it."""
    return f"sha256:{b32encode(hashlib.sha256(body).digest()).decode()}"
