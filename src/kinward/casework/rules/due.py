"""What is due on a case, by whom and by which day: read from its tracks, its papers, its holds.

How long each step may take stands in `data/clocks.toml`, with its source.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from kinward.casework.models import Phase, Track
from kinward.casework.rules.phases import phase
from kinward.casework.tracks import TABLES, Best, Civil, Host, Movement, Placement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kinward.casework.rules.cases import Case
    from kinward.casework.tracks import Standing

REMIND, ESCALATE = 7, 14  # days before and after, where a clock says nothing else
OVER: Final = (Phase.CLOSED, Phase.ENDED)
# What runs out on a day, and by which step it is renewed.
RUNNING_OUT: Final = (
    (Track.CIVIL_STATUS, (Civil.ISSUED, Civil.REISSUED), (Civil.USED, Civil.CANCELLED)),
    (Track.HOST_RELEASE, (Host.GRANTED,), (Host.PENDING, Host.REFUSED, Host.HANDED_OVER)),
    (Track.MOVEMENT, (Movement.FIT, Movement.CONDITIONAL, Movement.FIT_AGAIN), ()),
    (
        Track.PLACEMENT,
        (Placement.INTERIM, Placement.PERMANENT, Placement.REFUSED),
        (Placement.BREAKDOWN, Placement.CLOSED),
    ),
)
# What is awaited on a day that somebody named beside a track: by what it is over, and how many days
# later a manager is told. Each day after the one that a court set may cost.
NAMED: Final = (
    (Track.CIVIL_STATUS, Civil.FORMALITY, (Civil.FORMALITIES_DONE,), ESCALATE),
    (Track.CIVIL_STATUS, Civil.ORDERED, (Civil.ORDERS_DONE,), 0),
    (Track.BEST_INTERESTS, Best.AGAIN, (Best.REVIEW, Best.CLOSED), ESCALATE),
    (Track.PLACEMENT, Placement.CONTACT, (), ESCALATE),
    (Track.PLACEMENT, Placement.RELEASE, (Placement.MOTHER_FREE,), ESCALATE),
    (Track.PLACEMENT, Placement.TO_TELL, (Placement.TOLD,), ESCALATE),
)


class Urgency(IntEnum):
    """How pressing it is, the most pressing first."""

    ESCALATED = 0  # so long overdue that a programme manager is told
    OVERDUE = 1
    SOON = 2
    LATER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How many days a track may stand somewhere before its next step is due, and who says so."""

    track: Track
    at: str
    to: str
    days: int
    source: str
    remind: int = REMIND
    escalate: int = ESCALATE
    since: tuple[str, ...] = ()  # counted from the last of these steps, not from the position
    own_day: bool = False  # the step itself may say by which day the next is due

    def starts(self, standing: Standing, begun: date) -> date:
        """Return from which day it counts."""
        step = standing.last(*self.since) if self.since else standing.since
        return step.on if step else begun

    def day(self, standing: Standing, begun: date) -> date:
        """Return by which day the step is due."""
        said = standing.since.holds_until if self.own_day and standing.since else None
        return said or self.starts(standing, begun) + timedelta(days=self.days)

    def runs(self, standing: Standing, begun: date) -> bool:
        """Tell whether it runs: the track stands there, and what it counts to was not done yet.

        That is asked of clocks which count from an earlier step alone.
        """
        if standing.position != self.at:
            return False
        done = standing.last(self.to) if self.since else None
        return done is None or done.on < self.day(standing, begun)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing that is due: the step that is awaited, what runs out, or what a hold waits for."""

    track: Track
    by: str  # a role
    on: date
    to: str = ""  # the step that is awaited, or what is to be renewed
    runs_out: bool = False
    hold: bool = False
    remind: int = REMIND
    escalate: int = ESCALATE

    def urgency(self, today: date) -> Urgency:
        """Return how pressing it is."""
        late = (today - self.on).days
        if late > self.escalate:
            return Urgency.ESCALATED
        if late > 0:
            return Urgency.OVERDUE
        return Urgency.SOON if -late <= self.remind else Urgency.LATER


@cache
def clocks() -> tuple[Clock, ...]:
    """Read how long each step may take."""
    text = files("kinward.casework.data").joinpath("clocks.toml").read_text("utf-8")
    told: list[dict[str, Any]] = tomllib.loads(text)["clocks"]
    return tuple(
        Clock(**each | {"track": Track(each["track"]), "since": tuple(each.get("since", ()))})
        for each in told
    )


def due_on(case: Case, begun: date, today: date) -> tuple[Due, ...]:
    """Return what is due on a case that was begun on a day, the first due first; nothing once over.

    A track on which nothing was done is counted from the day the case was begun.
    """
    if phase(case, today) in OVER:
        return ()
    found = [*awaited(case, begun), *running_out(case), *named(case), *of_holds(case)]
    return tuple(sorted(found, key=lambda each: (each.on, each.track)))


def awaited(case: Case, begun: date) -> Iterator[Due]:
    """Yield the steps that are awaited where the tracks stand."""
    for clock in clocks():
        table, standing = TABLES[clock.track], case.on(clock.track)
        if clock.runs(standing, begun):
            step = table.move_to(clock.to, clock.at)
            yield Due(
                track=clock.track,
                by=(step and step.by) or table.by,
                on=clock.day(standing, begun),
                to=clock.to,
                remind=clock.remind,
                escalate=clock.escalate,
            )


def running_out(case: Case) -> Iterator[Due]:
    """Yield what runs out before the child has flown with it."""
    for track, renewed, over in RUNNING_OUT:
        standing = case.on(track)
        last = standing.last(*renewed)
        stands = standing.position not in over and (
            track != Track.MOVEMENT or standing.position in renewed
        )
        if last and last.holds_until and stands:
            step = next(each for each in TABLES[track].moves if each.to == last.to)
            by = step.by or TABLES[track].by
            yield Due(track=track, by=by, on=last.holds_until, to=last.to, runs_out=True)


def named(case: Case) -> Iterator[Due]:
    """Yield what is awaited on a day that somebody named beside a track."""
    for track, to, over, late in NAMED:
        last = case.on(track).last(to, *over)
        if last and last.to == to and last.holds_until:
            by = TABLES[track].by
            yield Due(track=track, by=by, on=last.holds_until, to=to, escalate=late)


def of_holds(case: Case) -> Iterator[Due]:
    """Yield what is to be done about open holds."""
    for hold in case.holds:
        yield Due(track=hold.track, by=hold.next_by, on=hold.next_on, hold=True)
