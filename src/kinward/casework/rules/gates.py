"""Every gate by its name, where each reason is resolved, and what stands between a child and home.

Whoever shows a reason knows where it is resolved.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kinward.casework.models import Gate, Track, Unmet
from kinward.casework.rules.cases import (
    Case,
    best_interests,
    clear_to_fly,
    living_together,
    waits,
)
from kinward.casework.rules.closing import accounted_for, may_be_handed_over, may_close
from kinward.casework.rules.phases import as_of
from kinward.casework.rules.reuniting import refusals
from kinward.casework.tracks import Best, Civil, Host, Movement, Placement, Tracing
from kinward.casework.tracks.locate import GONE, KNOWN
from kinward.casework.tracks.movement import FLOWN
from kinward.casework.tracks.placement import LIVING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date

GATES: Final[Mapping[Gate, Callable[[Case, date], tuple[Unmet, ...]]]] = {
    Gate.G3: lambda case, _day: best_interests(case),
    Gate.G4: clear_to_fly,
    Gate.G5: lambda case, _day: living_together(case),
    Gate.G6: lambda case, _day: may_be_handed_over(case),
    Gate.G7: lambda case, _day: accounted_for(case),
    Gate.G8: lambda case, _day: may_close(case),
}
# The track on which a reason is resolved, and the step that resolves it.
RESOLVED_BY: Final[Mapping[Unmet, tuple[Track, str]]] = {
    Unmet.NO_BASIS_CHILD: (Track.CONSENT, ""),
    Unmet.NOT_KNOWN: (Track.LOCATE, KNOWN[0]),
    Unmet.NO_LEAVE: (Track.HOST_RELEASE, Host.GRANTED),
    Unmet.NO_DOCUMENT: (Track.CIVIL_STATUS, Civil.ISSUED),
    Unmet.NAME_UNCHECKED: (Track.CIVIL_STATUS, Civil.CHECKED),
    Unmet.NO_ESCORT: (Track.MOVEMENT, Movement.ESCORT),
    Unmet.NOT_FIT: (Track.MOVEMENT, Movement.FIT),
    Unmet.NO_ASSESSMENT: (Track.BEST_INTERESTS, Best.DONE),
    Unmet.NO_DETERMINATION: (Track.BEST_INTERESTS, Best.APPROVED),
    Unmet.NOBODY_RECEIVES: (Track.PLACEMENT, Placement.INTERIM_CARE),
    Unmet.NO_PLAN: (Track.TRACING, Tracing.ALTERNATIVE),
    Unmet.SIBLING_WAITS: (Track.BEST_INTERESTS, Best.APART),
    Unmet.SIBLING_APART: (Track.PLACEMENT, Placement.TOGETHER),
    Unmet.HELD: (Track.HOST_RELEASE, ""),  # on the page of its holds
    Unmet.NO_RECEIVER: (Track.HOST_RELEASE, Host.RECEIVER),
    Unmet.NO_MINUTE: (Track.HOST_RELEASE, Host.MINUTE),
    Unmet.NOT_LANDED: (Track.MOVEMENT, Movement.LANDED),
    Unmet.NOT_ADMITTED: (Track.MOVEMENT, Movement.ADMITTED),
    Unmet.NOT_STABLE: (Track.PLACEMENT, Placement.STABLE),
    Unmet.CHILD_NOT_HEARD: (Track.PLACEMENT, Placement.CHILD_HEARD),
    Unmet.CARER_NOT_HEARD: (Track.PLACEMENT, Placement.CARER_HEARD),
    Unmet.NO_FEEDBACK: (Track.PLACEMENT, Placement.FEEDBACK),
    Unmet.NO_RETENTION: (Track.PLACEMENT, Placement.RETENTION),
    Unmet.NO_CHECK: (Track.PLACEMENT, Placement.FOLLOW_UP),
}


def refused_by(gates: Iterable[Gate], case: Case, day: date) -> tuple[Unmet, ...]:
    """Return every reason why some gates refuse on a day, each once."""
    reasons = (reason for gate in gates for reason in GATES[gate](case, day))
    return tuple(dict.fromkeys(reasons))


def on_days(case: Case, days: Iterable[date]) -> tuple[tuple[Case, date], ...]:
    """Return the case and its siblings by what had happened until each of some days."""
    return tuple(
        (
            replace(as_of(case, day), siblings=tuple(as_of(one, day) for one in case.siblings)),
            day,
        )
        for day in sorted(set(days))
    )


def refused_on_any(gates: Iterable[Gate], case: Case, days: Iterable[date]) -> tuple[Unmet, ...]:
    """Return every reason why some gates refuse on any of some days, each once.

    Of each day by what had happened until then. A step that is written down later is asked both
    about the day it is said of and about the day it is written on: neither lets the other by.
    """
    listed = tuple(gates)
    reasons = (
        reason for stood, day in on_days(case, days) for reason in refused_by(listed, stood, day)
    )
    return tuple(dict.fromkeys(reasons))


def rests_on(reasons: Collection[Unmet], case: Case, days: Iterable[date]) -> dict[str, list[str]]:
    """Return which holds and siblings some reasons of some days rest on, by identifier, in order.

    Whoever agrees to going on in spite of one hold has not agreed to another that says the same.
    """
    there = [one for one in case.siblings if one.on(Track.LOCATE).position not in GONE]
    waiting = {
        one.child: one
        for stood, day in on_days(case, days)
        for one in stood.siblings
        if Unmet.SIBLING_WAITS in reasons and waits(one, day)
    }.values()
    siblings = there if Unmet.SIBLING_APART in reasons else list(waiting)
    found = {
        "holds": [str(one.id) for one in case.holds] if Unmet.HELD in reasons else [],
        "siblings": [str(one.child) for one in siblings],
    }
    return {name: sorted(keys) for name, keys in found.items() if keys}


def stands_between(case: Case, *, traced: bool, day: date) -> tuple[Unmet, ...]:
    """Return what stands between a child and home; less once it has flown.

    Once it is home, what stands between it and the closing of its case; nothing once that is
    closed. `traced` says that a lawful basis for tracing stands.
    """
    flown = case.on(Track.MOVEMENT).position in FLOWN
    placed = case.on(Track.PLACEMENT).last(*LIVING) is not None
    found = refusals(((not traced and not placed, Unmet.NO_BASIS_CHILD),))
    found += () if flown else clear_to_fly(case, day)
    if not placed:
        found += refused_by((Gate.G3, Gate.G5), case, day)
    elif case.on(Track.PLACEMENT).position != Placement.CLOSED:
        found += refused_by((Gate.G7, Gate.G8), case, day)
    return tuple(dict.fromkeys(found))
