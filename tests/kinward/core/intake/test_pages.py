"""A page of the web becomes its text and a copy for the archive."""

from __future__ import annotations

import gzip
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kinward.core.intake import Refused, Why, pages, take_page
from kinward.core.intake.pages import read_page

HTML = b"""<!doctype html><html lang="en-GB"><head><title>Thirty came | A Paper</title>
<meta property="og:site_name" content="A Paper">
<meta property="article:published_time" content="2019-05-03T10:00:00Z">
<link rel="canonical" href="https://paper.example/thirty"></head><body><nav>Home News</nav>
<article><h1>Thirty came</h1>
<p>Thirty children landed on Friday, the ministry said in a statement to the press.</p>
<p>24 of them were from Dagestan, and another three were from Chechnya, it added later.</p>
</article><footer>Copyright</footer><script>alert(1)</script></body></html>"""
TOLD = {
    "title": "Thirty came",
    "outlet": "A Paper",
    "address": "https://paper.example/thirty",
    "language": "en",
    "published_on": "2019-05-03",
}


def archive(body=HTML, content_type="text/html; charset=utf-8"):
    target = BytesIO()
    writer = WARCWriter(target, gzip=True)
    headers = StatusAndHeaders("200 OK", [("Content-Type", content_type)], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(
            "https://paper.example/thirty",
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=headers,
            warc_headers_dict={"WARC-Block-Digest": "sha1:A", "WARC-Payload-Digest": "sha1:A"},
        )
    )
    return target.getvalue()


def test_page_is_read_apart_and_kept_as_an_archive():
    page, copy = take_page(HTML)

    [record] = list(ArchiveIterator(BytesIO(copy)))[:1] or [None]
    assert {name: getattr(page, name) for name in TOLD} == TOLD
    assert "24 of them were from Dagestan" in page.text
    assert "\n\n" in page.text
    assert "Home News" not in page.text
    assert "alert" not in page.text
    assert record.rec_headers.get_header("WARC-Target-URI") == TOLD["address"]


def test_copy_holds_the_page_as_it_came():
    _page, copy = read_page(HTML)

    bodies = [record.content_stream().read() for record in ArchiveIterator(BytesIO(copy))]
    assert bodies == [HTML]


def test_archive_is_read_and_kept_as_it_came():
    sent = archive()

    page, copy = read_page(sent)

    assert copy == sent
    assert (page.title, page.address) == ("Thirty came", "https://paper.example/thirty")


def test_text_file_has_its_first_line_as_title():
    page, _copy = read_page("Тридцать детей\r\nвернулись.".encode())

    assert (page.title, page.text) == ("Тридцать детей", "Тридцать детей\nвернулись.")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Why.EMPTY),
        (bytes(pages.MOST_BYTES + 1), Why.TOO_LARGE),
        (b"%PDF-1.7 \x00", Why.UNKNOWN),
        (b"<html><body></body></html>", Why.NO_PAGE),
        (archive(content_type="image/png"), Why.NO_PAGE),
        (b"WARC/1.0\r\nbroken", Why.NO_PAGE),
        (archive(b"<html>" + b" " * (pages.MOST_BYTES + 1)), Why.ARCHIVE),
        (gzip.compress(b"no archive", mtime=0), Why.UNKNOWN),
        (gzip.compress(b"no archive", mtime=0)[:12], Why.UNKNOWN),
        (b"word " * 30_000, Why.TOO_LARGE),
        (b"The profile: D8S1179 13,14 vWA 15,16 FGA 20,21 TH01 6,9.3", Why.GENETIC),
    ],
)
def test_what_is_no_page_is_refused(content, why):
    with pytest.raises(Refused) as refused:
        read_page(content)

    assert refused.value.why == why
