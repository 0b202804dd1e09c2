"""How far the cases of the demo have come: steps and holds, by the actions of those who act."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils import timezone
from django.utils.timezone import localdate

from kinward.access.models import Role
from kinward.audit.context import acting
from kinward.casework.actions import Addition, Claim, add_to_hold, record_hold, take_step
from kinward.casework.models import Added, HoldEnded, HoldKind, Party, Track
from kinward.casework.tracks import Next
from kinward.demo.caring import name_interim, see_before_the_flight
from kinward.demo.interests import BEST, Deciders
from kinward.demo.papers import PAPERS
from kinward.demo.scenario import data

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kinward.access.models import User
    from kinward.demo.hands import Hands
    from kinward.people.models import Person

NOON: Final = time(12)
ANSWERED: Final = timedelta(days=7)


class Going(NamedTuple):
    """A child on its way: how many steps it goes, all of them by a day."""

    child: Person
    gone: int
    by: date


class Happened(NamedTuple):
    """A step or a hold on a day; `second` says that the other case worker did it."""

    at: datetime
    child: Person
    said: Mapping[str, Any]
    second: bool = False


def go_some_way(going: Sequence[Going], hands: Hands) -> None:
    """Take the steps of children, whoever takes them, in the order of time."""
    way = data("cases")["way"]
    steps = [
        Happened(_noon(one, step["day"]), one.child, step, step.get("second", False))
        for one in going
        for step in way[: one.gone]
    ]
    for step in sorted(steps, key=_when):
        _do(step, hands)


def hold_back(children: Sequence[Person], hands: Hands) -> None:
    """Record who holds some children back; `children` in the order that the file counts them."""
    held = [
        Happened(_at(children[hold["child"]], hold["day"]), children[hold["child"]], hold)
        for hold in data("cases")["holds"]
    ]
    for one in sorted(held, key=_when):
        _hold(one, by=hands.first(Role.CASE_WORKER))


def _do(one: Happened, hands: Hands) -> None:
    """Have a step done by whoever does it."""
    first, second = hands.all(Role.CASE_WORKER)[:2]
    by = second if one.second else first
    if "best" in one.said:
        manager, panel = hands.first(Role.PROGRAMME_MANAGER), hands.all(Role.PANEL_MEMBER)
        BEST[one.said["best"]](one.child, who=Deciders(first, manager, panel), at=one.at)
    elif "paper" in one.said:
        officer = second if one.second else hands.first(Role.LEGAL_OFFICER)
        PAPERS[one.said["paper"]](one.child, by=officer, at=one.at)
    elif "care" in one.said:
        name_interim(one.child, hands=hands, at=one.at)
    elif "fit" in one.said:
        see_before_the_flight(one.child, hands=hands, at=one.at)
    else:
        _take(one, by=by)


def _when(one: Happened) -> datetime:
    """Return when it happened."""
    return one.at


def _noon(one: Going, days: int) -> datetime:
    """Return noon of the day so many days after a child was registered, or sooner if it is late."""
    longest = data("cases")["way"][-1]["day"]
    room = (one.by - localdate(one.child.registered_at)).days
    return _at(one.child, days if room >= longest else days * room // longest)


def _at(child: Person, days: int) -> datetime:
    """Return noon of the day so many days after a child was registered."""
    day = localdate(child.registered_at) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, NOON))


def _take(one: Happened, *, by: User) -> None:
    """Take a step."""
    said, day = one.said, localdate(one.at)
    wanted = Next(
        to=said["to"],
        on=day,
        reason=said.get("reason", ""),
        evidence=said.get("evidence", ""),
        holds_from=day if "holds" in said else None,
        holds_until=day + timedelta(days=said["lasts"]) if "lasts" in said else None,
    )
    with acting(by):
        take_step(child=one.child, track=Track(said["track"]), wanted=wanted, by=by, at=one.at)


def _hold(one: Happened, *, by: User) -> None:
    """Record a hold, and what was said to it."""
    said, at = one.said, one.at
    claim = Claim(
        kind=HoldKind(said["kind"]),
        party=Party(said["party"]),
        owner=said["owner"],
        told_by=said["told_by"],
        since=localdate(at),
        claim=said.get("claim", ""),
        next_action=said["next_action"],
        next_by=Role(said["next_by"]),
        next_on=localdate(at) + ANSWERED,
    )
    with acting(by):
        hold = record_hold(child=one.child, said=claim, by=by, at=at)
        if "contested" in said:
            entry = Addition(what=Added.CONTESTED, words=said["contested"])
            add_to_hold(hold=hold, said=entry, by=by, at=at + ANSWERED)
        if "ended" in said:
            entry = Addition(what=Added.ENDED, words=said["ended"], how=HoldEnded.LIFTED)
            add_to_hold(hold=hold, said=entry, by=by, at=at + ANSWERED)
