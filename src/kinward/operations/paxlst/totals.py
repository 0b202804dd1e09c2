"""Whether what a message says of its own totals is so. Nothing is repaired."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kinward.operations.paxlst.words import Flag, part_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pydifact.segments import Segment

    from kinward.operations.paxlst.words import Message

PASSENGERS, CREW = "42", "41"  # what a CNT is the total of
OF_TOTAL: Final = {PASSENGERS: ("FL", "DDU", "DDT"), CREW: ("FM", "VT")}


def wrong_totals(messages: Iterable[Message]) -> Iterator[Flag]:
    """Yield totals (CNT) that are not those of the flight, over all its messages received here."""
    of_flight: defaultdict[str, list[Message]] = defaultdict(list)
    for each in messages:
        of_flight[each.group or each.number].append(each)
    for together in of_flight.values():
        codes = [one.code for each in together for one in each.travellers]
        for message in together:
            for of, said in message.totals:
                found = sum(code in OF_TOTAL[of] for code in codes) if of in OF_TOTAL else said
                if number(said) != number(str(found)):
                    flag = Flag(segment=f"CNT+{of}:{said}", said=said, found=found)
                    yield replace(flag, part=message.part)


def wrong_lengths(messages: Iterable[Message]) -> Iterator[Flag]:
    """Yield lengths (UNT) that are not how many segments there are, from UNH to UNT."""
    for each in messages:
        last, found = each.segments[-1], len(each.segments)
        if number(part_of(last, 0)) != found:
            yield Flag(segment=shown(last), said=part_of(last, 0), found=found, part=each.part)
        if part_of(last, 1) != each.number:
            said = part_of(last, 1)
            yield Flag(segment=shown(last), said=said, found=each.number, part=each.part)


def wrong_ends(segments: Sequence[Segment], messages: Sequence[Message]) -> Iterator[Flag]:
    """Yield ends of groups (UNE) and of the interchange (UNZ) that count what is not there."""
    groups = sum(each.tag == "UNG" for each in segments)
    expected = {"UNZ": groups or len(messages), "UNE": 0}
    for each in segments:
        if each.tag == "UNG":
            expected["UNE"] = 0
        expected["UNE"] += each.tag == "UNH"
        if each.tag in expected and number(part_of(each, 0)) != expected[each.tag]:
            yield Flag(segment=shown(each), said=part_of(each, 0), found=expected[each.tag])


def number(said: str) -> int | None:
    """Return a number as it stands, zeros in front left out; None where it is none."""
    return int(said) if said.strip().isdecimal() else None
