"""Numbers, dates and spans as people of each language write them: one place for every screen.

Digits are Western in every language, so that what is read out over a telephone is read alike.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final
from unicodedata import bidirectional

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_timedelta
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from decimal import Decimal

# English with the day before the month, as the rest of the programme's languages have it.
LOCALES: Final = {"en": "en_GB"}
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ku", "ur"})
STRONG: Final = {"L": "ltr", "R": "rtl", "AL": "rtl"}
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def locale() -> Locale:
    """Return the locale of the language in use."""
    language = (get_language() or "en").replace("-", "_")
    return Locale.parse(LOCALES.get(language, language))


def reads_right_to_left() -> bool:
    """Tell whether the language in use is written from right to left."""
    return locale().language in RIGHT_TO_LEFT


def isolate(text: object) -> str:
    """Wrap a name so that its direction leaves the sentence alone (UAX 9: FSI and PDI)."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def direction_of(text: str) -> str:
    """Return in which direction a text runs, by its first letter (UAX 9, P2); "" if it has none."""
    strong = (STRONG.get(bidirectional(letter)) for letter in text)
    return next(filter(None, strong), "")


def language_name(code: str) -> str:
    """Return what a language is called in the language in use; of a code nobody knows, itself."""
    return str(locale().languages.get(code, code))


def number(value: float, places: int = 0) -> str:
    """Return the number grouped, with at most that many decimals."""
    pattern = "#,##0" + ("." + "#" * places if places else "")
    return format_decimal(value, format=pattern, locale=locale())


def signed(value: float, places: int = 1) -> str:
    """Return the number with its sign, a true minus included, isolated from text around it."""
    pattern = "#,##0" + ("." + "0" * places if places else "")
    written = format_decimal(abs(round(value, places)), format=pattern, locale=locale())
    sign = "+" if round(value, places) > 0 else "\u2212" if round(value, places) < 0 else ""
    return f"\u2066{sign}{written}{POP_ISOLATE}"


def money(amount: Decimal, currency: str) -> str:
    """Return an amount of a currency by its code (ISO 4217), isolated from text around it."""
    pattern = "#,##0.## ¤¤"
    return isolate(
        format_currency(amount, currency, pattern, locale=locale(), currency_digits=False)
    )


def percent(share: float) -> str:
    """Return a share of 0 to 1 in per cent; never 0 or 100 for what is merely near."""
    if 0 < share < 0.01:  # noqa: PLR2004 (one per cent)
        return _("less than %(percent)s") % {"percent": format_percent(0.01, locale=locale())}
    if 0.99 < share < 1:  # noqa: PLR2004 (all but one per cent)
        return _("more than %(percent)s") % {"percent": format_percent(0.99, locale=locale())}
    return format_percent(share, locale=locale())


def day(value: date | datetime) -> str:
    """Return the day as people say it: 30 December 2018."""
    return format_date(value, format="long", locale=locale())


def moment(value: datetime) -> str:
    """Return day and time in the time zone in use."""
    return format_datetime(timezone.localtime(value), format="d MMM y, HH:mm", locale=locale())


def ago(value: datetime, *, now: datetime) -> str:
    """Return how long ago something was, in its largest unit: 3 days ago."""
    return format_timedelta(value - now, add_direction=True, locale=locale())


def listed(items: Iterable[object]) -> str:
    """Return the items as one phrase: A, B and C."""
    return format_list([str(item) for item in items], locale=locale())


def written_date(text: str) -> str:
    """Return a partial date of ISO 8601-2 (EDTF) in words; what is not understood stays as it is.

    Understands what the programme writes: a year, month or day, uncertain (?), approximate (~) or
    both (%), a decade (201X), a span (2012/2014) and a choice ([2012,2013]).
    """
    for pattern, phrase in PHRASES:
        found = pattern.fullmatch(text.strip())
        if found:
            return phrase(found)
    return text


def plain_date(text: str) -> str:
    """Return a year, a month of a year or a day in words."""
    parts = [int(part) for part in text.split("-")]
    year, month, on = [*parts, 1, 1][:3]
    try:
        read = date(year, month, on)
    except ValueError:
        return text
    if len(parts) == 1:
        return text
    if len(parts) == 2:  # noqa: PLR2004 (year and month)
        return format_skeleton("yMMMM", read, locale=locale())
    return day(read)


PLAIN: Final = r"(\d{4}(?:-\d\d){0,2})"
PHRASES: Final[list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]] = [
    (re.compile(PLAIN), lambda found: plain_date(found[1])),
    (
        re.compile(PLAIN + "[~%]"),
        lambda found: _("about %(date)s") % {"date": plain_date(found[1])},
    ),
    (
        re.compile(PLAIN + r"\?"),
        lambda found: _("perhaps %(date)s") % {"date": plain_date(found[1])},
    ),
    (
        re.compile(r"(\d{3})X"),
        lambda found: (
            _("between %(first)s and %(last)s") % {"first": f"{found[1]}0", "last": f"{found[1]}9"}
        ),
    ),
    (
        re.compile(PLAIN + "[~?%]?/" + PLAIN + "[~?%]?"),
        lambda found: (
            _("between %(first)s and %(last)s")
            % {"first": plain_date(found[1]), "last": plain_date(found[2])}
        ),
    ),
    (
        re.compile(r"\[" + PLAIN + r",\s*" + PLAIN + r"\]"),
        lambda found: (
            _("%(first)s or %(last)s")
            % {"first": plain_date(found[1]), "last": plain_date(found[2])}
        ),
    ),
]
