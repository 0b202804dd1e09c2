"""What a quantity counts, and whether it is a claim at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kinward.figures.models.words import Operator, Unit
from kinward.figures.rules.reading.numbers import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kinward.figures.rules.reading.lexicon import Lexicon
    from kinward.figures.rules.reading.numbers import Quantity

AHEAD: Final = 5  # words after a number among which its noun stands
WORD: Final = re.compile(r"[\w’'-]+")
STOP: Final = re.compile(r"[.;:,()“”«»\"!?]|\s[–—-]\s")
OF_OTHERS: Final = frozenset(
    {"of", "from", "in", "with", "by", "for", "to", "on", "at", "из", "в", "для", "с", "на", "у"}
)
WEAK: Final = frozenset({"от"})
DAYS: Final = 32
YEARS: Final = range(1900, 2100)
BESIDE: Final = 2  # signs between a noun and an age that describes it


class Counted(NamedTuple):
    """What a quantity counts. `end` is where the words that say so end."""

    unit: Unit | None  # None: what was counted before
    end: int
    is_part: bool = False


def counted(
    one: Quantity, sentence: str, lexicon: Lexicon, before: Sequence[Counted]
) -> Counted | None:
    """Return what a quantity counts; None where it is no claim."""
    if is_age(one, sentence, lexicon):
        return of_age(one, sentence, lexicon, before)
    if one.kind == Kind.SHARE:
        return of_share(one, sentence, lexicon)
    if is_none(one, sentence, lexicon):
        return None
    return of_people(one, sentence, lexicon) or without_noun(one, sentence, lexicon, before)


def opening(one: Quantity, sentence: str, lexicon: Lexicon) -> re.Match[str] | None:
    """Return the words before a number that tell of an age: "aged", "в возрасте от"."""
    before = lexicon.age_before.search(sentence[: one.start] + " ")
    return before or lexicon.age_before.search(sentence[: one.at])


def is_age(one: Quantity, sentence: str, lexicon: Lexicon) -> bool:
    """Tell whether a number is an age, by the words before or after it."""
    opened = opening(one, sentence, lexicon)
    strong = opened is not None and opened[0].strip() not in WEAK
    return strong or bool(lexicon.age_after.match(sentence, one.end))


def of_age(
    one: Quantity, sentence: str, lexicon: Lexicon, before: Sequence[Counted]
) -> Counted | None:
    """Return the ages of a group; None for the age of one, and where ages only say who is counted.

    "Eight children aged 11 to 17" are a claim of eight, not one of ages.
    """
    if one.operator != Operator.RANGE:
        return None
    opened = opening(one, sentence, lexicon)
    start = min(one.start, opened.start() if opened else one.start)
    if any(
        0 <= start - other.end <= BESIDE and sentence[other.end : start].isspace()
        for other in before
    ):
        return None
    closed = lexicon.age_after.match(sentence, one.end)
    return Counted(Unit.AGE, closed.end() if closed else one.end)


def of_share(one: Quantity, sentence: str, lexicon: Lexicon) -> Counted | None:
    """Return that a part of a whole is told of, where it is one of people or of a country."""
    part = lexicon.of_them.match(sentence, one.end)
    if part:
        return Counted(Unit.SHARE, part.end(), is_part=True)
    noun = noun_after(one, sentence, lexicon)
    of_something = re.match(r"\s+of (?:the |all |its |their )?\w+", sentence[one.end :])
    if noun:
        return Counted(Unit.SHARE, noun.end)
    return Counted(Unit.SHARE, one.end + of_something.end()) if of_something else None


def is_none(one: Quantity, sentence: str, lexicon: Lexicon) -> bool:
    """Tell whether a number is a date, a route, money, a distance, a duration, one of something."""
    before, low = sentence[: one.start], one.low or 0
    if one.kind == Kind.VAGUE:
        return False
    if lexicon.no_count_before.search(before) or lexicon.no_count_after.match(sentence, one.end):
        return True
    month = "|".join(lexicon.months)
    if re.match(rf"\s+(?:{month})\b", sentence[one.end :], re.IGNORECASE):
        return True
    dated = re.search(rf"\b(?:{month})\s+$", before, re.IGNORECASE) and low < DAYS
    if dated and not of_people(one, sentence, lexicon):
        return True
    alone = low in YEARS and one.digits and "," not in sentence[one.at : one.end]
    if alone and not of_people(one, sentence, lexicon):
        return True
    in_apposition = re.search(r"\w, $", before) and re.match(r",\s", sentence[one.end :])
    return bool(one.digits and in_apposition) or is_one_of(one, sentence)


def is_one_of(one: Quantity, sentence: str) -> bool:
    """Tell whether a single one is meant of whom a story is told: "one boy of nine"."""
    if one.low != 1 or one.digits or one.operator != Operator.EXACT:
        return False
    return one.at == 0 or bool(re.match(r"\s+(?:of|another|из)\b", sentence[one.end :]))


def of_people(one: Quantity, sentence: str, lexicon: Lexicon) -> Counted | None:
    """Return the people that the words after a number name."""
    noun = noun_after(one, sentence, lexicon)
    part = lexicon.of_them.match(sentence, one.end)
    if part:
        said = lexicon.are.match(sentence, part.end())
        unit = unit_of(said["unit"], lexicon) if said else None
        return Counted(unit or unit_of_part(part[0], lexicon), part.end(), is_part=True)
    if noun is None:
        return None
    if lexicon.names_before.search(sentence[: one.start]):
        noun = noun._replace(unit=Unit.NAMES)
    return noun._replace(is_part=bool(lexicon.of_them_before.search(sentence[: one.start])))


def noun_after(one: Quantity, sentence: str, lexicon: Lexicon) -> Counted | None:
    """Return the first noun of people after a number, in its clause."""
    stop = STOP.search(sentence, one.end)
    tail = sentence[one.end : stop.start() if stop else len(sentence)]
    for number, word in enumerate(WORD.finditer(tail)):
        if number == AHEAD or (number and word[0].lower() in OF_OTHERS):
            return None
        elliptic = lexicon.elliptic.match(tail[max(word.start() - 1, 0) :])
        if elliptic and word[0] not in {"others", "other"}:
            return None
        if unit := unit_of(word[0], lexicon):
            end = one.end + word.end()
            return with_second(unit, end, sentence, lexicon)
    return None


def with_second(unit: Unit, end: int, sentence: str, lexicon: Lexicon) -> Counted:
    """Return a unit with a second that is counted together with it: "women and children"."""
    found = re.match(rf"{lexicon.conjunction}(\w+)", sentence[end:])
    second = unit_of(found[1], lexicon) if found else None
    if found and second and (unit, second) in lexicon.both:
        return Counted(lexicon.both[unit, second], end + found.end())
    return Counted(unit, end)


def without_noun(
    one: Quantity, sentence: str, lexicon: Lexicon, before: Sequence[Counted]
) -> Counted | None:
    """Return that a number counts what was counted before: "and another three were from …"."""
    said = lexicon.are.match(sentence, one.end)
    unit = unit_of(said["unit"], lexicon) if said else None
    part = lexicon.of_them_before.search(sentence[: one.start])
    if said and unit:
        return Counted(unit, said.end(), is_part=True)
    if part:
        return Counted(unit_of_part(part[0], lexicon), one.end, is_part=True)
    if lexicon.elliptic.match(sentence, one.end):
        return Counted(None, one.end)
    rounded = one.operator != Operator.EXACT and one.kind == Kind.COUNT
    ends = STOP.match(sentence, one.end) or one.end == len(sentence)
    named = re.search(r"\b[A-ZА-ЯЁ]\w+ $", sentence[: one.at])
    listed = re.match(r",?\s(?:and )?[A-Z]\w+ \w+\b", sentence[one.end :])
    if ends and (rounded or (named and (before or listed))):
        return Counted(None, one.end)
    return None


def unit_of(word: str, lexicon: Lexicon) -> Unit | None:
    """Return what a noun counts; None where it is not people."""
    for told, unit in lexicon.units:
        if re.fullmatch(told, word, re.IGNORECASE):
            return unit
    return None


def unit_of_part(words: str, lexicon: Lexicon) -> Unit | None:
    """Return the unit that "of the children" names; None for "of them"."""
    return next(filter(None, (unit_of(word, lexicon) for word in WORD.findall(words))), None)
