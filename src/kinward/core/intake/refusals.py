"""What a file became, or why it was not taken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why a file is not taken. Its words are in `words`."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"  # bytes, pixels, pages or letters
    NO_PHOTO = "no_photo"  # neither JPEG nor PNG nor WebP
    UNKNOWN = "unknown"  # none of the kinds of file that are kept
    TWO_KINDS = "two_kinds"  # a photograph that is also something else
    BROKEN = "broken"
    LOCKED = "locked"  # with a password, so that nobody can look
    MACROS = "macros"
    SHEETS = "sheets"  # something is written on several sheets of a workbook
    ARCHIVE = "archive"  # unpacks to too much, or to places outside itself
    NO_PAGE = "no_page"  # neither a page of the web with a text, nor an archive of one
    GENETIC = "genetic"
    FACE = "face"


class Refused(Exception):
    """The file is not taken."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it is kept: `thumbnail` only of a photograph, which is drawn anew as a JPEG."""

    media_type: str
    content: bytes
    thumbnail: bytes = b""
