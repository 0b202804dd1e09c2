"""Partial dates and told ages, as the span of days a birth can have fallen on.

A birth is written in EDTF (ISO 8601-2): "2012-05-03", "2012", "2012~" (about), "201X",
"2012/2014", "[2012,2013]", "2012/.." (open), or told as an age on a day. Both become a `Span`.
"""

from __future__ import annotations

import calendar
import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from kinmatch.errors import BadInput

YEAR_DIGITS, MONTH_DIGITS, DAY_DIGITS = 4, 7, 10  # of 2012-05-03
DECEMBER = 12
OLDEST = 120  # years; an age above it is a slip of the pen
WHOLE_DAYS = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
HIJRI_BEGAN = 227015  # day 1 of year 1, 16 July 622 (Julian), counted as Python's ordinal days
SIGHTED = 2  # days by which a month that was seen to begin may differ from one of the table
HIJRI_MONTHS, LONGEST_HIJRI_MONTH = 12, 30
AGE = re.compile(r"(\d+)(?:\s*[-–—/]\s*(\d+))?")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The days from `first` to `last`, both included.

    An open end is the first or the last day the calendar has: `date.min`, `date.max`.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise BadInput(f"a span that ends ({self.last}) before it begins ({self.first})")

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        """Return it as short as EDTF allows: "2012", "2012-05", "2011/2013", "2012-05-03/.."."""
        if self.first == self.last:
            return self.first.isoformat()
        digits = next(filter(self._says_all, (YEAR_DIGITS, MONTH_DIGITS)), DAY_DIGITS)
        first = ".." if self.first == date.min else self.first.isoformat()[:digits]
        last = ".." if self.last == date.max else self.last.isoformat()[:digits]
        return first if first == last else f"{first}/{last}"

    def _says_all(self, digits: int) -> bool:
        """Whether an interval of years, or of months, says no less than the span does."""
        first, last = self.first.isoformat()[:digits], self.last.isoformat()[:digits]
        begins = self.first == date.min or self.first == _one(first).first
        ends = self.last == date.max or self.last == _one(last).last
        return begins and ends


def _one(shortened: str) -> Span:
    """Return the days of a year or a month."""
    year, _, month = shortened.partition("-")
    first = date(int(year), int(month or 1), 1)
    last_month = date(int(year), int(month or DECEMBER), 28)
    days = calendar.monthrange(last_month.year, last_month.month)[1]
    return Span(first, last_month.replace(day=days))


@lru_cache(maxsize=65_536)  # a caseload has many children and few birthdays; parsing takes a while
def from_edtf(written: str) -> Span | None:
    """Return the days an EDTF date can mean; None where it says nothing ("../..", "XXXX").

    "~", "?" and "%" widen the span as the `edtf` package pads them (a year for a year).
    An end that is unknown ("2012/") is taken as open, never as the ten years `edtf` assumes.

    Raises:
        BadInput: it is not EDTF.
    """
    text = written.strip()
    if whole := WHOLE_DAYS.fullmatch(text):
        return _one_day(*map(int, whole.groups()), written=written)
    try:
        parsed: Any = parse_edtf(text)
        first = date.min if text.startswith("/") else _day(parsed.lower_fuzzy())
        last = date.max if text.endswith("/") else _day(parsed.upper_fuzzy())
    except (EDTFParseException, ValueError) as error:
        raise BadInput(
            f'"{written}" is not a date as ISO 8601-2 (EDTF) writes it, such as 2012, 2012-05-03,'
            " 2012~ or 2012/2014"
        ) from error
    nothing_said = first <= date(1, 12, 31) and last >= date(9999, 1, 1)
    return None if nothing_said else Span(first, last)


def from_hijri(year: int, month: int = 0, day: int = 0) -> Span:
    """Return the days a date of the lunar Hijri calendar can mean; 0 where a part is not known.

    By the arithmetical calendar (Reingold and Dershowitz, Calendrical Calculations, chapter on the
    Islamic calendar), and `SIGHTED` days more on both sides: a month begins where it is seen.

    Raises:
        BadInput: there is no such month or day.
    """
    if not 0 <= month <= HIJRI_MONTHS or not 0 <= day <= LONGEST_HIJRI_MONTH or (day and not month):
        raise BadInput(f"{year}-{month}-{day} is no date of the Hijri calendar")
    first = _hijri_day(year, month or 1) + max(day - 1, 0)
    ends = _hijri_day(year + 1, 1) if month in {0, HIJRI_MONTHS} else _hijri_day(year, month + 1)
    last = first if day else ends - 1
    return Span(date.fromordinal(first - SIGHTED), date.fromordinal(last + SIGHTED))


def _hijri_day(year: int, month: int) -> int:
    """Return the first day of a month of the arithmetical calendar, as Python's ordinal days."""
    whole_years = (year - 1) * 354 + (3 + 11 * year) // 30
    return HIJRI_BEGAN + whole_years + 29 * (month - 1) + month // 2


def from_age(written: str, as_of: Span) -> Span:
    """Return the days someone aged `written` completed years on `as_of` can be born on.

    An age may be one number or two ("5-7"). Twelve months make a year, so a child of 0 is born
    within the year before.

    Raises:
        BadInput: it is not an age, or nobody grows that old.
    """
    found = AGE.fullmatch(written.strip())
    if not found:
        raise BadInput(f'"{written}" is not an age in completed years, such as 7 or 5-7')
    youngest, oldest = sorted((int(found[1]), int(found[2] or found[1])))
    if oldest > OLDEST:
        raise BadInput(f'"{written}" is not an age in completed years from 0 to {OLDEST}')
    if as_of.first == date.min or as_of.last == date.max:
        raise BadInput(f"an age needs the day it was told on, not {as_of}")
    if as_of.first.year <= OLDEST + 1:
        raise BadInput(f"{as_of} is too early for the day an age was told on")
    after = _years_before(as_of.first, oldest + 1)
    return Span(after + timedelta(days=1), _years_before(as_of.last, youngest))


def _one_day(year: int, month: int, day: int, *, written: str) -> Span:
    try:
        only = date(year, month, day)
    except ValueError as error:
        raise BadInput(f'"{written}" is not a day of the calendar') from error
    return Span(only, only)


def _day(moment: Any) -> date:
    """Turn what `edtf` returns (a struct_time, or ±infinity for an open end) into a day."""
    if isinstance(moment, float):
        return date.min if moment == -math.inf else date.max
    if moment.tm_year < date.min.year:
        return date.min
    if moment.tm_year > date.max.year:
        return date.max
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)


def _years_before(day: date, years: int) -> date:
    """Return the same day that many years earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
