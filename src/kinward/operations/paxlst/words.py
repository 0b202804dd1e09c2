"""What a passenger list is made of: flights, travellers, messages, and what is wrong in one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pydifact.control.characters import Characters
from pydifact.serializer import Serializer

if TYPE_CHECKING:
    from datetime import date

    from pydifact.segments import Segment

PLAIN: Final = Characters.from_str("UNA:+.? '")


class Unreadable(ValueError):
    """What was received is no interchange of UN/EDIFACT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A travel document, for the full variant."""

    kind: str
    issuer: str
    number: str
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """Somebody on a passenger list. `code` says as what: "FL" is a passenger."""

    surname: str
    given: str = ""
    code: str = "FL"
    reference: str = ""  # of the sender, by which an answer names somebody
    document: Document | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """One flight as a list names it; moments are of the airports, as they are printed."""

    number: str
    origin: str = ""  # IATA codes of airports
    destination: str = ""
    departs_at: str = ""  # YYMMDDhhmm
    arrives_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A total that is not what was found."""

    segment: str  # as it stands in what was received: "CNT+42:136"
    said: str
    found: int | str
    part: str = ""  # in which message, where a flight has several


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of an interchange, and what it says of itself."""

    kind: str  # "PAXLST", "CUSRES"
    number: str  # of the message
    group: str  # what all messages of one flight share; "" where there is one alone
    part: str  # "01:C", "02:F"
    sender: str
    flights: tuple[Flight, ...]
    travellers: tuple[Traveller, ...]
    totals: tuple[tuple[str, str], ...]  # qualifier, and the number as it stands
    segments: tuple[Segment, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an authority answers (CUSRES): of which flight or person, and its codes."""

    level: str  # of ERP: "1" the flight, "2" a person
    references: tuple[str, ...]
    codes: tuple[str, ...]  # of ERC: "0" may travel


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Everything that was received at once, and every total in it that is not right."""

    messages: tuple[Message, ...]
    flags: tuple[Flag, ...]
    answers: tuple[Answer, ...] = ()

    @property
    def travellers(self) -> tuple[Traveller, ...]:
        """Return everybody on it, in the order of the messages."""
        return tuple(each for message in self.messages for each in message.travellers)


def parts(segment: Segment, at: int) -> tuple[str, ...]:
    """Return the components of an element; none where there is no such element."""
    elements = segment.elements
    found = elements[at] if at < len(elements) else []
    listed = [found] if isinstance(found, str) else (found or [])
    return tuple(str(each or "") for each in listed)


def part_of(segment: Segment, at: int, component: int = 0) -> str:
    """Return one component of an element; "" where there is none."""
    found = parts(segment, at)
    return found[component].strip() if component < len(found) else ""


def is_of(segment: Segment, tag: str, *qualifiers: str) -> bool:
    """Tell whether a segment has that tag, and one of these words in front."""
    return segment.tag == tag and part_of(segment, 0) in qualifiers


def shown(segment: Segment) -> str:
    """Return a segment with the usual separators, for people to find it by."""
    written: str = Serializer(PLAIN).serialize([segment], with_una_header=False)
    return written.removesuffix("'")
