"""One cell of text as the value it stands for."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from kinmatch.dates import Span, from_age, from_edtf
from kinmatch.errors import BadInput
from kinmatch.records.person import Sex
from kinmatch.records.tables import BETWEEN

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run instead of showing
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("kinmatch.data").joinpath("cells.toml").read_text("utf-8"))


def known(cell: str) -> str:
    """Return the cell, trimmed; empty where it says in words that nobody knows."""
    return "" if cell.strip().casefold() in _words()["unknown"] else cell.strip()


@lru_cache(maxsize=200_000)  # few names and places, written again and again
def several(cell: str) -> tuple[str, ...]:
    """Return the values between the bars of a cell, each once, in order."""
    values = (known(value) for value in cell.split(BETWEEN))
    return tuple(dict.fromkeys(filter(None, values)))


def sex(cell: str) -> Sex | None:
    """Return the sex a cell states.

    Raises:
        BadInput: it is none of the words for it.
    """
    word = known(cell).casefold()
    if not word:
        return None
    for one in Sex:
        if word in _words()["sex"][one]:
            return one
    raise BadInput("expected female or male (f, m, ж, м, أنثى, ذكر)")


@lru_cache(maxsize=50_000)
def edtf(cell: str) -> Span | None:
    """Return the days an EDTF cell can mean, whichever digits it is written in.

    Raises:
        BadInput: it is not EDTF.
    """
    text = known(cell).translate(DIGITS)
    return from_edtf(text) if text else None


def several_edtf(cell: str) -> tuple[Span, ...]:
    """Return the dates between the bars of a cell. Raises BadInput for one that is not EDTF."""
    return tuple(span for value in several(cell) if (span := edtf(value)))


def age(cell: str, as_of: Span | None) -> Span | None:
    """Return the days someone of this age on that day can be born on.

    Raises:
        BadInput: it is not an age, or no day stands beside it.
    """
    text = known(cell).translate(DIGITS)
    if not text:
        return None
    if as_of is None:
        raise BadInput("an age needs the day it was told on in the column age_as_of")
    return from_age(text, as_of)


def harmless(cell: str) -> str:
    """Return a cell no spreadsheet takes for a formula, an apostrophe before it if need be."""
    return f"'{cell}" if cell.startswith(FORMULA) and not _is_number(cell) else cell


def unguarded(cell: str) -> str:
    """Return the cell that `harmless` was given: only where it put an apostrophe is one taken."""
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
