"""Pure decisions about papers: documents and names, courts, and what being late costs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from kinward.casework.models import Track
from kinward.casework.tracks import Civil, Host
from kinward.legal.models import Difference, Flaw, Matter, Ruled, Seat, Unready
from kinward.people.zones import FILLER, as_date, read

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date
    from decimal import Decimal
    from uuid import UUID


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty:
    """What each day costs after the last on which something could be done for nothing."""

    per_day: Decimal
    due_on: date
    done_on: date | None = None
    at_most: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What the days of one month cost, and all days up to its end."""

    first: date  # of the month
    days: int
    amount: Decimal
    total: Decimal


def days_late(penalty: Penalty, today: date) -> int:
    """Return for how many days something is late: those after the last, up to and with today.

    The day on which it was done is not late any more.
    """
    last = today if penalty.done_on is None else min(today, penalty.done_on - timedelta(days=1))
    return max((last - penalty.due_on).days, 0)


def owed(penalty: Penalty, days: int) -> Decimal:
    """Return what so many days cost; never more than the most it may cost."""
    amount = penalty.per_day * days
    return amount if penalty.at_most is None else min(amount, penalty.at_most)


def by_month(penalty: Penalty, today: date) -> list[Month]:
    """Return what the days late cost, month by month."""
    rows: list[Month] = []
    late, counted = days_late(penalty, today), 0
    while counted < late:
        day = penalty.due_on + timedelta(days=counted + 1)
        following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        days = min((following - day).days, late - counted)
        total, before = owed(penalty, counted + days), owed(penalty, counted)
        rows.append(Month(first=day.replace(day=1), days=days, amount=total - before, total=total))
        counted += days
    return rows


# What can follow in a matter: before anything, it is filed.
FOLLOWS: Final[Mapping[str, tuple[Ruled, ...]]] = {
    "": (Ruled.FILED,),
    Ruled.FILED: (Ruled.GRANTED, Ruled.REFUSED),
    Ruled.GRANTED: (Ruled.APPEALED,),
    Ruled.REFUSED: (Ruled.APPEALED, Ruled.FILED),
    Ruled.APPEALED: (Ruled.GRANTED, Ruled.REFUSED),
}


def in_force(ruled: str, since: date | None, until: date | None, day: date) -> bool:
    """Tell whether what was decided last holds on a day."""
    granted = ruled == Ruled.GRANTED and since is not None and since <= day
    return granted and (until is None or day <= until)


# Which step of which track follows, by the state of the court and the matter.
HOME_STEPS: Final = {
    Ruled.FILED: Civil.FILED,
    Ruled.GRANTED: Civil.GRANTED,
    Ruled.REFUSED: Civil.REFUSED,
    Ruled.APPEALED: Civil.APPEALED,
}
HOST_STEPS: Final = {
    Ruled.FILED: Host.PENDING,
    Ruled.GRANTED: Host.GRANTED,
    Ruled.REFUSED: Host.REFUSED,
    Ruled.APPEALED: Host.PENDING,  # what is appealed against lets nobody go; see `in_force`
}
OF_PAPERS: Final = (Matter.BIRTH, Matter.PARENTAGE, Matter.NATIONALITY, Matter.AGE, Matter.NAME)


def step_after(seat: str, matter: str, ruled: str) -> tuple[Track, str] | None:
    """Return the step of a case that follows from what happened before a court, if one does."""
    if seat == Seat.HOME and matter in OF_PAPERS:
        return Track.CIVIL_STATUS, HOME_STEPS[Ruled(ruled)]
    if seat == Seat.HOST and matter == Matter.RELEASE:
        return Track.HOST_RELEASE, HOST_STEPS[Ruled(ruled)]
    return None


PANEL: Final = 3  # members who give their opinion before anything is decided (UNHCR BIP, 2021, 5.3)


def digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what something says, in hexadecimals: any change gives another."""
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()


def may_decide(
    writer: UUID, opinions: Mapping[UUID, str], decision: str, by: UUID
) -> tuple[Unready, ...]:
    """Return why a panel may not decide that yet; `opinions` are those of its members."""
    for_it = sum(each == decision for each in opinions.values())
    found = (
        (by == writer, Unready.WRITER),
        (len(opinions) < PANEL, Unready.FEW),
        (by not in opinions, Unready.NO_MEMBER),
        (len(opinions) >= PANEL and for_it * 2 <= len(opinions), Unready.MINORITY),
    )
    return tuple(each for holds, each in found if holds)
