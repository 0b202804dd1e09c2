"""When somebody was born, as clerks write it in a list: dates of two calendars, ages and ranges.

A value is that of properties.Shape.BIRTH. A date of the lunar Hijri calendar keeps the words it was
written in, beside the days of ours that it can mean.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from kinward.people.naming import hijri_in_ours, western_digits
from kinward.places.rules import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

HIJRI: Final = range(1300, 1501)  # 1882 to 2077 of ours
# The solar calendar of Iran and Afghanistan reached 1405 in 2026. A lower year without a sign may
# be of either; a higher one is of the lunar calendar.
SURELY_LUNAR: Final = 1406
LUNAR: Final = re.compile(
    r"\s*(?:هـ?|هجري[ةه]?|هجرى|a\.?\s*h\.?|h\.?|hijri|г\.?\s*х\.?|(?:г(?:од[а]?)?\.?\s*)?хиджры)\s*$"
)
SOLAR: Final = re.compile(r"\s*(?:هـ?\.?\s*ش\.?|ش\.?|شمسي[ةه]?|شمسی|s\.?\s*h\.?|solar|shamsi)\s*$")
YEAR_FIRST: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
DAY_FIRST: Final = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
MONTH_NAMED: Final = re.compile(r"(?:(\d{1,2})\s+)?(\D.*?)\s+(\d{4})")
MONTHS: Final = 12
UNIT: Final = r"\s*(?:y|yrs?|years?(?: old)?|л|лет|год|года|سنة|سنوات|عام|أعوام)?\.?"
YEARS: Final = re.compile(rf"(\d{{1,3}}){UNIT}")
YEARS_RANGE: Final = re.compile(
    rf"(?:between |from |от |с |بين |من )?(\d{{1,3}}){UNIT}"
    rf"\s*(?:[-–—/]| to | and | до | по |\s*إلى |\s*الى |\s*و ?)\s*(\d{{1,3}}){UNIT}"
)

TWO_WAYS = _("Day and month can be read both ways. Write the date as 2012-05-30.")
BIRTH = _("This is no date. Write it as 2012-05-30, 2012-05 or 2012.")
TWO_CALENDARS = _(
    "This year may be of the lunar or of the solar calendar. Write هـ behind it if it is lunar; "
    "otherwise write the date in the calendar of 2012."
)
SOLAR_DATE = _("Dates of the solar calendar are not read. Write the date in the calendar of 2012.")
NO_SUCH_HIJRI = _("The Hijri calendar has no such date.")
YEARS_WRONG = _("This is no age in whole years, such as 7 or 5–7.")
NO_DAY = _("An age needs the day on which it was counted: in a column, or for the whole list.")


class Unread(ValueError):
    """It cannot be read; `words` say why."""

    def __init__(self, words: str | _StrPromise) -> None:
        super().__init__(str(words))
        self.words = words


def born_in(cell: str) -> dict[str, Any]:
    """Return the birth that a date of a list tells of.

    Raises:
        Unread: it is no date, or one that can be read in two ways.
    """
    hijri = hijri_in(cell)
    if hijri:
        return {"edtf": hijri, "written": cell.strip()}
    edtf = date_in(cell)
    if not edtf:
        raise Unread(TWO_WAYS)
    return {"edtf": edtf}


def date_in(cell: str) -> str:
    """Return a date as ISO 8601-2; empty where day and month can be read both ways.

    30.05.2012 is day first wherever dates are written with points. With strokes it may be month
    first: that is told only where one of them can be no month.
    """
    text = western_digits(cell).strip()
    written = DAY_FIRST.fullmatch(text)
    if not written:
        return text
    first, sign, second, year = int(written[1]), written[2], int(written[3]), written[4]
    if sign != "." and first != second and max(first, second) <= MONTHS:
        return ""
    day, month = (second, first) if sign != "." and second > MONTHS else (first, second)
    return f"{year}-{month:02}-{day:02}"


def hijri_in(cell: str) -> str:
    """Return the days a date of the lunar Hijri calendar can mean, in EDTF; empty of any other.

    A date needs no sign of its calendar where its year, or the name of its month, says which it is.

    Raises:
        Unread: it is of the solar calendar, or may be; or the calendar has no such day.
    """
    text = western_digits(cell).strip().casefold()
    if SOLAR.search(text):
        raise Unread(SOLAR_DATE)
    bare, marked = LUNAR.subn("", text)
    year, month, day, named = parts_of(bare)
    if year not in HIJRI:
        if marked or named:
            raise Unread(NO_SUCH_HIJRI)
        return ""
    if not marked and not named and year < SURELY_LUNAR:
        raise Unread(TWO_CALENDARS)
    found = hijri_in_ours(year, month, day)
    if not found:
        raise Unread(NO_SUCH_HIJRI)
    return found


def parts_of(text: str) -> tuple[int, int, int, bool]:
    """Return year, month and day, 0 where there is none, and whether a Hijri month is named."""
    if found := YEAR_FIRST.fullmatch(text):
        return int(found[1]), int(found[2] or 0), int(found[3] or 0), False
    if found := DAY_FIRST.fullmatch(text):
        return int(found[4]), int(found[3]), int(found[1]), False
    if found := MONTH_NAMED.fullmatch(text):
        month = months().get(fold(found[2]), 0)
        if month:
            return int(found[3]), month, int(found[1] or 0), True
    return 0, 0, 0, False


@cache
def months() -> Mapping[str, int]:
    """Return the names of the Hijri months, folded, and which month each is."""
    words = tomllib.loads(files("kinward.people.data").joinpath("hijri.toml").read_text("utf-8"))
    return {fold(name): number for number, names in enumerate(words["months"], 1) for name in names}


def aged_in(cell: str, as_of: str) -> dict[str, Any]:
    """Return the birth that an age of a list tells of, counted on the day `as_of`; or two ages.

    Raises:
        Unread: it is no age in whole years.
    """
    text = western_digits(cell).strip().casefold()
    if years := YEARS.fullmatch(text):
        return {"age": int(years[1]), "as_of": as_of}
    if years := YEARS_RANGE.fullmatch(text):
        youngest, oldest = sorted((int(years[1]), int(years[2])))
        return {"age": youngest, "age_to": oldest, "as_of": as_of}
    raise Unread(YEARS_WRONG)
