"""A child expected in a region, who finds it a home there, and what they record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kinward.access.models import Role
from kinward.casework.actions import follow_step
from kinward.casework.models import Track
from kinward.casework.queries import case_of
from kinward.casework.tracks import Best, Next
from kinward.placement import actions
from kinward.placement.models import Act, Carer, CarerKind, Suits

HERE, THERE = "IQ-BG", "RU-DA"


@pytest.fixture
def child(make_child):
    return make_child("رسلان", region=HERE)


@pytest.fixture
def salma(make_user):
    return make_user("salma", role=Role.CASE_WORKER, region=HERE)


@pytest.fixture
def aminat(make_user):
    return make_user("aminat", role=Role.GUARDIANSHIP_OFFICER, region=THERE)


@pytest.fixture
def zarema(make_user):
    return make_user("zarema", role=Role.GUARDIANSHIP_OFFICER, region=THERE)


@pytest.fixture
def expected(child, salma, at):
    """Ask the region of Aminat to find a home; the best interests are assessed."""
    actions.ask_region(child=child, region=THERE, reason="the grandmother", by=salma, at=at)
    for to in (Best.DONE, Best.NOT_REQUIRED):
        wanted = Next(to=to, on=at.date(), reason="as told", evidence="form 3")
        follow_step(child=child, track=Track.BEST_INTERESTS, wanted=wanted, by=salma, at=at)
    return child


@pytest.fixture
def stands(child):
    """Where the home of the child stands."""
    return lambda track=Track.PLACEMENT: case_of(child).on(track).position


@pytest.fixture
def name_carer(child, aminat, at):
    """Name a carer: name_carer(kind=CarerKind.FOSTER, relation="", for_now=True)."""

    def named(*, by=aminat, of=child, days=0, **said):
        told = {"kind": CarerKind.RELATIVE, "relation": "mother_of_mother", "name": "Patimat"}
        told |= {"address": "Lesnaya 4", "why": "she asks for the child", "for_now": False}
        when = at + timedelta(days=days)
        return actions.name_carer(child=of, said=actions.Named(**told | said), by=by, at=when)

    return named


@pytest.fixture
def fit(child, aminat, at):
    """Have a carer seen, met and made guardian: fit(carer, act=Act.PERMANENT)."""

    def made(carer, *, suits=Suits.YES, met=True, act=Act.INTERIM):
        who, day = {"child": child, "by": aminat, "at": at}, at.date()
        seen = {"lives_there": "the grandmother", "looked_at": "a warm room", "why": "all is well"}
        household = actions.Seen(carer=carer, seen_on=day, suits=suits, **seen)
        actions.assess_household(said=household, **who)
        if met:
            meeting = {"met_on": day, "how": "in_person", "heard": "said", "view": "I know her"}
            actions.record_meeting(said=actions.Encounter(carer=carer, **meeting), **who)
        if act:
            until = day + timedelta(days=180)
            decided = {"authority": "Guardianship office", "reference": "12", "decided_on": day}
            decided |= {"holds_from": day, "holds_until": until, "reason": "for now"}
            said = actions.Decided(carer=carer, act=act, **decided)
            actions.record_guardianship(said=said, **who)
        return Carer.objects.get(pk=carer.pk)

    return made


@pytest.fixture
def move_in(child, aminat, at):
    """Have the child move in: move_in(carer, days=3, siblings="both sisters")."""

    def moved(carer, *, days=0, by=aminat, **said):
        when = at + timedelta(days=days)
        told = {"carer": carer, "moved_on": when.date(), "arranged": "school 2"} | said
        return actions.move_in(child=child, said=actions.MovedIn(**told), by=by, at=when)

    return moved


@pytest.fixture
def visit(child, aminat, at):
    """Visit so many days later: visit(days=95, settled=True)."""

    def visited(*, days, by=aminat, next_in=30, **said):
        when = at + timedelta(days=days)
        told = {"visited_on": when.date(), "seen": True, "where": "home", "changed": "nothing"}
        told |= {"next_on": when.date() + timedelta(days=next_in)}
        return actions.record_visit(
            child=child, said=actions.Visited(**told | said), by=by, at=when
        )

    return visited


@pytest.fixture
def at_home(expected, name_carer, fit, move_in):
    """Bring the child to its grandmother."""
    return move_in(fit(name_carer()))
