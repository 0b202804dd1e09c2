"""Pages of a document: a template in a language, written as HTML, then made into tagged PDF.

Nothing is fetched: the letters come with the program, pictures are in the page, and any other
address is refused. The same page at the same moment is the same file, byte for byte.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import threading
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string
from django.utils import translation

from kinward.core.keys import secret_for
from kinward.core.printing import fonts
from kinward.core.printing.codes import matrix_uri, shown_code
from kinward.core.wording import day, isolate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from weasyprint.urls import URLFetcher, URLFetcherResponse

PLACE_OF_MARK: Final = "<!--mark-->"
DATA: Final = "data:image/"
LETTERS: Final = "FONTCONFIG_FILE"  # which letters a process sees
ONE_AT_A_TIME: Final = threading.Lock()
VARIANT: Final = "pdf/ua-1"  # ISO 14289-1: tagged, so that it can be read aloud
SHOWN_OF_DIGEST: Final = 16  # hexadecimals that are printed: 64 bits


class AddressRefused(ValueError):
    """A page names something outside of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A document before it is made: what it is written with, and in which language."""

    template: str
    language: str
    title: str
    context: dict[str, Any] = field(default_factory=dict)
    watermark: str = ""  # who reads it and when, behind every page


def watermark(reader: str, on: date) -> str:
    """Return what stands behind every page: who reads it and when, in either direction."""
    return f"{isolate(reader)} · {isolate(day(on))}"


def written(sheet: Sheet, *, at: datetime) -> str:
    """Return a document as HTML, with an empty place for its mark."""
    with translation.override(sheet.language):
        moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        more = {"sheet": sheet, "created": moment, "now": at, "faces": fonts.faces()}
        return render_to_string(sheet.template, sheet.context | more)


def digest_of(text: str | bytes) -> str:
    """Return the HMAC-SHA256 of a text or a file, in hexadecimals.

    With a key: whoever steals the list of digests cannot try out what a page may have said.
    """
    content = text.encode() if isinstance(text, str) else text
    return hmac.digest(secret_for("core.imprint"), content, "sha256").hex()


def marked(html: str, *, sheet: Sheet, code: str, address: str) -> str:
    """Return a page with its mark: the code, what the page says as a digest, both for a camera.

    `address` is where a document is checked; it may be empty.
    """
    digest = digest_of(html)[:SHOWN_OF_DIGEST]
    link = f"{address}?code={code}&digest={digest}" if address else f"{code} {digest}"
    shown = {"code": shown_code(code), "digest": digest, "matrix": matrix_uri(link)}
    with translation.override(sheet.language):
        mark = render_to_string("printing/mark.html", shown | {"address": address})
    return html.replace(PLACE_OF_MARK, mark)


def pdf(html: str) -> bytes:
    """Return a page as PDF.

    Raises:
        AddressRefused: it names something that does not come with it.
        ImproperlyConfigured: the letters were not built; without any the library would crash.
    """
    if missing := [path.name for path in fonts.files().values() if not path.exists()]:
        raise ImproperlyConfigured(f"Not built: {', '.join(missing)}. Run python hatch_build.py")
    with no_other_letters():
        from PIL import ImageFile  # noqa: PLC0415 (as below)
        from weasyprint import HTML  # noqa: PLC0415 (three seconds: paid by who prints)
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

        ImageFile.LOAD_TRUNCATED_IMAGES = False  # the library says yes for the whole process

        page = HTML(string=html, base_url=None, url_fetcher=own_fetcher())
        identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
        made: bytes = page.write_pdf(
            font_config=FontConfiguration(),
            pdf_variant=VARIANT,
            pdf_identifier=identifier,
        )
    return made


@contextmanager
def no_other_letters() -> Iterator[None]:
    """Hide the machine's letters from what is done here, one thread at a time.

    Afterwards they are as before: a browser that this process starts later would crash without any.
    """
    with ONE_AT_A_TIME:
        before = os.environ.get(LETTERS)
        os.environ[LETTERS] = str(fonts.NO_OTHERS)
        warnings.filterwarnings("ignore", "No fonts configured", UserWarning)  # as is meant
        try:
            yield
        finally:
            del os.environ[LETTERS]
            if before is not None:
                os.environ[LETTERS] = before


def own_fetcher() -> URLFetcher:
    """Return what fetches letters that came along and pictures in the page, and nothing else."""
    from weasyprint.urls import (  # noqa: PLC0415 (as above)
        FatalURLFetchingError,
        URLFetcher,
        URLFetcherResponse,
    )

    known = fonts.files()

    class OwnFetcher(URLFetcher):  # type: ignore[misc]  # the library publishes no types
        """Refuses whatever lies outside."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            """Return what an address names."""
            if url in known:
                kind = {"Content-Type": "font/woff2"}
                return URLFetcherResponse(url, known[url].read_bytes(), kind)
            if url.startswith(DATA):
                return super().fetch(url, headers)
            raise FatalURLFetchingError(url.partition(":")[0]) from AddressRefused

    return OwnFetcher(allowed_protocols=["data"])
