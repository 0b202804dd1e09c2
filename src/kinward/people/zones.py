"""The machine-readable zone of travel documents, built and read: ICAO Doc 9303 (8th ed., 2021).

Part 3 gives the letters, the check digits (4.9) and the dates (4.8), part 5 the zone of TD1 (three
lines of 30, cards), part 6 that of TD2 (two of 36), part 4 that of TD3 (two of 44, passports). A
name is given in the letters of a zone already; see `naming.machine_readable`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import cycle
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FILLER: Final = "<"
WEIGHTS: Final = (7, 3, 1)
LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # a letter counts as its place here
READABLE: Final = re.compile(r"[A-Z0-9<]+")
NUMBER: Final = 9  # places of a number; what is longer goes on among the optional data


class Size(StrEnum):
    """How large a document is, and so what its zone looks like."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"


class Fault(StrEnum):
    """What is wrong with a zone that was read."""

    LINES = "lines"
    LETTERS = "letters"
    NUMBER = "number"
    BORN = "born"
    EXPIRES = "expires"
    OPTIONAL = "optional"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """What a zone says. Dates are YYMMDD, with fillers for what of a birth is not known."""

    code: str  # the kind of document, as "P"
    issuer: str  # the code of a state or organisation, in up to three letters
    primary: str  # the surname, components parted by a filler
    secondary: str  # the given names, likewise; "" where there are none
    number: str
    nationality: str
    born: str
    sex: str  # "F", "M", or a filler
    expires: str
    optional: str = ""
    further: str = ""  # the second optional data, which only TD1 has


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where each part stands in the lines put end to end, and what its check digits count."""

    lines: int
    width: int
    parts: Mapping[str, slice]
    checks: Mapping[Fault, tuple[tuple[slice, ...], int]]  # what is counted, and where it stands


LAYOUTS: Final[Mapping[Size, Layout]] = {
    Size.TD3: Layout(
        lines=2,
        width=44,
        parts={
            "code": slice(0, 2),
            "issuer": slice(2, 5),
            "names": slice(5, 44),
            "number": slice(44, 53),
            "nationality": slice(54, 57),
            "born": slice(57, 63),
            "sex": slice(64, 65),
            "expires": slice(65, 71),
            "optional": slice(72, 86),
        },
        checks={
            Fault.NUMBER: ((slice(44, 53),), 53),
            Fault.BORN: ((slice(57, 63),), 63),
            Fault.EXPIRES: ((slice(65, 71),), 71),
            Fault.OPTIONAL: ((slice(72, 86),), 86),
            Fault.WHOLE: ((slice(44, 54), slice(57, 64), slice(65, 87)), 87),
        },
    ),
    Size.TD2: Layout(
        lines=2,
        width=36,
        parts={
            "code": slice(0, 2),
            "issuer": slice(2, 5),
            "names": slice(5, 36),
            "number": slice(36, 45),
            "nationality": slice(46, 49),
            "born": slice(49, 55),
            "sex": slice(56, 57),
            "expires": slice(57, 63),
            "optional": slice(64, 71),
        },
        checks={
            Fault.NUMBER: ((slice(36, 45),), 45),
            Fault.BORN: ((slice(49, 55),), 55),
            Fault.EXPIRES: ((slice(57, 63),), 63),
            Fault.WHOLE: ((slice(36, 46), slice(49, 56), slice(57, 71)), 71),
        },
    ),
    Size.TD1: Layout(
        lines=3,
        width=30,
        parts={
            "code": slice(0, 2),
            "issuer": slice(2, 5),
            "number": slice(5, 14),
            "optional": slice(15, 30),
            "born": slice(30, 36),
            "sex": slice(37, 38),
            "expires": slice(38, 44),
            "nationality": slice(45, 48),
            "further": slice(48, 59),
            "names": slice(60, 90),
        },
        checks={
            Fault.NUMBER: ((slice(5, 14),), 14),
            Fault.BORN: ((slice(30, 36),), 36),
            Fault.EXPIRES: ((slice(38, 44),), 44),
            Fault.WHOLE: ((slice(5, 30), slice(30, 37), slice(38, 45), slice(48, 59)), 59),
        },
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A zone as it was read, with everything that is wrong; no zone where it has no such form."""

    zone: Zone | None
    size: Size | None
    faults: tuple[Fault, ...]
    cut: bool = False  # the names fill their place, and may have been longer (part 4, 4.2.3)


def check_digit(text: str) -> str:
    """Return the check digit of letters, figures and fillers (part 3, 4.9).

    Each counts 7, 3, 1 times its value in turn; it is the last figure of the sum.
    """
    total = sum(max(LETTERS.find(each), 0) * weight for each, weight in zip(text, cycle(WEIGHTS)))
    return str(total % 10)


def build(zone: Zone, size: Size) -> tuple[str, ...]:
    """Return the lines of a zone. What is too long for its place is cut as the Doc cuts it.

    A name is cut so that something of the given names is left (part 4, 4.2.3). A number of more
    than nine places goes on among the optional data, where its check digit follows (parts 5 and 6).
    """
    layout = LAYOUTS[size]
    room = {name: part.stop - part.start for name, part in layout.parts.items()}
    longer = len(zone.number) > NUMBER and size != Size.TD3
    written = {name: getattr(zone, name) for name in layout.parts if name != "names"}
    written["names"] = names_in(zone.primary, zone.secondary, room["names"])
    if longer:
        rest = zone.number[NUMBER:] + check_digit(zone.number) + FILLER
        written["optional"] = rest + zone.optional
    letters = [FILLER] * (layout.lines * layout.width)
    for name, part in layout.parts.items():
        letters[part] = written[name][: room[name]].ljust(room[name], FILLER)
    for fault, (counted, at) in layout.checks.items():
        if not (fault == Fault.NUMBER and longer):
            letters[at] = check_digit("".join(each for part in counted for each in letters[part]))
    text = "".join(letters)
    return tuple(text[at : at + layout.width] for at in range(0, len(text), layout.width))


def names_in(primary: str, secondary: str, room: int) -> str:
    """Return both names as they stand in a zone with so many places."""
    if not secondary:
        return primary[:room]
    whole = f"{primary}{FILLER}{FILLER}{secondary}"
    if len(whole) <= room or len(primary) + 3 <= room:
        return whole[:room]
    return f"{primary[: room - 3]}{FILLER}{FILLER}{secondary[0]}"


def read(text: str) -> Reading:
    """Read a zone as it was typed or scanned: two or three lines, however many spaces in them."""
    lines = [re.sub(r"\s", "", line).upper() for line in text.strip().splitlines()]
    shapes = {size: [each.width] * each.lines for size, each in LAYOUTS.items()}
    size = next((each for each in Size if shapes[each] == [len(line) for line in lines]), None)
    whole = "".join(lines)
    if size is None:
        return Reading(zone=None, size=None, faults=(Fault.LINES,))
    if not READABLE.fullmatch(whole):
        return Reading(zone=None, size=size, faults=(Fault.LETTERS,))
    layout = LAYOUTS[size]
    said = {name: whole[part].rstrip(FILLER) for name, part in layout.parts.items()}
    said |= {name: whole[layout.parts[name]] for name in ("born", "sex", "expires")}
    faults = [fault for fault, check in layout.checks.items() if not holds(whole, fault, *check)]
    if size != Size.TD3 and whole[layout.checks[Fault.NUMBER][1]] == FILLER and said["optional"]:
        said["number"], said["optional"], right = longer_number(said["number"], said["optional"])
        faults = [each for each in faults if each != Fault.NUMBER or not right]
    names = said.pop("names")
    primary, _, secondary = names.partition(FILLER * 2)
    room = layout.parts["names"]
    zone = Zone(primary=primary, secondary=secondary, **said)
    cut = len(names) == room.stop - room.start
    return Reading(zone=zone, size=size, faults=tuple(faults), cut=cut)


def holds(whole: str, fault: Fault, counted: tuple[slice, ...], at: int) -> bool:
    """Tell whether a check digit is right. That of optional data may be missing if there are none.

    See part 4, 4.2.2.2.
    """
    text = "".join(whole[part] for part in counted)
    if fault == Fault.OPTIONAL and not text.strip(FILLER):
        return whole[at] in {FILLER, "0"}
    return whole[at] == check_digit(text)


def longer_number(number: str, optional: str) -> tuple[str, str, bool]:
    """Return a number that goes on among the optional data, the rest, and whether it is right."""
    rest, _, others = optional.partition(FILLER)
    whole = number + rest[:-1]
    return whole, others, rest[-1:] == check_digit(whole)


def as_date(six: str, *, not_after: date | None = None) -> date | None:
    """Return the day that six figures mean; None where a part is not known or is no day.

    A year is of this century, or of the one before if it were later than `not_after`.
    """
    if not six.isdecimal():
        return None
    year, month, day = int(six[:2]), int(six[2:4]), int(six[4:])
    try:
        found = date(2000 + year, month, day)
        return found if not_after is None or found <= not_after else found.replace(year=1900 + year)
    except ValueError:
        return None


def six(day: date) -> str:
    """Return a day as a zone has it."""
    return f"{day:%y%m%d}"
