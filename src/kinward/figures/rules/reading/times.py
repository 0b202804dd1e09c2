"""When a sentence is of: days, months and years, counted from the day of publication."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kinward.figures.rules.reading.pieces import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kinward.figures.rules.reading.lexicon import Lexicon


YEAR: Final = (  # not "after 2012"
    r"(?<!after )(?<!before )(?<!after)(?<!before)(?<!until )\b(?P<year>(?:19|20)\d\d)\b(?![\w%])"
)
MONTH_LED: Final = re.compile(r"since |mid-|late |early ")


class Time(NamedTuple):
    """A time of a sentence: ISO, as exact as it is told; `since` where it is a start."""

    span: Span
    told: str
    since: bool = False


def times(sentence: str, lexicon: Lexicon, published_on: date) -> list[Time]:
    """Return the times of a sentence, in order."""
    found: list[Time] = []
    for one in every(sentence, lexicon, published_on):
        if not any(
            one.span.start < other.span.end and other.span.start < one.span.end for other in found
        ):
            found.append(one)
    return sorted(found)


def every(sentence: str, lexicon: Lexicon, published_on: date) -> Iterator[Time]:
    """Yield the times of a sentence, the more exact before those they contain."""
    for found in lexicon.since_began.finditer(sentence):
        yield Time(Span(*found.span()), found["year"], since=True)
    for found in dated(lexicon).finditer(sentence):
        if told := day_or_month(found, lexicon, published_on):
            yield Time(Span(*found.span()), told, since=bool(found["since"]))
    yield from counted_back(sentence, lexicon, published_on)
    for found in re.finditer(rf"(?P<since>{lexicon.since})?{YEAR}", sentence, re.IGNORECASE):
        yield Time(Span(*found.span()), found["year"], since=bool(found["since"]))


def counted_back(sentence: str, lexicon: Lexicon, published_on: date) -> Iterator[Time]:
    """Yield "last year", "on Sunday" and their like."""
    for name, words in lexicon.last.items():
        pattern = rf"(?P<since>{lexicon.since})?\b(?:{words})\b"
        for found in re.finditer(pattern, sentence, re.IGNORECASE):
            told = relative(name, published_on)
            yield Time(Span(*found.span()), told, since=bool(found["since"]))
    for number, words in enumerate(lexicon.weekdays):
        for found in re.finditer(rf"\b(?:{words})\b", sentence, re.IGNORECASE):
            back = (published_on.weekday() - number) % 7
            yield Time(Span(*found.span()), (published_on - timedelta(days=back)).isoformat())


@cache
def dated_of(since: str, months: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of a day or a month by its name."""
    month = "|".join(f"(?P<m{number}>{name})" for number, name in enumerate(months, 1))
    return re.compile(
        rf"(?P<since>{since})?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s)?\b(?:mid-|late |early )?"
        rf"(?:{month})\b(?:\s(?P<after>\d{{1,2}})(?!\d)(?=,|\s|\.|$))?(?:,?\s(?P<year>\d{{4}}))?",
        re.IGNORECASE,
    )


def dated(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of a day or a month in this language."""
    return dated_of(lexicon.since, lexicon.months)


def day_or_month(found: re.Match[str], lexicon: Lexicon, published_on: date) -> str:
    """Return a day or a month in ISO; without a year it is the one nearest to publication."""
    named = found[0].lstrip("0123456789 ")
    month = next(number for number in range(1, len(lexicon.months) + 1) if found[f"m{number}"])
    if named[:1].islower() and not lexicon.endings and not MONTH_LED.match(named):
        return ""  # "may", "march": verbs
    year = int(found["year"]) if found["year"] else nearest(month, published_on)
    day = found["day"] or found["after"]
    if not day:
        return f"{year}-{month:02}"
    try:
        return date(year, month, int(day)).isoformat()
    except ValueError:
        return ""


def nearest(month: int, published_on: date) -> int:
    """Return the year of a month told without one: at most three months ahead, else gone by."""
    ahead = (month - published_on.month) % 12
    if ahead <= 3 and month >= published_on.month:  # noqa: PLR2004 (months)
        return published_on.year
    if ahead <= 3:  # noqa: PLR2004 (months)
        return published_on.year + 1
    return published_on.year if month <= published_on.month else published_on.year - 1


def relative(name: str, published_on: date) -> str:
    """Return what "last year" and its like are."""
    if name == "last month":
        return (published_on.replace(day=1) - timedelta(days=1)).isoformat()[:7]
    if name == "last week":
        return (published_on - timedelta(days=7)).isoformat()[:7]
    if name == "yesterday":
        return (published_on - timedelta(days=1)).isoformat()
    years = {"last year": published_on.year - 1, "this year": published_on.year}
    return str(years[name]) if name in years else published_on.isoformat()
