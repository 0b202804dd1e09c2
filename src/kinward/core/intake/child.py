"""The process that opens a file from outside: no secrets, little memory, little time, no files.

Reads the file from its input. Writes one line of JSON to its output, {"why"} or {"media_type",
"sizes"}, and then the parts of these sizes in bytes. Of a table the part is its rows as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from typing import Final

from kinward.core.intake.refusals import Refused

MEMORY: Final = 1024 * 1024 * 1024  # bytes of address space
SECONDS: Final = 20  # of the processor
LIMITS: Final = (
    (resource.RLIMIT_AS, MEMORY),
    (resource.RLIMIT_CPU, SECONDS),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_NOFILE, 64),
)


def main(kind: str) -> None:
    """Take one file: a "photo", a "table", a "page", or any other "file"."""
    for limit, most in LIMITS:
        resource.setrlimit(limit, (most, most))
    # Only now, so that decoders are loaded under the limits.
    from kinward.core.intake.images import redraw  # noqa: PLC0415
    from kinward.core.intake.pages import HTML, read_page  # noqa: PLC0415
    from kinward.core.intake.tables import SHEET, rows_of_workbook  # noqa: PLC0415
    from kinward.core.intake.texts import inspect  # noqa: PLC0415

    content = sys.stdin.buffer.read()
    parts: list[bytes] = []
    try:
        if kind == "photo":
            photo = redraw(content)
            media_type, parts = photo.media_type, [photo.thumbnail, photo.content]
        elif kind == "table":
            media_type, parts = SHEET, [json.dumps(rows_of_workbook(content)).encode()]
        elif kind == "page":
            page, copy = read_page(content)
            media_type, parts = HTML, [json.dumps(asdict(page)).encode(), copy]
        else:
            media_type = inspect(content).media_type
    except Refused as refused:
        head = json.dumps({"why": refused.why})
    else:
        head = json.dumps({"media_type": media_type, "sizes": [len(part) for part in parts]})
    sys.stdout.buffer.write(head.encode() + b"\n" + b"".join(parts))


if __name__ == "__main__":
    main(sys.argv[1])
