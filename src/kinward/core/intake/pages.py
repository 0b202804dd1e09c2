"""A page of the web: its text without what is around it, and a copy as archives keep it.

A page is kept as WARC (ISO 28500:2017). What comes as WARC stays as it came, and its first page is
read. To be run in a child process: parsers are where files attack.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from base64 import b32encode
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from kinward.core.intake import kinds
from kinward.core.intake.refusals import Refused, Why
from kinward.core.intake.texts import REFUSES
from kinward.core.vocabulary import never_kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_BYTES: Final = 5 * 1024 * 1024  # of a page, and of an archive
MOST_LETTERS: Final = 100_000
MOST_RECORDS: Final = 500
WARC: Final = b"WARC/"
GZIP: Final = b"\x1f\x8b"
HTML: Final = "text/html"
KINDS: Final = {"response", "resource", "conversion"}  # records that hold a page
PAGES: Final = (HTML, "application/xhtml+xml", kinds.TEXT)
LANGUAGE: Final = re.compile(rb"<html[^>]*\slang=[\"']?([A-Za-z-]{2,35})", re.IGNORECASE)
SIGNS: Final = {"title": 300, "outlet": 200, "address": 500}  # how many are kept of each
UNDER: Final = 500  # letters after a tag among which a page begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says of itself, and its text. `published_on` is ISO; all may be empty."""

    text: str
    title: str = ""
    outlet: str = ""
    address: str = ""
    language: str = ""
    published_on: str = ""


def read_page(content: bytes) -> tuple[Page, bytes]:
    """Return a page and its archived copy, of HTML, a text or a WARC.

    Raises:
        Refused: it is none of them, is too large, or holds what is never kept.
    """
    if not content:
        raise Refused(Why.EMPTY)
    if len(content) > MOST_BYTES:
        raise Refused(Why.TOO_LARGE)
    if is_archive(content):
        body, address = first_page(content)
        return page_of(body, address), content
    page = page_of(content, "")
    return page, archived(content, page.address)


def is_archive(content: bytes) -> bool:
    """Tell whether a file is a WARC, as it is or packed."""
    if content.startswith(GZIP):
        try:
            with gzip.GzipFile(fileobj=BytesIO(content)) as packed:
                return packed.read(len(WARC)) == WARC
        except (OSError, EOFError, zlib.error):
            return False
    return content.startswith(WARC)


def first_page(content: bytes) -> tuple[bytes, str]:
    """Return the first page of an archive, and its address.

    Raises:
        Refused: there is none, it is broken, or it unpacks to too much.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 (only where one comes)

    try:
        found = next(pages_of(ArchiveIterator(BytesIO(content))), None)
    except Exception as error:  # a parser of broken files raises whatever it likes
        raise Refused(Why.BROKEN) from error
    if found is None:
        raise Refused(Why.NO_PAGE)
    if len(found[0]) > MOST_BYTES:
        raise Refused(Why.ARCHIVE)
    return found


def pages_of(records: Iterable[Any]) -> Iterator[tuple[bytes, str]]:
    """Yield the pages of an archive with their addresses, a byte more than is taken at most."""
    for record in islice(records, MOST_RECORDS):
        if record.rec_type in KINDS and media_type(record) in PAGES:
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            yield record.content_stream().read(MOST_BYTES + 1), address


def media_type(record: Any) -> str:
    """Return the media type of what a record of an archive holds."""
    headers = record.http_headers or record.rec_headers
    return (headers.get_header("Content-Type") or "").split(";")[0].strip().lower()


def page_of(content: bytes, address: str) -> Page:
    """Return the text of a page, and what it says of itself.

    Raises:
        Refused: it is no page, has no text or too much of it, or holds what is never kept.
    """
    is_html = b"<" in content[:UNDER] and re.search(
        rb"<(?:!doctype|html|head|body|article|p)\b", content, re.IGNORECASE
    )
    page = of_html(content, address) if is_html else of_text(content)
    if not page.text.strip():
        raise Refused(Why.NO_PAGE)
    if len(page.text) > MOST_LETTERS:
        raise Refused(Why.TOO_LARGE)
    if found := never_kept(page.text):
        raise Refused(REFUSES[found[0].kind])
    return page


def of_text(content: bytes) -> Page:
    """Return a plain text; its first line is its title.

    Raises:
        Refused: it is no text.
    """
    text = kinds.decoded(content).replace("\r\n", "\n").strip()
    return Page(text=text, title=text.split("\n", 1)[0][: SIGNS["title"]].strip())


def of_html(content: bytes, address: str) -> Page:
    """Return the article of a page, each paragraph set apart.

    Raises:
        Refused: it cannot be read.
    """
    import trafilatura  # noqa: PLC0415 (slow to load, and only where a page comes)

    try:
        found = trafilatura.bare_extraction(
            content,
            url=address or None,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            favor_recall=True,
        )
    except Exception as error:  # a parser of broken files raises whatever it likes
        raise Refused(Why.BROKEN) from error
    if found is None:
        raise Refused(Why.NO_PAGE)
    told: dict[str, Any] = found if isinstance(found, dict) else found.as_dict()
    lang = LANGUAGE.search(content[: 64 * 1024])
    return Page(
        text="\n\n".join(filter(None, (line.strip() for line in told["text"].split("\n")))),
        title=cut(told, "title", "title"),
        outlet=cut(told, "sitename", "outlet"),
        address=address[: SIGNS["address"]] or cut(told, "url", "address"),
        language=lang[1].decode().split("-")[0].lower() if lang else "",
        published_on=day(told.get("date")),
    )


def cut(told: dict[str, Any], name: str, kept_as: str) -> str:
    """Return what a page says of itself, on one line and no longer than is kept."""
    return " ".join(str(told.get(name) or "").split())[: SIGNS[kept_as]]


def day(said: Any) -> str:
    """Return a day in ISO; empty where it is none."""
    try:
        return date.fromisoformat(str(said)[:10]).isoformat()
    except ValueError:
        return ""


def archived(content: bytes, address: str) -> bytes:
    """Return a page that came as a file as a WARC with one record."""
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415 (only where a page comes)

    target = BytesIO()
    writer = WARCWriter(target, gzip=True)
    # Told by us: the writer would make files to count them, and the child may write none.
    digest = f"sha256:{b32encode(hashlib.sha256(content).digest()).decode()}"
    record = writer.create_warc_record(
        address or "urn:kinward:a-file-that-was-sent",
        "resource",
        payload=BytesIO(content),
        length=len(content),
        warc_content_type=HTML if content.lstrip()[:1] == b"<" else kinds.TEXT,
        warc_headers_dict={"WARC-Block-Digest": digest, "WARC-Payload-Digest": digest},
    )
    writer.write_record(record)
    return target.getvalue()
