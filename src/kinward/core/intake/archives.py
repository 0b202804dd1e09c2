"""Opening a zip archive that someone else made: office documents are such archives."""

from __future__ import annotations

import stat
import zipfile
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from kinward.core.intake.refusals import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_MEMBERS: Final = 2_000
MOST_UNPACKED: Final = 100 * 1024 * 1024  # bytes, of all members together
CHUNK: Final = 64 * 1024  # bytes
ENCRYPTED: Final = 0x1  # of a member's flags (APPNOTE.TXT 4.4.4)


def unpack(content: bytes, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """Return the wanted members of an archive by name; every other is kept under its name, empty.

    Sizes are checked as they are declared and again as they come out, so that no archive that lies
    about itself fills the memory.

    Raises:
        Refused: it is no archive, is locked, unpacks to too much, or names places outside itself.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            _check(members)
            left = MOST_UNPACKED
            unpacked = {}
            for member in members:
                unpacked[member.filename] = (
                    _read(archive, member, left) if wanted(member.filename) else b""
                )
                left -= len(unpacked[member.filename])
            return unpacked
    except Refused:
        raise
    except Exception as error:  # zipfile raises half a dozen kinds, zlib.error among them
        raise Refused(Why.BROKEN) from error


def _check(members: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive by what it says of itself.

    Raises:
        Refused: see `unpack`.
    """
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise Refused(Why.LOCKED)
    names = {member.filename for member in members}
    too_much = sum(member.file_size for member in members) > MOST_UNPACKED
    if len(members) > MOST_MEMBERS or len(names) < len(members) or too_much:
        raise Refused(Why.ARCHIVE)
    if any(_leads_outside(member) for member in members):
        raise Refused(Why.ARCHIVE)


def _leads_outside(member: zipfile.ZipInfo) -> bool:
    """Tell whether a member would be written elsewhere, or stands for another file."""
    path = PurePosixPath(member.filename)
    return (
        path.is_absolute()
        or ".." in path.parts
        or any(sign in member.filename for sign in "\\:\0")
        or stat.S_ISLNK(member.external_attr >> 16)
    )


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """Return a member, read piece by piece.

    Raises:
        Refused: more comes out than may, or than it declared.
    """
    read = bytearray()
    with archive.open(member) as opened:
        while piece := opened.read(CHUNK):
            read += piece
            if len(read) > min(most, member.file_size):
                raise Refused(Why.ARCHIVE)
    return bytes(read)
