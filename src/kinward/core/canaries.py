"""Looking for words in stored bytes: what a thief of the files would find without the keys."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "cp1251", "iso8859-6")
SHIFTS: Final = range(3)  # where a word can begin in the groups of three bytes of base64
QUOTE: Final = 2  # characters at each end of base64 that the bytes around a word decide too


def traces(words: Iterable[str], files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Return which words can be read in which files: (word, name of the file).

    A word is looked for as text in five encodings, as JSON and addresses escape it, as hexadecimals
    and as base64.
    """
    forms = {word: written(word) for word in words}
    return [
        (word, name)
        for name, content in files.items()
        for word, looks in forms.items()
        if any(look in content for look in looks)
    ]


def written(word: str) -> set[bytes]:
    """Return the forms that a word can stand in a file in."""
    plain = {
        word.encode(encoding, errors="ignore")
        for encoding in ENCODINGS
        if word.encode(encoding, errors="ignore").decode(encoding) == word
    }
    text = word.encode()
    escaped = {json.dumps(word)[1:-1].encode(), quote(word).encode()}
    in_hex = {text.hex().encode(), text.hex().upper().encode()}
    return plain | escaped | in_hex | {in_base64(text, shift) for shift in SHIFTS}


def in_base64(text: bytes, shift: int) -> bytes:
    """Return the part of the base64 of a text that what stands around it does not change."""
    encoded = base64.b64encode(b"\0" * shift + text).rstrip(b"=")
    return encoded[QUOTE * bool(shift) + (shift > 1) : -QUOTE]


def stored_files(*folders: Path) -> dict[str, bytes]:
    """Return every file in these folders: databases, their write-ahead logs, key stores, logs."""
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): path.read_bytes() for path in files}


def stored_rows() -> dict[str, bytes]:
    """Return what every table of the database holds: of a server, we do not have the files."""
    held: dict[str, bytes] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 (a name)
            held[table] = b"\n".join(as_bytes(value) for row in cursor for value in row)
    return held


def as_bytes(value: object) -> bytes:
    """Return a value of a column as bytes."""
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
