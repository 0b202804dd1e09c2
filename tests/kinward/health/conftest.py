"""A child that is on its way, the medic it is assigned to, and what the medic writes down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kinward.access.models import Grant, Purpose, Role, Way
from kinward.casework.models import Step, Track
from kinward.casework.queries import case_of
from kinward.health import actions
from kinward.health.models import Fit, Meeting
from kinward.health.rules import Stated


@pytest.fixture
def child(make_child, say):
    born = say("born", edtf="2015-03")
    return make_child("رسلان", statements=[born, say("sex", code="male")], region="IQ-BG")


@pytest.fixture
def give(child, make_user, at):
    """Assign the child to an account, then and now: give(rana)."""
    manager = make_user("manager", role=Role.PROGRAMME_MANAGER)

    def given(to, *, child=child):
        return Grant.objects.create(
            subject=child.pk,
            way=Way.ASSIGNED,
            account=to,
            purpose=Purpose.PROTECTION,
            since=at,
            until=timezone.now() + timedelta(days=30),
            given_by=manager,
        )

    return given


@pytest.fixture
def rana(make_user, give):
    medic = make_user("rana", role=Role.MEDIC, region="IQ-BG")
    give(medic)
    return medic


@pytest.fixture
def journey(child, make_user, at):
    """Where the journey of the child stands; journey("landed") says first that it is there."""
    leader = make_user("leader", role=Role.CASE_WORKER, region="IQ-BG")

    def stands(*steps):
        for to in steps:
            number = Step.objects.filter(child=child, track=Track.MOVEMENT).count() + 1
            told = {"happened_on": at.date(), "taken_by": leader, "taken_at": at}
            Step.objects.create(
                child=child,
                track=Track.MOVEMENT,
                number=number,
                to=to,
                compartment="movement",
                **told,
            )
        return case_of(child).on(Track.MOVEMENT)

    return stands


@pytest.fixture
def see(child, rana, at):
    """A medic saw the child: see(Meeting.ADMISSION, days=-1); returns encounter and step."""

    def seen(meeting=Meeting.BEFORE, *, days=0, by=rana, **said):
        met = actions.Met(meeting=meeting, seen_on=at.date() + timedelta(days=days), **said)
        return actions.record_encounter(child=child, met=met, by=by, at=at)

    return seen


@pytest.fixture
def write(see, rana, at):
    """Write an entry down: write("measure", weight_kg=12.4)."""

    def written(kind, *, encounter=None, by=rana, **said):
        encounter = encounter or see()[0]
        return actions.record_entry(encounter=encounter, kind=kind, said=said, by=by, at=at)

    return written


@pytest.fixture
def state(child, rana, at):
    """State whether the child may fly: state(Fit.CONDITIONAL, needs="a seat by the aisle")."""

    def stated(fit=Fit.FIT, *, by=rana, days=5, **said):
        until = None if days is None else at.date() + timedelta(days=days)
        what = Stated(fit=fit, until=until, **said)
        return actions.state_fitness(child=child, stated=what, by=by, at=at)

    return stated
