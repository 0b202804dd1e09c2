"""Suggestions: each quantity of people in a text, as a claim with its quote."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kinward.figures.models.words import Dimension, Operator, State, Unit
from kinward.figures.rules.claims import NO_COUNT
from kinward.figures.rules.reading import counting
from kinward.figures.rules.reading.english import ENGLISH
from kinward.figures.rules.reading.numbers import Kind, quantities
from kinward.figures.rules.reading.pieces import Span, clause, sentences, tidy
from kinward.figures.rules.reading.russian import RUSSIAN
from kinward.figures.rules.reading.speakers import Voices, credited, speaker_of
from kinward.figures.rules.reading.speaking import BACKWARDS
from kinward.figures.rules.reading.times import times
from kinward.figures.rules.reading.whereabouts import places
from kinward.figures.rules.reading.wholes import with_wholes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from kinward.figures.rules.reading.lexicon import Lexicon
    from kinward.figures.rules.reading.numbers import Quantity
    from kinward.figures.rules.reading.speakers import Said
    from kinward.figures.rules.reading.times import Time
    from kinward.figures.rules.reading.whereabouts import Place

LEXICONS: Final[Mapping[str, Lexicon]] = {"en": ENGLISH, "ru": RUSSIAN}
WORDS: Final = 200  # signs of whom a suggestion is of
MONTHS: Final = 12
LAST_WORD: Final = re.compile(r"[\w’'-]+$")
JOINTS: Final = re.compile(
    r"^(?:and|or|including|another|more|aged|that|и|а|или|ещё|в том числе|что)\b"
    r"|\b(?:and|or|to|of|include|including|another|aged|и|а|или|ещё|что)$",
    re.IGNORECASE,
)
TOLD_BEFORE: Final = 300  # signs before "of them" in which those are named
OPENING: Final = 12  # signs of a sentence in which what stands opens it
AFTER_SAID: Final = 12  # signs after "said" in which the day of saying it stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A claim that a text seems to make. `at` and `end` are where its number stands in the text."""

    at: int
    end: int
    sentence: Span
    quote: Span
    operator: Operator
    low: float | None
    high: float | None
    unit: Unit
    words: str  # of whom
    state: State = State.UNSAID
    places: tuple[str, ...] = ()
    as_of: str = ""
    since: str = ""
    speaker: str = ""
    channel: str = ""
    dimension: Dimension = Dimension.NONE
    category: str = ""
    whole: int | None = None  # where the number of the whole stands that it is a part of
    is_part: bool = False
    elliptic: bool = False  # what it counts was said before


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence being read: what is known of its text."""

    text: str
    span: Span
    lexicon: Lexicon
    said: list[Said]
    times: list[Time]
    places: list[Place]

    @property
    def sentence(self) -> str:
        """Its words."""
        return self.text[self.span.start : self.span.end]


def suggestions(
    text: str, *, language: str, published_on: date, known: Mapping[str, str]
) -> list[Suggestion]:
    """Return what a text seems to claim, in order; nothing for a language that cannot be read.

    `known` are names of places by stem, see `by_stem`.
    """
    lexicon = LEXICONS.get(language[:2])
    if lexicon is None:
        return []
    voices = Voices(language[:2], text)
    found: list[Suggestion] = []
    before: list[Time] = []
    for span in sentences(text):
        sentence = text[span.start : span.end]
        told = times(sentence, lexicon, published_on)
        if not told and lexicon.back_then.search(sentence):
            told = [one._replace(span=Span(0, 0)) for one in before[-1:]]
        before = told or before
        begins = text[: span.start].rstrip(" ").endswith("\n")
        said = voices.of(sentence, credited(paragraph(text, span)), begins=begins)
        there = places(sentence, lexicon, known)
        reading = Reading(text, span, lexicon, said, told, there)
        found = added_by(found, reading)
        found += of_sentence(reading, found)
    return with_wholes(found)


def paragraph(text: str, span: Span) -> str:
    """Return the paragraph of a sentence, from the sentence on."""
    end = text.find("\n", span.end)
    return text[span.start : end if end > 0 else len(text)]


def added_by(found: list[Suggestion], reading: Reading) -> list[Suggestion]:
    """Return the suggestions; whoever "added" something said what stands just before it, too.

    So does of whom it is said: "Об этом сообщила …". Nothing is theirs that stands before what
    they said already.
    """
    start = max(reading.text.rfind("\n\n", 0, max(reading.span.start - 2, 0)), 0)
    if not (reading.said and BACKWARDS.search(reading.sentence)):
        return found
    who = reading.said[0].who
    mine = max((one.at for one in found if one.speaker == who), default=0)
    return [
        replace(one, speaker=who) if one.at > max(start, mine) and not one.speaker else one
        for one in found
    ]


def of_sentence(reading: Reading, earlier: list[Suggestion]) -> Iterator[Suggestion]:
    """Yield what one sentence seems to claim."""
    told: list[tuple[Quantity, counting.Counted]] = []
    for one in quantities(reading.sentence, reading.lexicon):
        before = [each for _quantity, each in told]
        about = counting.counted(one, reading.sentence, reading.lexicon, before)
        if about is None and one.kind == Kind.COUNT:
            continue
        if about is not None and (about.unit or told or earlier):
            told.append((one, about))
    unit = earlier[-1].unit if earlier else Unit.PEOPLE
    found: list[Suggestion] = []
    for number, (one, about) in enumerate(told):
        start = told[number - 1][1].end if number else 0
        end = told[number + 1][0].start if number + 1 < len(told) else len(reading.sentence)
        unit = about.unit or counted_before(unit, earlier)
        if about.is_part and not about.unit and not found:
            unit = told_before(reading, one.start) or unit
        found.append(suggested(reading, one, about, unit, Span(start, end)))
    yield from dated(reading, found)


def counted_before(unit: Unit, earlier: list[Suggestion]) -> Unit:
    """Return the unit that a number without a noun counts: that of the last count of people."""
    if unit not in {Unit.AGE, Unit.SHARE, Unit.NAMES}:
        return unit
    counts = [one.unit for one in earlier if one.unit not in {Unit.AGE, Unit.SHARE}]
    return counts[-1] if counts else Unit.PEOPLE


def told_before(reading: Reading, at: int) -> Unit | None:
    """Return the people that "of them" means: those named last before it."""
    end = reading.span.start + at
    start = max(0, end - TOLD_BEFORE)
    words = counting.WORD.finditer(reading.text, start, end)
    named = [word for word in words if counting.unit_of(base(word[0]), reading.lexicon)]
    if not named:
        return None
    *_earlier, last = named
    unit = counting.unit_of(base(last[0]), reading.lexicon)
    for first in named[-2:-1]:
        between = reading.text[first.end() : last.start()]
        pair = counting.unit_of(first[0], reading.lexicon), unit
        if re.fullmatch(reading.lexicon.conjunction, between) and all(pair):
            return reading.lexicon.both.get((pair[0], pair[1]), unit)  # type: ignore[arg-type]
    return unit


def base(word: str) -> str:
    """Return a word without the sign of whose something is."""
    return re.sub(r"[’']s$", "", word)


def suggested(
    reading: Reading, one: Quantity, about: counting.Counted, unit: Unit, free: Span
) -> Suggestion:
    """Return a quantity as a suggestion. `free` is the sentence between its neighbours."""
    whole = clause(reading.sentence, Span(one.start, about.end), reading.lexicon)
    near = Span(max(whole.start, free.start), max(min(whole.end, free.end), about.end))
    speaker, channel = speaker_of(reading.said, one.at)
    there = where(reading, one, near, first=near.start == whole.start)
    words = reading.sentence[near.start : near.end]
    offset = reading.span.start
    quote = trimmed(reading.sentence, near)
    return Suggestion(
        at=offset + one.at,
        end=offset + one.end,
        sentence=reading.span,
        quote=Span(offset + quote.start, offset + quote.end),
        operator=one.operator,
        low=one.low,
        high=in_years(one, reading, about),
        unit=unit,
        words=of_whom(reading.sentence, one, about, near),
        state=state_of(words, reading.lexicon)
        or state_of(reading.sentence[whole.start : whole.end], reading.lexicon),
        places=there,
        speaker=speaker,
        channel=channel,
        is_part=about.is_part,
        elliptic=about.unit is None,
    )


def in_years(one: Quantity, reading: Reading, about: counting.Counted) -> float | None:
    """Return the upper end; of ages that are told in months, in years."""
    if about.unit == Unit.AGE and one.high and not one.unit_said:
        months = reading.lexicon.months_old.match(reading.sentence, one.end)
        return round(one.high / MONTHS, 3) if months else one.high
    return one.high


def trimmed(sentence: str, span: Span) -> Span:
    """Return a span without blanks and conjunctions at its ends."""
    words = sentence[span.start : span.end]
    left = re.match(r"[\s,;:–—-]*(?:(?:and|и|а|that|what)\s+)?", words)
    right = re.search(r"(?:\s+(?:and|и|а|or|to|of))?[\s,;:.–—-]*$", words)
    start = span.start + (left.end() if left else 0)
    return Span(start, max(start, span.start + (right.start() if right else len(words))))


def of_whom(sentence: str, one: Quantity, about: counting.Counted, near: Span) -> str:
    """Return whom a quantity is of, in the words of the sentence, without the number.

    Empty where the clause says no more than the number: the editor has to say it.
    """
    between = tidy(sentence[one.end : about.end])
    adjectives = tidy(LAST_WORD.sub("", between)) if not about.is_part else ""
    after = without_joints(sentence[about.end : near.end])
    before = without_joints(sentence[near.start : one.start])
    if about.unit in {Unit.AGE, Unit.SHARE}:
        adjectives = ""
    said = [part for part in (without_joints(adjectives), after or before) if part]
    return "; ".join(said)[:WORDS]


def without_joints(words: str) -> str:
    """Return words without the small ones at their ends that join them to others."""
    return tidy(JOINTS.sub("", tidy(words)))


def state_of(words: str, lexicon: Lexicon) -> State:
    """Return what is said of those counted."""
    for told, state in lexicon.states:
        if re.search(told, words, re.IGNORECASE):
            return state
    return State.UNSAID


def dated(reading: Reading, found: list[Suggestion]) -> Iterator[Suggestion]:
    """Yield the suggestions of a sentence with their times.

    A time that opens the sentence holds for all of it; any other for the count that stands nearest.
    One that belongs to who said it ("said on Monday") is none of what is said.
    """
    counts = [one for one in found if one.unit not in NO_COUNT]
    of: dict[int, Time] = {}
    for each in reading.times:
        if not counts or is_of_speaker(each, reading, counts):
            continue
        if each.span.start <= OPENING:
            of |= {one.at: each for one in counts}
        else:
            at = reading.span.start + each.span.start
            of[min(counts, key=lambda one: apart(reading, one.at, at)).at] = each
    for one in found:
        told = of.get(one.at)
        if told is None:
            yield one
        else:
            since = told.told if told.since else ""
            yield replace(one, since=since, as_of="" if since else told.told)


def apart(reading: Reading, one: int, other: int) -> tuple[int, int]:
    """Return how many clause ends, and how many signs, are between two places of a text."""
    start, end = sorted((one, other))
    between = reading.text[start:end]
    return len(reading.lexicon.clause_ends.findall(between)), end - start


def is_of_speaker(each: Time, reading: Reading, counts: list[Suggestion]) -> bool:
    """Tell whether a time says when somebody spoke."""
    start = reading.span.start
    return any(
        said.span.end
        and said.span.start <= each.span.start <= said.span.end + AFTER_SAID
        and not any(said.span.start <= one.at - start <= said.span.end for one in counts)
        for said in reading.said
    )


def where(reading: Reading, one: Quantity, near: Span, *, first: bool) -> tuple[str, ...]:
    """Return the places of a clause: after the number, before it where it is the first.

    A place stands after a preposition or is the subject of the clause.
    """
    before = rf"{reading.lexicon.prepositions}\s+(?:the )?(?:\w+ )?"
    led = re.compile(rf"(?:^|\b{before}|–\s)$", re.IGNORECASE)
    said = [each.span for each in reading.said]
    found = [
        place
        for place in reading.places
        if near.start <= place.span.start < near.end
        and not any(span.start <= place.span.start < span.end for span in said)
        and led.search(reading.sentence[near.start : place.span.start].lstrip())
    ]
    after = [place for place in found if place.span.start >= one.end]
    told = found if first or not after else after
    return tuple(dict.fromkeys(place.name for place in told))
