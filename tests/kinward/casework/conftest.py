"""A child of an office, and those who work on its case."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from kinward.access.models import Role
from kinward.casework import actions
from kinward.casework.models import Track
from kinward.casework.tracks import Best, Civil, Host, Locate, Movement, Next, Placement


@pytest.fixture
def child(make_child):
    return make_child("رسلان", region="IQ-BG")


@pytest.fixture
def salma(make_user):
    return make_user("salma", role=Role.CASE_WORKER, region="IQ-BG")


@pytest.fixture
def yusuf(make_user):
    return make_user("yusuf", role=Role.CASE_WORKER, region="IQ-BG")


@pytest.fixture
def nadia(make_user):
    return make_user("nadia", role=Role.PROGRAMME_MANAGER)


@pytest.fixture
def take(child, salma, at):
    """Take a step: take(Track.LOCATE, Locate.HYPOTHESIS, reason="the mother says so")."""

    def taken(track, to, *, by=salma, of=child, pushed=False, **said):
        wanted = Next(to=to, **{"on": at.date()} | said)
        act = actions.follow_step if pushed else actions.take_step
        return act(child=of, track=track, wanted=wanted, by=by, at=at)

    return taken


@pytest.fixture
def almost(take, yusuf, at):
    """Take every step up to a child that is clear to fly, but that an escort is named."""
    day = at.date()

    def taken(**of):
        said = partial(take, evidence="decision 12", **of)
        said(Track.LOCATE, Locate.CORROBORATED)
        said(Track.CIVIL_STATUS, Civil.EVIDENCE, pushed=True)
        said(Track.CIVIL_STATUS, Civil.BIRTH, pushed=True)
        said(Track.CIVIL_STATUS, Civil.APPLIED)
        until = day + timedelta(days=90)
        said(Track.CIVIL_STATUS, Civil.ISSUED, holds_from=day, holds_until=until, pushed=True)
        said(Track.CIVIL_STATUS, Civil.CHECKED, by=yusuf, pushed=True)
        said(Track.HOST_RELEASE, Host.CUSTODIAN)
        said(Track.HOST_RELEASE, Host.PENDING)
        said(Track.HOST_RELEASE, Host.GRANTED, holds_from=day)
        said(Track.BEST_INTERESTS, Best.DONE, pushed=True)
        said(Track.PLACEMENT, Placement.INTERIM_CARE)
        said(Track.MOVEMENT, Movement.FIT, holds_until=day, pushed=True)

    return taken
