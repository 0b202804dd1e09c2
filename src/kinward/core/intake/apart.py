"""Handing a file to a child process, and taking its answer."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Final

from kinward.core.intake.kinds import decoded, is_photo
from kinward.core.intake.pages import Page
from kinward.core.intake.refusals import Refused, Taken, Why
from kinward.core.intake.tables import Row, is_workbook, rows_of_text

CHILD: Final = "kinward.core.intake.child"
PATIENCE: Final = 60  # seconds on the clock; the child's own limit is on the processor
# Read in any case: what the modules that open files would refuse anyway is not handed over.
MOST_BYTES: Final = 20 * 1024 * 1024


def take_photo(content: bytes) -> Taken:
    """Return a photograph drawn anew, without anything else the file held.

    Raises:
        Refused: it is not taken.
    """
    media_type, (thumbnail, display) = _ask("photo", content)
    return Taken(media_type, display, thumbnail)


def take_file(content: bytes) -> Taken:
    """Return a document or recording as it came, once it is known what it is; a picture, redrawn.

    Raises:
        Refused: it is not taken.
    """
    if is_photo(content):
        return take_photo(content)
    media_type, _parts = _ask("file", content)
    return Taken(media_type, content)


def take_table(content: bytes) -> list[Row]:
    """Return the rows of a list: of a workbook, read apart, or of a text as it is.

    Raises:
        Refused: it is not taken.
        BrokenRow: a row of a text cannot be told from the next.
    """
    if not is_workbook(content):
        return rows_of_text(decoded(content))
    _media_type, (rows,) = _ask("table", content)
    return [(number, cells) for number, cells in json.loads(rows)]


def take_page(content: bytes) -> tuple[Page, bytes]:
    """Return a page of the web and its copy for the archive, of HTML, a text or a WARC.

    Raises:
        Refused: it is not taken.
    """
    _media_type, (page, copy) = _ask("page", content)
    return Page(**json.loads(page)), copy


def _ask(kind: str, content: bytes) -> tuple[str, list[bytes]]:
    """Return the media type and the parts the child answers with.

    Raises:
        Refused: by the child, or because it fell over or took too long.
    """
    if len(content) > MOST_BYTES:
        raise Refused(Why.TOO_LARGE)
    try:
        done = subprocess.run(  # noqa: S603 (our own module, an environment with nothing in it)
            [sys.executable, "-I", "-X", "utf8", "-m", CHILD, kind],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.SubprocessError as error:
        raise Refused(Why.BROKEN) from error
    head, _, rest = done.stdout.partition(b"\n")
    answer = json.loads(head)
    if "why" in answer:
        raise Refused(Why(answer["why"]))
    parts = []
    for size in answer["sizes"]:
        parts.append(rest[:size])
        rest = rest[size:]
    return answer["media_type"], parts
