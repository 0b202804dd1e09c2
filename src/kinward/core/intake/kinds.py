"""What kind of file it is, by its content: the name is what a sender says, and is not asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kinward.core.intake.archives import unpack
from kinward.core.intake.refusals import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Mapping

PDF: Final = "application/pdf"
TEXT: Final = "text/plain"
OFFICE: Final = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."
# The folder of an Office document, and the media type it makes (ECMA-376 part 1, 11 to 13).
OFFICE_FOLDERS: Final[Mapping[str, str]] = {
    "word/": f"{OFFICE}wordprocessingml.document",
    "xl/": f"{OFFICE}spreadsheetml.sheet",
    "ppt/": f"{OFFICE}presentationml.presentation",
}
OPEN_KINDS: Final = frozenset({"text", "spreadsheet", "presentation"})
MACROS: Final = re.compile(r"vbaProject|(?:^|/)(?:Basic|Scripts)/|macrosheets/", re.IGNORECASE)
PHOTOS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
# How recordings begin. An MPEG-4 file is one of sound if it has no track of pictures.
SOUNDS: Final[tuple[tuple[re.Pattern[bytes], str], ...]] = (
    (re.compile(rb"ID3|\xff[\xf2\xf3\xfa\xfb]"), "audio/mpeg"),
    (re.compile(rb"RIFF....WAVE", re.DOTALL), "audio/wav"),
    (re.compile(rb"OggS"), "audio/ogg"),
    (re.compile(rb"fLaC"), "audio/flac"),
    (re.compile(rb"#!AMR(?:-WB)?\n"), "audio/amr"),
    (
        re.compile(rb"\0\0..ftyp(?:M4A |M4B |mp4[12]|isom|iso[2-6]|3gp[4-7])", re.DOTALL),
        "audio/mp4",
    ),
)
PICTURE_TRACK: Final = b"hdlr\0\0\0\0\0\0\0\0vide"
CONTROL: Final = re.compile(r"[\0-\x08\x0e-\x1f\x7f]")


def is_photo(content: bytes) -> bool:
    """Tell whether a file begins as a photograph of the formats that are drawn anew."""
    return content.startswith(PHOTOS) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")


def kind_of(content: bytes) -> tuple[str, dict[str, bytes]]:
    """Return the media type of a file that is kept as it is, and the parts of an archive.

    Raises:
        Refused: it is none of the kinds that are kept.
    """
    if content.startswith(b"%PDF-"):
        return PDF, {}
    if content.startswith(b"PK\x03\x04"):
        parts = unpack(content, lambda name: name == "mimetype" or name.endswith(".xml"))
        return _office(parts), parts
    for begins, media_type in SOUNDS:
        if begins.match(content) and PICTURE_TRACK not in content:
            return media_type, {}
    decoded(content)
    return TEXT, {}


def _office(parts: dict[str, bytes]) -> str:
    """Return the media type of an office document by its parts.

    Raises:
        Refused: it has macros, or is another archive.
    """
    if any(MACROS.search(name) for name in parts):
        raise Refused(Why.MACROS)
    declared = parts.get("mimetype", b"").decode("ascii", "replace")
    if declared.removeprefix(OPEN_DOCUMENT) in OPEN_KINDS:
        return declared
    for folder, media_type in OFFICE_FOLDERS.items():
        if "[Content_Types].xml" in parts and any(name.startswith(folder) for name in parts):
            return media_type
    raise Refused(Why.UNKNOWN)


def decoded(content: bytes) -> str:
    """Return a text file as text: UTF-8, or UTF-16 with its mark.

    Raises:
        Refused: it is no text.
    """
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(Why.UNKNOWN) from error
    if CONTROL.search(text) or text.lstrip()[:1] == "<":
        raise Refused(Why.UNKNOWN)  # no text, or a page or drawing that a browser would run
    return text
