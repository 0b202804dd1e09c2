"""Reading what was received: PAXLST, and CUSRES as its answer."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from pydifact.control.characters import Characters
from pydifact.exceptions import EDISyntaxError
from pydifact.parser import Parser
from pydifact.segments import Segment, SegmentFactory

from kinward.operations.paxlst.totals import wrong_ends, wrong_lengths, wrong_totals
from kinward.operations.paxlst.words import (
    PLAIN,
    Answer,
    Flight,
    Message,
    Received,
    Traveller,
    Unreadable,
    is_of,
    part_of,
    parts,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pydifact.constants import Element

ADVICE: Final = re.compile(r"UNA(.{6})\s*(?=UNB)")  # which separators a message has
BEGIN: Final = "UNB"
TRAVELLERS: Final = ("FL", "DDU", "DDT", "FM", "VT")  # passengers, in transit; crew, continuing


def read(text: str) -> Received:
    """Read an interchange, whatever its separators and whatever stands around it.

    Raises:
        Unreadable: it is none, or ends in the middle of one.
    """
    segments = tuple(segments_of(text))
    messages = tuple(message_of(each) for each in bodies(segments))
    wrong = (*wrong_totals(messages), *wrong_lengths(messages), *wrong_ends(segments, messages))
    answers = tuple(each for one in messages for each in answers_in(one.segments))
    return Received(messages=messages, flags=wrong, answers=answers)


def segments_of(text: str) -> Iterator[Segment]:
    """Yield the segments up to the end of the interchange.

    Telex heads are left out, and line breaks wherever they stand: lines are broken at 64 signs.

    Raises:
        Unreadable: there is none, or it ends too early.
    """
    line = re.sub(r"[\r\n]", "", text)
    advice = ADVICE.search(line)
    start = line.find(BEGIN) if advice is None else advice.end()
    if start < 0:
        raise Unreadable(text[:40])
    characters = PLAIN if advice is None else Characters.from_str(advice.group(1))
    try:
        for one in Parser(factory=AsItStands()).parse(line[start:], characters):
            yield one
            if one.tag == "UNZ":
                return
    except (EDISyntaxError, ValueError, IndexError) as error:
        raise Unreadable(str(error)) from error
    raise Unreadable(line[-40:])


class AsItStands(SegmentFactory):
    """Takes segments as they stand, with blanks around their tags, and holds them against no list.

    What is wrong in one is for whoever reads the message to say.
    """

    @staticmethod
    def create_segment(name: str, *elements: Element, **_options: object) -> Segment:
        """Return a segment."""
        return Segment(name.strip(), *elements)


def bodies(segments: Sequence[Segment]) -> Iterator[tuple[Segment, ...]]:
    """Yield each message, from its UNH to its UNT.

    Raises:
        Unreadable: one has no end.
    """
    body: list[Segment] = []
    for each in segments:
        if each.tag == "UNH" or body:
            body.append(each)
        if each.tag == "UNT" and body:
            yield tuple(body)
            body = []
    if body:
        raise Unreadable(shown(body[-1]))


def message_of(body: tuple[Segment, ...]) -> Message:
    """Return a message by its segments."""
    head = body[0]
    return Message(
        kind=part_of(head, 1, 0),
        number=part_of(head, 0),
        group=part_of(head, 2),
        part=":".join(parts(head, 3)),
        sender=next((part_of(each, 3) for each in body if is_of(each, "NAD", "MS")), ""),
        flights=tuple(flights_in(body)),
        travellers=tuple(travellers_in(body)),
        totals=tuple(total_in(each) for each in body if each.tag == "CNT"),
        segments=body,
    )


def total_in(segment: Segment) -> tuple[str, str]:
    """Return of what a CNT is the total, and which; some send the two as elements."""
    flat = [each for at in range(len(segment.elements)) for each in parts(segment, at)]
    return (flat[0], flat[1]) if len(flat) > 1 else (flat[0] if flat else "", "")


def flights_in(body: Iterable[Segment]) -> Iterator[Flight]:
    """Yield the flights of a message, each from its TDT up to the next or to the first person."""
    now: Flight | None = None
    place = ""
    for each in takewhile(lambda one: not is_of(one, "NAD", *TRAVELLERS), body):
        if each.tag == "TDT":
            yield from filter(None, [now])
            now = Flight(number=part_of(each, 1))
        elif each.tag == "LOC":
            place = part_of(each, 1)
        elif now and is_of(each, "DTM", "189"):
            now = replace(now, origin=place, departs_at=part_of(each, 0, 1))
        elif now and is_of(each, "DTM", "232"):
            now = replace(now, destination=place, arrives_at=part_of(each, 0, 1))
    yield from filter(None, [now])


def travellers_in(body: Iterable[Segment]) -> Iterator[Traveller]:
    """Yield everybody on a message, with the reference the sender gave them."""
    now: Traveller | None = None
    for each in body:
        if is_of(each, "NAD", *TRAVELLERS):
            yield from filter(None, [now])
            surname, *given = parts(each, 3) or ("",)
            code = part_of(each, 0)
            now = Traveller(surname=surname, given=" ".join(filter(None, given)), code=code)
        elif now and is_of(each, "RFF", "ABO"):
            now = replace(now, reference=part_of(each, 0, 1))
    yield from filter(None, [now])


def answers_in(body: Iterable[Segment]) -> Iterator[Answer]:
    """Yield what an authority answers, point by point (ERP, RFF, ERC)."""
    now: Answer | None = None
    for each in body:
        if each.tag == "ERP":
            yield from filter(None, [now])
            now = Answer(level=part_of(each, 0), references=(), codes=())
        elif now and each.tag == "RFF":
            now = replace(now, references=(*now.references, part_of(each, 0, 1)))
        elif now and each.tag == "ERC":
            now = replace(now, codes=(*now.codes, part_of(each, 0)))
    yield from filter(None, [now])
