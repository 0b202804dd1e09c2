"""What reading a text needs to know of its language: words of number, of people, of saying."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kinward.figures.models.words import Operator, State, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """One language. Patterns are tried in the order of their lines; the first that fits holds."""

    # Numbers
    numerals: Mapping[str, int]  # "seven", "семи": 7
    scales: Mapping[str, int]  # what multiplies: "thousand", "тыс": 1000
    digits: re.Pattern[str]  # a number in digits, as it is written in this language
    decimal: str  # the sign before decimals
    operators: tuple[tuple[str, Operator], ...]  # words just before a number
    vague: tuple[tuple[str, Operator], ...]  # "several hundred"
    shares: tuple[tuple[str, float], ...]  # "two thirds", as a part of one
    among: re.Pattern[str]  # "four in ten": groups `part` and `whole`
    percent: re.Pattern[str]  # after a number
    ranges: tuple[tuple[str, str], ...]  # what stands before the first and before the second number
    # People
    units: tuple[tuple[str, Unit], ...]
    both: Mapping[tuple[Unit, Unit], Unit]  # "women and children" are one unit
    conjunction: str
    elliptic: re.Pattern[str]  # what may follow a number whose noun was said before
    of_them: re.Pattern[str]  # after a number: some of those told of before
    of_them_before: re.Pattern[str]  # the same before it
    names_before: re.Pattern[str]  # "the names of" so many people: a list of names
    are: re.Pattern[str]  # "… are girls": what follows is what is counted
    no_count_before: re.Pattern[str]  # "Flight", "№", "mother of"
    no_count_after: re.Pattern[str]  # "years", "euros"
    age_before: re.Pattern[str]
    age_after: re.Pattern[str]
    months_old: re.Pattern[str]  # between the two ends of an age, or after it: months, not years
    # Who, when, where, and what is said of them
    states: tuple[tuple[str, State], ...]
    clause_ends: re.Pattern[str]
    months: tuple[str, ...]  # patterns, January first
    weekdays: tuple[str, ...]  # Monday first
    since: str
    since_began: re.Pattern[str]  # "since the programme began in 2017"
    last: Mapping[str, str]  # "last year", "last week", "this year": pattern by name
    back_then: re.Pattern[str]  # "at the time": the time told of before
    prepositions: str  # before a place
    adjectives: Mapping[str, str]  # "Iraqi" (prisons): Iraq
    endings: str  # what may follow the stem of a place


def words(*told: str) -> str:
    """Return a pattern of any of these words, the longest first."""
    return "|".join(sorted(told, key=len, reverse=True))


def pattern(told: str) -> re.Pattern[str]:
    """Return a pattern that knows no difference of case."""
    return re.compile(told, re.IGNORECASE)
