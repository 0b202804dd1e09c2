"""The phase of a case, read from where its tracks stand. Nobody types it in.

A child is ready to fly by its own tracks; that it waits for its siblings is for a gate to say.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from kinward.casework.models import Phase, Track
from kinward.casework.rules.cases import Case, may_travel
from kinward.casework.tracks import TABLES, Movement, Placement, Tracing, replay
from kinward.casework.tracks.locate import GONE, KNOWN, Locate
from kinward.casework.tracks.movement import FLOWN
from kinward.casework.tracks.placement import AT_HOME, LIVING
from kinward.casework.tracks.tracing import ENDED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kinward.casework.tracks import Standing

UNREGISTERED: Final = (Locate.REPORTED, Locate.SIGHTED, Locate.LOCATED, Locate.ELSEWHERE)
ON_THE_WAY: Final = (Movement.BOARDED, Movement.IN_FLIGHT, Movement.MEDEVAC)
FOUND: Final = (Tracing.VERIFIED, *ENDED)


def phase(case: Case, day: date) -> Phase:
    """Return the phase a case is in on a day: the furthest that its tracks allow."""
    at_home = (
        has_home(case.on(Track.PLACEMENT)) or case.on(Track.TRACING).position == Tracing.REUNIFIED
    )
    movement = case.on(Track.MOVEMENT).position
    asked = (
        (case.on(Track.LOCATE).position in GONE, Phase.ENDED),
        (case.on(Track.PLACEMENT).position == Placement.CLOSED, Phase.CLOSED),
        (at_home, Phase.HOME),
        (movement in ON_THE_WAY, Phase.TRAVELLING),
        (movement in FLOWN, Phase.ARRIVED),
    )
    return next((found for holds, found in asked if holds), None) or before_leaving(case, day)


def has_home(placement: Standing) -> bool:
    """Tell whether a child lives with a carer, also where guardianship was decided meanwhile."""
    if placement.position not in {Placement.PERMANENT, Placement.REOPENED}:
        return placement.position in AT_HOME
    last = placement.last(*LIVING, Placement.BREAKDOWN)
    return last is not None and last.to != Placement.BREAKDOWN


def before_leaving(case: Case, day: date) -> Phase:
    """Return the phase of a child that has not left."""
    known = case.on(Track.LOCATE).position
    if known in UNREGISTERED:
        return Phase.REPORTED
    if known not in KNOWN:
        return Phase.REGISTERED
    if case.on(Track.MOVEMENT).position == Movement.MANIFESTED or not may_travel(case, day):
        return Phase.READY
    found = case.on(Track.TRACING).position in FOUND
    return Phase.PREPARING if found else Phase.IDENTIFIED


class Entered(NamedTuple):
    """A phase, and the day it was entered on."""

    phase: Phase
    on: date


def as_of(case: Case, day: date) -> Case:
    """Return the case by what had happened until a day; a step that was withdrawn never was."""
    tracks = {}
    for track, standing in case.tracks.items():
        steps = [each for each in standing.steps if each.on <= day]
        if len(steps) == len(standing.steps):
            tracks[track] = standing
            continue
        start = Locate.REGISTERED if track == Track.LOCATE and case.registered else ""
        tracks[track] = replay(TABLES[track], steps, start=start)
    holds = tuple(each for each in case.holds if each.since <= day)
    return replace(case, tracks=tracks, holds=holds)


def phases_through(case: Case, begun: date, day: date) -> list[Entered]:
    """Return the phases a case went through until a day, the first entered when it was begun.

    Phases of one day count as the last of them. Holds that ended are not known here any more.
    """
    found: list[Entered] = []
    for one in sorted({max(each, begun) for each in turning(case) if each <= day} | {begun, day}):
        now = phase(as_of(case, one), one)
        if not found or found[-1].phase != now:
            found.append(Entered(now, one))
    return found


def turning(case: Case) -> Iterator[date]:
    """Yield the days on which a phase may turn: of steps, what begins or has run out, and holds."""
    for step in (each for standing in case.tracks.values() for each in standing.steps):
        yield step.on
        if step.holds_from:
            yield step.holds_from
        if step.holds_until:
            yield step.holds_until + timedelta(days=1)
    yield from (each.since for each in case.holds)


def phase_on(entered: list[Entered], day: date) -> Phase | None:
    """Return the phase of a day; None before the case was begun."""
    return next((each.phase for each in reversed(entered) if each.on <= day), None)
