"""Pure decisions about a child's home: who may be asked, who may have it, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from kinward.casework.tracks import Placement, Tracing
from kinward.people.relations import RELATIONS
from kinward.placement.models import Act, Suits, Unready, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

LOOKING: Final = (Tracing.OPEN, Tracing.IN_PROGRESS, Tracing.PENDING)
NO_HOUSEHOLD: Final = frozenset({"own_child"})  # has none to take a child into


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A relative who may be asked to care for a child.

    `agrees` is what the child says of it that they be contacted: a code of AGREEMENTS.
    """

    relation: str  # a code of people.relations
    names: tuple[str, ...] = ()
    verified: UUID | None = None  # by which judgement, if by one
    agrees: str = ""
    life: str = ""  # a code of LIVES
    held: bool = False


def proposed(verified: Iterable[Relative], told: Iterable[Relative]) -> list[Relative]:
    """Return who may be asked to care for a child, those verified first, then the closest.

    Nobody who is told to be dead, missing or held, nobody the child does not want to be contacted,
    and nobody of whom there is no name. One who is verified is not proposed again as told.
    """
    sure = [each for each in verified if each.relation in RELATIONS]
    known = {(each.relation, folded(name)) for each in sure for name in each.names}
    others = [
        each
        for each in told
        if may_be_asked(each)
        and not any((each.relation, folded(name)) in known for name in each.names)
    ]
    return sure + sorted(others, key=lambda each: -RELATIONS[each.relation].generation)


def may_be_asked(relative: Relative) -> bool:
    """Tell whether a relative that was told of may be asked to care for a child."""
    there = relative.life in {"", "alive"} and not relative.held
    fit = relative.relation in RELATIONS and relative.relation not in NO_HOUSEHOLD
    return there and fit and relative.agrees not in {"no", "refused"} and bool(relative.names)


def folded(name: str) -> str:
    """Return a name as it is compared with another of the same family."""
    return " ".join(name.casefold().split())


def still_looking(tracing: str) -> bool:
    """Tell whether the family is still looked for: care without it is not planned meanwhile."""
    return tracing in LOOKING


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found of a carer, as far as it decides whether a child may live there."""

    suits: str = ""  # what was recommended last; empty: the household was not seen
    met: bool = False
    act: str = ""  # what the region decided last


def may_live(carer: Checked) -> tuple[Unready, ...]:
    """Return why a child may not move in with a carer yet: every reason."""
    found = (
        (carer.suits == "", Unready.NOT_SEEN),
        (carer.suits == Suits.NO, Unready.UNFIT),
        (not carer.met, Unready.NOT_MET),
        (carer.act == Act.REFUSED, Unready.REFUSED),
    )
    return tuple(each for holds, each in found if holds)


def is_seen(where: str, *, seen: bool) -> bool:
    """Tell whether a child was seen: nobody is seen by telephone."""
    return seen and where != Where.TELEPHONE


class Wait(IntEnum):
    """What a child waits for, what presses most first."""

    NOT_SEEN = 0  # at the last visit
    NO_HOME = 1  # it could not go on where it lived
    VISIT_LATE = 2
    NOBODY = 3  # no carer
    CARER = 4  # a carer is being looked at
    VISITED = 5
    ENDED = 6


CARERS: Final = (
    Placement.CANDIDATE,
    Placement.ASSESSED,
    Placement.MET,
    Placement.INTERIM,
    Placement.PERMANENT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where a home stands: its track, whether a child lives somewhere, and how the visits go."""

    position: str
    lives: bool = False
    seen_last: bool | None = None  # at the last visit; None where there was none
    visit_by: date | None = None


def waits_for(stand: Stand, today: date) -> Wait:
    """Return what presses most about a child's home."""
    late = stand.visit_by is not None and stand.visit_by < today
    asked = (
        (stand.position == Placement.CLOSED, Wait.ENDED),
        (stand.lives and stand.seen_last is False, Wait.NOT_SEEN),
        (stand.position == Placement.BREAKDOWN, Wait.NO_HOME),
        (stand.lives and late, Wait.VISIT_LATE),
        (stand.lives, Wait.VISITED),
        (stand.position in CARERS, Wait.CARER),
    )
    return next((wait for holds, wait in asked if holds), Wait.NOBODY)


# What is recorded next where the track stands; see views.entries.
NEXT: Final[Mapping[str, str]] = {
    Placement.NOBODY: "carer",
    Placement.REFUSED: "carer",
    Placement.CANDIDATE: "household",
    Placement.ASSESSED: "meeting",
    Placement.MET: "guardianship",
    Placement.INTERIM: "living",
    Placement.PERMANENT: "living",
    Placement.PLACED: "visit",
    Placement.REPLACED: "visit",
    Placement.FOLLOW_UP: "visit",
    Placement.STABLE: "closing",
    Placement.BREAKDOWN: "carer",
    Placement.CLOSING: "closed",
    Placement.CLOSED: "",
    Placement.REOPENED: "visit",
}


def next_entry(stand: Stand, *, checked: bool) -> str:
    """Return what is recorded next; `checked` says that the visit after three months was made."""
    settled_early = stand.position == Placement.STABLE and not checked
    at_home = stand.lives and stand.position in CARERS
    return "visit" if settled_early or at_home else NEXT.get(stand.position, "")
