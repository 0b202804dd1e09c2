"""Pure decisions about papers: what in a document contradicts itself, and whether names agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinward.legal.models import Difference, Flaw
from kinward.people.zones import FILLER, as_date, read

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What stands in a travel document, word by word."""

    kind: str
    issuer: str
    number: str
    surname: str
    given: str
    zone: str
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InLetters:
    """A name in the letters of a machine-readable zone, its components parted by "<"."""

    surname: str
    given: str

    def __str__(self) -> str:
        """Return it as a zone has it."""
        return f"{self.surname}{FILLER * 2}{self.given}".strip(FILLER)


def flaws(printed: Printed, spelled: Callable[[str], Collection[str]]) -> tuple[Flaw, ...]:
    """Return where a document contradicts itself. One without machine-readable lines does not.

    `spelled` gives every way in which documents have spelled a name in those lines.
    """
    if not printed.zone:
        return ()
    reading = read(printed.zone)
    zone = reading.zone
    if zone is None:
        return (Flaw.FAULTY,)
    names = ((printed.surname, zone.primary), (printed.given, zone.secondary))
    found = (
        (reading.faults != (), Flaw.FAULTY),
        (zone.issuer != printed.issuer, Flaw.ISSUER),
        (plain(zone.number) != plain(printed.number), Flaw.NUMBER),
        (as_date(zone.expires) != printed.valid_until, Flaw.VALIDITY),
        (any(not is_of(told, spelled(name), cut=reading.cut) for name, told in names), Flaw.NAME),
    )
    return tuple(flaw for holds, flaw in found if holds)


def plain(number: str) -> str:
    """Return a number without what only parts its figures."""
    return "".join(each for each in number.upper() if each.isalnum())


def is_of(told: str, ways: Iterable[str], *, cut: bool) -> bool:
    """Tell whether a name in a zone is spelled in one of these ways; it may be cut short."""
    return any(told == way or (cut and way.startswith(told)) for way in ways)


def in_letters(printed: Printed, letters: Callable[[str], str]) -> InLetters:
    """Return the name in a document as its own machine-readable lines have it.

    Where it has none, or none that is whole, as ICAO Doc 9303-3 would have it; `letters` does.
    """
    reading = read(printed.zone)
    if reading.zone is not None and not reading.cut:
        return InLetters(surname=reading.zone.primary, given=reading.zone.secondary)
    return InLetters(surname=letters(printed.surname), given=letters(printed.given))


def differences(document: InLetters, listed: InLetters) -> tuple[Difference, ...]:
    """Return how a name on a passenger list differs from the one in a document.

    Where a name is parted does not count: passenger lists (PAXLST) leave out what parts it.
    """
    surname, given = together(document.surname), together(document.given)
    on_list = together(listed.surname), together(listed.given)
    if (surname, given) == on_list:
        return ()
    if (given, surname) == on_list:
        return (Difference.EXCHANGED,)
    found = ((surname != on_list[0], Difference.SURNAME), (given != on_list[1], Difference.GIVEN))
    return tuple(each for differs, each in found if differs)


def together(name: str) -> str:
    """Return a name without what parts it."""
    return name.replace(FILLER, "")


def is_as_told(document: InLetters, told: str) -> bool:
    """Tell whether a name that was told is the one in a document, in whatever order of its parts.

    `told` is in the letters of a zone. A name told in part is: the document says more.
    """
    parts = set(str(document).split(FILLER)) - {""}
    return bool(told) and set(told.split(FILLER)) <= parts
