"""Writing the passenger list of a flight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydifact.segments import Segment
from pydifact.serializer import Serializer

from kinward.operations.paxlst.totals import PASSENGERS
from kinward.operations.paxlst.words import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from kinward.operations.paxlst.words import Flight, Traveller

LAST, FIRST = "F", "C"  # of several messages of one flight
EACH: Final = 99  # passengers in one message; further ones go into the next
DOCUMENTS: Final = {"passport": "P", "card": "I"}  # every other one is "F"
MADE_AT: Final = ("%y%m%d", "%H%M")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Who sends a list to whom, when, under which number."""

    sender: str
    recipient: str
    reference: str  # letters and figures, at most 14
    made_at: datetime


def write(
    flight: Flight, travellers: Sequence[Traveller], sending: Sending, *, each: int = EACH
) -> str:
    """Return the passenger list of a flight: as many messages as it takes, the total in each.

    A traveller with a document is written with it, all others by name alone.
    """
    many = [travellers[at : at + each] for at in range(0, len(travellers), each)] or [()]
    day, hour = (sending.made_at.strftime(form) for form in MADE_AT)
    group = f"{flight.number}/{flight.departs_at[:6]}/{flight.departs_at[6:]}"
    ends = [[unedi(sending.sender), "ZZ"], [unedi(sending.recipient), "ZZ"], [day, hour]]
    reference = unedi(sending.reference)
    written = [
        Segment("UNB", ["UNOA", "4"], *ends, reference, "", "APIS"),
        Segment("UNG", "PAXLST", *ends, reference, "UN", ["D", "05B"]),
    ]
    for at, some in enumerate(many, 1):
        mark = [f"{at:02}", *([FIRST] if at == 1 < len(many) else [LAST] * (at == len(many)))]
        head = Segment(
            "UNH", f"PAX{at:03}", ["PAXLST", "D", "05B", "UN", "IATA"], unedi(group), mark
        )
        body = [head, *of_flight(flight, sending), *of_travellers(some)]
        body.append(Segment("CNT", [PASSENGERS, str(len(travellers))]))
        written += [*body, Segment("UNT", str(len(body) + 1), f"PAX{at:03}")]
    written += [Segment("UNE", str(len(many)), reference), Segment("UNZ", "1", reference)]
    text: str = Serializer(PLAIN).serialize(written)
    return text


def of_flight(flight: Flight, sending: Sending) -> Iterator[Segment]:
    """Yield what a message says of who reports which flight."""
    yield Segment("BGM", "745")
    yield Segment("NAD", "MS", "", "", unedi(sending.sender))
    yield Segment("TDT", "20", unedi(flight.number))
    yield Segment("LOC", "125", unedi(flight.origin))
    yield Segment("DTM", ["189", flight.departs_at, "201"])
    yield Segment("LOC", "87", unedi(flight.destination))
    yield Segment("DTM", ["232", flight.arrives_at, "201"])


def of_travellers(some: Iterable[Traveller]) -> Iterator[Segment]:
    """Yield what a message says of each traveller."""
    for one in some:
        name = [unedi(one.surname), *filter(None, [unedi(one.given)])]
        yield Segment("NAD", one.code, "", "", name)
        if one.reference:
            yield Segment("RFF", ["ABO", unedi(one.reference)])
        if found := one.document:
            kind = DOCUMENTS.get(found.kind, "F")
            yield Segment("DOC", [kind, "110", "111"], unedi(found.number))
            yield Segment("DTM", ["36", found.valid_until.strftime("%y%m%d")])
            yield Segment("LOC", "91", unedi(found.issuer))


def unedi(text: str) -> str:
    """Return a text in the letters of a zone as level A of EDIFACT has it: "<" becomes a blank."""
    return " ".join(text.upper().replace("<", " ").split())
