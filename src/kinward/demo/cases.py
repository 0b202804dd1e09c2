"""How far the cases of the demo have come: steps and holds, by the actions of those who act."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils import timezone

from kinward.access.models import Role
from kinward.audit.context import acting
from kinward.casework.actions import (
    Addition,
    Claim,
    add_to_hold,
    follow_step,
    record_hold,
    take_step,
)
from kinward.casework.models import Added, HoldEnded, HoldKind, Party, Track
from kinward.casework.tracks import TABLES, Next
from kinward.demo.interests import BEST, Deciders
from kinward.demo.papers import PAPERS
from kinward.demo.scenario import data

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kinward.access.models import User
    from kinward.people.models import Person

NOON: Final = time(12)
ANSWERED: Final = timedelta(days=7)


class Happened(NamedTuple):
    """A step or a hold on a day; `second` says that the other case worker did it."""

    at: datetime
    child: Person
    said: Mapping[str, Any]
    second: bool = False


def go_some_way(children: Sequence[Person], workers: Sequence[User], *, until: datetime) -> int:
    """Take the steps of the first children, and record who holds some of them back.

    `children` are in the order of their registration, `workers` all accounts. Returns how many
    steps were taken.
    """
    by_role: dict[str, list[User]] = {}
    for worker in workers:
        by_role.setdefault(worker.role, []).append(worker)
    first, second = by_role[Role.CASE_WORKER]
    manager, panel = by_role[Role.PROGRAMME_MANAGER][0], by_role[Role.PANEL_MEMBER]
    (officer,), (medic,) = by_role[Role.LEGAL_OFFICER], by_role[Role.MEDIC]
    deciders = Deciders(first, manager, panel)
    told = data("cases")
    steps = [
        Happened(_noon(child, step["day"]), child, step, step.get("second", False))
        for child, gone in zip(children, told["gone"], strict=False)
        for step in told["way"][:gone]
    ]
    holds = [
        Happened(_noon(children[hold["child"]], hold["day"]), children[hold["child"]], hold)
        for hold in told["holds"]
        if hold["child"] < len(children)
    ]
    taken = [each for each in sorted(steps, key=_when) if each.at <= until]
    for one in taken:
        if "best" in one.said:
            BEST[one.said["best"]](one.child, who=deciders, at=one.at)
        elif "paper" in one.said:
            by = second if one.second else officer
            PAPERS[one.said["paper"]](one.child, by=by, at=one.at)
        else:
            _take(one, by=second if one.second else first, medic=medic)
    for one in sorted(holds, key=_when):
        _hold(one, by=first)
    return len(taken)


def _when(one: Happened) -> datetime:
    """Return when it happened."""
    return one.at


def _noon(child: Person, days: int) -> datetime:
    """Return noon of the day so many days after a child was registered."""
    day = timezone.localdate(child.registered_at) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, NOON))


def _take(one: Happened, *, by: User, medic: User) -> None:
    """Take a step; a medic's follows from what was found, and is the medic's."""
    said, day = one.said, one.at.date()
    wanted = Next(
        to=said["to"],
        on=day,
        reason=said.get("reason", ""),
        evidence=said.get("evidence", ""),
        holds_from=day if "holds" in said else None,
        holds_until=day + timedelta(days=said["lasts"]) if "lasts" in said else None,
    )
    track = Track(said["track"])
    of_medic = TABLES[track].whose(wanted.to) == Role.MEDIC
    who, act = (medic, follow_step) if of_medic else (by, take_step)
    with acting(who):
        act(child=one.child, track=track, wanted=wanted, by=who, at=one.at)


def _hold(one: Happened, *, by: User) -> None:
    """Record a hold, and what was said to it."""
    said, at = one.said, one.at
    claim = Claim(
        kind=HoldKind(said["kind"]),
        party=Party(said["party"]),
        owner=said["owner"],
        told_by=said["told_by"],
        since=at.date(),
        claim=said.get("claim", ""),
        next_action=said["next_action"],
        next_by=Role(said["next_by"]),
        next_on=at.date() + ANSWERED,
    )
    with acting(by):
        hold = record_hold(child=one.child, said=claim, by=by, at=at)
        if "contested" in said:
            entry = Addition(what=Added.CONTESTED, words=said["contested"])
            add_to_hold(hold=hold, said=entry, by=by, at=at + ANSWERED)
        if "ended" in said:
            entry = Addition(what=Added.ENDED, words=said["ended"], how=HoldEnded.LIFTED)
            add_to_hold(hold=hold, said=entry, by=by, at=at + ANSWERED)
