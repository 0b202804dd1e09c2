"""The text layer of a file, for the content guard. Pictures of text are not read."""

from __future__ import annotations

import html
import re
from io import BytesIO
from typing import TYPE_CHECKING, Final

from pypdf import PdfReader

from kinward.core.intake import kinds
from kinward.core.intake.refusals import Refused, Taken, Why
from kinward.core.vocabulary import Kind, never_kept

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_PAGES: Final = 500
MOST_LETTERS: Final = 2_000_000
# Where a paragraph, a cell or a row ends in the XML of office documents; other tags part no word.
ENDS: Final = re.compile(
    r"</(?:\w+:)?(?:p|h|si|c|v|row|tr|tc|table-cell|table-row)>|<(?:\w+:)?(?:br|tab|s)\b[^>]*>"
)
TAG: Final = re.compile(r"<[^>]*>")
REFUSES: Final = {Kind.GENETIC: Why.GENETIC, Kind.FACE: Why.FACE}


def inspect(content: bytes) -> Taken:
    """Return a file as it came, once it is known what it is and that its text may be kept.

    To be run in a child process: parsers are where files attack.

    Raises:
        Refused: it is of no kind that is kept, or holds what is never kept.
    """
    if not content:
        raise Refused(Why.EMPTY)
    if len(content) > MOST_BYTES:
        raise Refused(Why.TOO_LARGE)
    media_type, parts = kinds.kind_of(content)
    letters = 0
    for text in _layer(content, media_type, parts):
        letters += len(text)
        if letters > MOST_LETTERS:
            raise Refused(Why.TOO_LARGE)
        if found := never_kept(text):
            raise Refused(REFUSES[found[0].kind])
    return Taken(media_type, content)


def _layer(content: bytes, media_type: str, parts: dict[str, bytes]) -> Iterator[str]:
    """Yield the text of a file, part by part.

    Raises:
        Refused: it cannot be read.
    """
    if media_type == kinds.PDF:
        yield from _pages(content)
    elif media_type == kinds.TEXT:
        yield kinds.decoded(content)
    else:
        yield from (_written(part) for part in parts.values() if part)


def _written(part: bytes) -> str:
    """Return the text of one XML part. Tags are taken out, not parsed: no entity is followed."""
    marked = ENDS.sub("\n", part.decode("utf-8", "replace"))
    return html.unescape(TAG.sub("", marked))


def _pages(content: bytes) -> list[str]:
    """Return the text of each page of a PDF.

    Raises:
        Refused: it is broken, locked or too long.
    """
    try:
        reader = PdfReader(BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if locked else len(reader.pages)
        texts = [reader.pages[number].extract_text() for number in range(min(count, MOST_PAGES))]
    except Exception as error:  # a parser of broken files raises whatever it likes
        raise Refused(Why.BROKEN) from error
    if locked or count > MOST_PAGES:
        raise Refused(Why.LOCKED if locked else Why.TOO_LARGE)
    return texts
