"""Writing a cell that a spreadsheet will show and not run."""

from __future__ import annotations

from typing import Final

# OWASP, "CSV Injection"; the wide forms are read as the plain ones by spreadsheets of East Asia.
STARTS: Final = tuple("=+-@|%＝＋－＠\t\r\n")
# Not trimmed as white by Python, yet skipped by spreadsheets.
SKIPPED: Final = " \u00a0\ufeff\u200b\u200e\u200f\u2060"


def cell(text: str) -> str:
    """Return a text as a cell of a CSV file: with an apostrophe in front if it would be run."""
    return f"'{text}" if text.lstrip(SKIPPED).startswith(STARTS) else text
