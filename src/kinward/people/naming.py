"""Names as other eyes read them, dates as days: the door of this app to the matching library."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kinmatch import dates, explain, names
from kinmatch.errors import BadInput
from kinmatch.records import cells

if TYPE_CHECKING:
    from datetime import date


@lru_cache(maxsize=16_384)
def romanise(text: str) -> str:
    """Return a name or place in Latin letters, for readers of another script."""
    return names.romanise(text)


def script_of(text: str) -> str:
    """Return the script a name is written in: one of kinmatch's words, as "arabic"."""
    return names.parse(text).script.value


def in_words(reason: explain.Reason, language: str) -> str:
    """Return what a comparison says as a sentence; in English where that language is not spoken."""
    return explain.say(reason, language if language in explain.LANGUAGES else "en")


def days_of(edtf: str) -> tuple[date, date] | None:
    """Return the first and last day a date of ISO 8601-2 can mean; None if it says nothing."""
    try:
        span = dates.from_edtf(edtf)
    except BadInput:
        return None
    return (span.first, span.last) if span else None


def hijri_in_ours(year: int, month: int = 0, day: int = 0) -> str:
    """Return the days a date of the Hijri calendar can mean, in EDTF; empty if there is none.

    What is not known of the date is 0.
    """
    try:
        return str(dates.from_hijri(year, month, day))
    except BadInput:
        return ""


def days_born(age: int, as_of: str, age_to: int | None = None) -> tuple[date, date] | None:
    """Return the days someone of so many whole years on a day can be born on; None if none.

    With `age_to` the age is between the two.
    """
    told_on = days_of(as_of)
    if told_on is None:
        return None
    try:
        span = dates.from_age(f"{age}-{age if age_to is None else age_to}", dates.Span(*told_on))
    except BadInput:
        return None
    return span.first, span.last


def says_unknown(cell: str) -> bool:
    """Tell whether a cell says in a word that nobody knows, as "?" or "غير معروف"."""
    return bool(cell.strip()) and not cells.known(cell)


def sex_in(cell: str) -> str:
    """Return "female" or "male" for a word of a list, as "f" or "ذكر"; empty for any other."""
    try:
        told = cells.sex(cell)
    except BadInput:
        return ""
    return told.value if told else ""


def western_digits(cell: str) -> str:
    """Return a cell with its digits as 0 to 9, whichever they were written in."""
    return cell.translate(cells.DIGITS)


def machine_readable(text: str) -> str:
    """Return a name in the letters of a machine-readable zone, its components parted by "<"."""
    return names.machine_readable(text)


def spelled_in_documents(text: str) -> frozenset[str]:
    """Return every way documents have spelled a name, in the letters of a machine-readable zone."""
    forms = (form.machine_readable for form in names.passport_forms(text))
    return frozenset({machine_readable(text), *forms})
