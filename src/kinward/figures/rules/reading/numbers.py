"""The quantities of a sentence: digits and words, with how they are put."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from kinward.figures.models.words import Operator
from kinward.figures.rules.reading.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kinward.figures.rules.reading.lexicon import Lexicon

HUNDRED: Final = 100
BEFORE: Final = 40  # signs before a number among which its operator stands
MONTHS: Final = 12
PLACES: Final = 3  # decimals that are kept of a share


class Kind(StrEnum):
    """What sort of quantity it is."""

    COUNT = "count"
    VAGUE = "vague"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number of a sentence. `start` is where its operator starts, `at` where the number does."""

    start: int
    at: int
    end: int
    operator: Operator = Operator.EXACT
    low: float | None
    high: float | None = None
    kind: Kind = Kind.COUNT
    digits: bool = False  # written in digits
    unit_said: str = ""  # what stood between the two ends of a range: "months"


def quantities(sentence: str, lexicon: Lexicon) -> list[Quantity]:
    """Return the quantities of a sentence, in order; none within another."""
    found: list[Quantity] = []
    told = [*shares(sentence, lexicon), *vague(sentence, lexicon), *numbers(sentence, lexicon)]
    for one in told:
        if not any(one.at < other.end and other.at < one.end for other in found):
            found.append(one)
    found = ranged(sorted(found, key=lambda one: one.at), sentence, lexicon)
    return [with_operator(one, sentence, lexicon) for one in found]


def numbers(sentence: str, lexicon: Lexicon) -> Iterator[Quantity]:
    """Yield numbers in digits and in words."""
    for found in numeral(lexicon).finditer(sentence):
        said = found.group()
        value = value_of(said, lexicon)
        if value is not None:
            yield Quantity(
                start=found.start(),
                at=found.start(),
                end=found.end(),
                low=value,
                digits=said[0].isdigit(),
            )


@cache
def numeral_of(told: tuple[tuple[str, ...], tuple[str, ...], str]) -> re.Pattern[str]:
    """Return the pattern of a number: its words, what multiplies, and its digits."""
    numerals, scales, digits = told
    word, scale = words(*numerals), words(*scales)
    one = rf"\b(?:{word}|{scale})\b"
    joined = rf"(?:[\s-]+{one}|(?<=hundred)\s+and\s+{one}|(?<=thousand)\s+and\s+{one})"
    start = rf"\b(?:an?\s+(?:{scale})|{word}|тысяч[аиу]?)\b"
    return re.compile(
        rf"(?<![\w.,/-])(?:{digits})(?:[\s\u00a0-]?(?:{scale})\b\.?)?|{start}{joined}*",
        re.IGNORECASE,
    )


def numeral(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of a number in this language."""
    return numeral_of((tuple(lexicon.numerals), tuple(lexicon.scales), lexicon.digits.pattern))


def value_of(said: str, lexicon: Lexicon) -> float | None:
    """Return the value of a number; None where it is none."""
    digits = lexicon.digits.match(said)
    if not digits:
        return value_of_words(re.split(r"[\s-]+", said.lower()), lexicon)
    plain = re.sub(r"[\s\u00a0\u202f]", "", digits.group())
    plain = plain.replace("," if lexicon.decimal == "." else " ", "").replace(lexicon.decimal, ".")
    scale = said[digits.end() :].strip(" \u00a0-.").lower()
    return round(float(plain) * lexicon.scales.get(scale, 1), PLACES)


def value_of_words(said: list[str], lexicon: Lexicon) -> float | None:
    """Return the value of a number in words: "two thousand three hundred and five"."""
    total, part = 0, 0
    for word in said:
        if word in lexicon.numerals:
            part += lexicon.numerals[word]
        elif lexicon.scales.get(word) == HUNDRED:
            part = max(part, 1) * HUNDRED
        elif word in lexicon.scales:
            total += max(part, 1) * lexicon.scales[word]
            part = 0
        elif word not in {"and", "a", "an"}:
            return None
    return total + part


def vague(sentence: str, lexicon: Lexicon) -> Iterator[Quantity]:
    """Yield what is said by words of number only: "several hundred"."""
    for told, operator in lexicon.vague:
        for found in re.finditer(rf"\b(?:{told})(?!\w)", sentence, re.IGNORECASE):
            yield Quantity(
                start=found.start(),
                at=found.start(),
                end=found.end(),
                operator=operator,
                low=None,
                kind=Kind.VAGUE,
            )


def shares(sentence: str, lexicon: Lexicon) -> Iterator[Quantity]:
    """Yield parts of a whole: "two thirds", "four in ten", "15 %"."""
    for told, value in lexicon.shares:
        for found in re.finditer(rf"\b(?:{told})(?!\w)", sentence, re.IGNORECASE):
            yield share(found.start(), found.end(), value)
    for found in lexicon.among.finditer(sentence):
        part = value_of(found["part"], lexicon)
        whole = value_of(found["whole"], lexicon)
        if part is not None and whole and part < whole:
            yield share(found.start(), found.end(), part / whole)
    for found in numeral(lexicon).finditer(sentence):
        sign = lexicon.percent.match(sentence, found.end())
        percent = value_of(found.group(), lexicon)
        if sign and percent is not None:
            yield share(found.start(), sign.end(), percent / 100)


def share(start: int, end: int, value: float) -> Quantity:
    """Return a part of one."""
    return Quantity(start=start, at=start, end=end, low=round(value, PLACES), kind=Kind.SHARE)


def ranged(found: list[Quantity], sentence: str, lexicon: Lexicon) -> list[Quantity]:
    """Return the quantities with the two ends of each range as one."""
    told: list[Quantity] = []
    for one in found:
        joined = told and joined_to(told[-1], one, sentence, lexicon)
        if joined:
            told[-1] = joined
        else:
            told.append(one)
    return told


def joined_to(
    first: Quantity, second: Quantity, sentence: str, lexicon: Lexicon
) -> Quantity | None:
    """Return the range of two numbers; None where they are two."""
    if {first.kind, second.kind} != {Kind.COUNT} or first.high is not None:
        return None
    low, high = float(first.low or 0), float(second.low or 0)
    before, between = sentence[: first.at], sentence[first.end : second.at]
    months = lexicon.months_old.match(between)
    after = between[months.end() :] if months else between
    low = round(low / MONTHS, PLACES) if months else float(low)
    for start, middle in lexicon.ranges:
        opened = re.search(start, before, re.IGNORECASE)
        if opened and re.fullmatch(middle, after, re.IGNORECASE) and low < high:
            return replace(
                first,
                start=opened.start(),
                end=second.end,
                low=low,
                high=high,
                operator=Operator.RANGE,
                unit_said=months.group() if months else "",
            )
    return None


def with_operator(one: Quantity, sentence: str, lexicon: Lexicon) -> Quantity:
    """Return a quantity with how it is put: "more than", "about"."""
    if one.kind == Kind.VAGUE or one.high is not None:
        return one
    before = sentence[max(0, one.at - BEFORE) : one.at]
    for told, operator in lexicon.operators:
        found = re.search(rf"\b(?:{told})\s+(?:only\s+|the\s+|ещё\s+)?$", before, re.IGNORECASE)
        if found:
            return replace(one, operator=operator, start=one.at - len(before) + found.start())
    return one
