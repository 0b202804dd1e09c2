"""Codes of documents: short enough to be typed from paper, and drawn so that a camera reads them.

Ten letters and digits of Crockford's base 32, which has neither I, L, O nor U: 50 bits of chance.
"""

from __future__ import annotations

import re
import secrets
from functools import lru_cache
from typing import Final

LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 10
READ_AS: Final = str.maketrans("OIL", "011")  # as people and cameras read them
UNIT: Final = 4  # pixels a module, where the code is not scaled


def new_code() -> str:
    """Return a code that nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def plain_code(typed: str) -> str:
    """Return a code as it is stored, however it was typed: 7F3K2-9QX4M is 7F3K29QX4M."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper()).translate(READ_AS)[:LENGTH]


def shown_code(code: str) -> str:
    """Return a code in two halves, as it is printed."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


@lru_cache(maxsize=64)
def matrix_uri(text: str) -> str:
    """Return a QR code of a text as an image in a data URI; its size is for the page to say."""
    import segno  # noqa: PLC0415 (a server that prints nothing pays nothing)

    # Level M: a fifth of the code may be creased or dirty.
    drawn = segno.make_qr(text, error="m")
    return drawn.svg_data_uri(scale=UNIT, border=4, omitsize=True, xmldecl=False)
