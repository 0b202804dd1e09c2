"""One page of the web is kept as WARC, from no machine nearby unless it is asked for by name."""

from __future__ import annotations

import ssl
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from kinward.core import fetching
from kinward.core.fetching import AGENT, MOST_BYTES, NotKept, is_far, kept_page, of_the_web
from kinward.core.intake import take_page

PAGE = b"""<!doctype html><html lang="en"><head><title>Thirty came</title></head><body><article>
<h1>Thirty came</h1><p>Thirty children landed on Friday, the ministry said in a statement.</p>
<p>24 of them were from Dagestan, and another three were from Chechnya, it added later.</p>
</article></body></html>"""
NEARBY = [
    "127.0.0.1",
    "10.1.2.3",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 (refused, not listened on)
    "224.0.0.1",
    "::1",
    "fe80::1%eth0",
    "fd00::1",
    "::ffff:127.0.0.1",
    "2002:7f00:1::",
]


class Site(BaseHTTPRequestHandler):
    """A paper with a page, and with what may go wrong."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append(dict(self.headers))
        getattr(self, self.path.strip("/").partition("?")[0] or "page")()

    def answer(self, body, kind="text/html; charset=utf-8", status=200, **head):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(head.pop("length", len(body))))
        for name, value in head.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def page(self):
        self.answer(PAGE)

    def in_pieces(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in (PAGE[:100], PAGE[100:], b""):
            self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")

    def moved(self):
        self.answer(b"", status=302, Location="/page")

    def picture(self):
        self.answer(b"GIF89a", kind="image/gif")

    def large(self):
        self.answer(b"<p>" + b"a" * MOST_BYTES)

    def broken(self):
        self.answer(PAGE[:100], length=len(PAGE))
        self.close_connection = True

    def gone(self):
        self.answer(b"", status=404)

    def slow(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _second in range(50):
            self.wfile.write(b"a")
            time.sleep(0.1)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked = []
    Thread(target=server.serve_forever, daemon=True).start()
    server.address = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def safe_site(site, tmp_path):
    """The same paper behind a certificate that nobody has signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    day = timedelta(days=1)
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now - day, now + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "localhost.pem"
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    file.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, form, plain)
    )
    safe = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    safe.load_cert_chain(file)
    site.socket = safe.wrap_socket(site.socket, server_side=True)
    site.file = file
    return f"https://localhost:{site.server_port}/page"


def test_certificate_has_to_be_good(safe_site, site, monkeypatch):
    with pytest.raises(NotKept, match="certificate is not good"):
        kept_page(safe_site, near=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(site.file))

    page, _copy = take_page(kept_page(safe_site, near=True))

    assert page.address == safe_site


@pytest.mark.parametrize("path", ["/page", "/in_pieces"])
def test_page_is_kept_as_an_archive_that_the_register_takes(site, path):
    archive = kept_page(f"{site.address}{path}?a=b", near=True)

    kinds = [record.rec_type for record in ArchiveIterator(BytesIO(archive))]
    page, copy = take_page(archive)
    assert kinds == ["warcinfo", "response", "request"]
    assert page.title == "Thirty came"
    assert page.address == f"{site.address}{path}?a=b"
    assert "24 of them were from Dagestan" in page.text
    assert copy == archive
    [asked] = site.asked
    assert asked["User-Agent"] == AGENT
    assert "Cookie" not in asked
    assert "Referer" not in asked


def test_digest_of_the_archive_is_that_of_the_page(site):
    archive = kept_page(f"{site.address}/page", near=True)

    stream = ArchiveIterator(BytesIO(archive), check_digests="raise")
    assert [record.content_stream().read() for record in stream][1] == PAGE


def test_machine_nearby_is_asked_only_if_it_is_wanted(site):
    with pytest.raises(NotKept, match="a network nearby"):
        kept_page(f"{site.address}/page")

    assert site.asked == []


def test_nobody_is_led_on_to_a_machine_nearby(site):
    with pytest.raises(NotKept, match="a network nearby"):
        kept_page(f"{site.address}/moved", near=True)

    assert len(site.asked) == 1


def test_page_that_has_moved_is_kept_from_where_it_is(site, monkeypatch):
    monkeypatch.setattr(fetching, "is_far", lambda _number: True)

    page, _copy = take_page(kept_page(f"{site.address}/moved"))

    assert page.address == f"{site.address}/page"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/picture", "no page but image/gif"),
        ("/large", "larger than 5 MB"),
        ("/broken", "broke off"),
        ("/gone", "answers 404"),
    ],
)
def test_what_is_no_page_is_not_kept(site, path, said):
    with pytest.raises(NotKept, match=said):
        kept_page(f"{site.address}{path}", near=True)


def test_machine_that_takes_its_time_is_left(site):
    started = time.monotonic()

    with pytest.raises(NotKept, match="too long"):
        kept_page(f"{site.address}/slow", near=True, seconds=0.5)

    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "address",
    [
        "ftp://paper.example/a",
        "file:///etc/passwd",
        "paper.example",
        "https://",
        "https://me:word@paper.example/",
        "https://paper.example:port/",
        "http://[::1",
    ],
)
def test_only_addresses_of_the_web_are_asked_for(address):
    with pytest.raises(NotKept):
        kept_page(address, near=True)


@pytest.mark.parametrize("number", NEARBY)
def test_number_of_a_network_nearby_is_known(number):
    assert not is_far(number)


@given(st.ip_addresses())
def test_number_is_far_only_where_it_is_of_the_open_net(number):
    assert not is_far(str(number)) or (number.is_global and not number.is_private)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_an_address_or_refused(typed):
    try:
        parts = of_the_web(f"http://{typed}")
    except NotKept:
        return

    assert parts.hostname


def test_command_writes_a_new_file(site, tmp_path):
    file = tmp_path / "page.warc.gz"

    call_command("keep_page", f"{site.address}/page", str(file), near=True)

    assert take_page(file.read_bytes())[0].title == "Thirty came"
    with pytest.raises(CommandError, match="there already"):
        call_command("keep_page", f"{site.address}/page", str(file), near=True)
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("address", "name", "said"),
    [
        ("{site}/page", "page.html", "does not end in"),
        ("{site}/gone", "page.warc.gz", "answers 404"),
        ("{site}/page", "missing/page.warc.gz", "cannot be written"),
    ],
)
def test_command_says_in_a_line_what_went_wrong(site, tmp_path, address, name, said):
    with pytest.raises(CommandError, match=said):
        call_command(
            "keep_page", address.format(site=site.address), str(tmp_path / name), near=True
        )

    assert list(tmp_path.iterdir()) == []
