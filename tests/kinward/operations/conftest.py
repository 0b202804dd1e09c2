"""An operation of two legs, who plans and escorts it, and children who could fly."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import partial

import pytest
from operation import counted_and_closed

from kinward.access.models import Role
from kinward.casework.actions import InHand, push_document
from kinward.casework.models import Step, Track
from kinward.casework.tracks import TABLES, Best, Civil, Host, Locate, Movement, Placement
from kinward.core.ids import uuid7
from kinward.operations import actions
from kinward.operations.models import CheckpointKind, Mode
from kinward.operations.queries import journey_now
from kinward.places.models import Place


@pytest.fixture
def rami(make_user):
    return make_user("rami", role=Role.OPERATION_LEAD)


@pytest.fixture
def zeina(make_user):
    return make_user("zeina", role=Role.OPERATION_LEAD)


@pytest.fixture
def nadia(make_user):
    return make_user("nadia", role=Role.PROGRAMME_MANAGER)


@pytest.fixture
def omar(make_user):
    return make_user("omar", role=Role.ESCORT)


@pytest.fixture
def day(at):
    return at.date() + timedelta(days=3)


@pytest.fixture
def times(at):
    """Times of a leg: times(seats=3)."""

    def made(**said):
        told = {"departs_at": at + timedelta(days=3), "arrives_at": at + timedelta(days=3, hours=6)}
        told |= {"carrier": "Test Air", "vehicle": "KW401", "seats": 40, "cots": 4}
        told |= {"departs_from": "BGW", "arrives_in": "ZIA"}
        return actions.Times(**told | said)

    return made


@pytest.fixture
def way(db):
    baghdad, moscow = (Place.objects.get(code=code) for code in ("IQ-BG", "RU-MOW"))
    kinds = [CheckpointKind.BOARDED, CheckpointKind.LANDED]
    return partial(
        actions.Way, mode=Mode.AIR, origin=baghdad, destination=moscow, checkpoints=kinds
    )


@pytest.fixture
def operation(rami, at, day, times, way):
    made = actions.plan_operation(title="Winter flight", day=day, by=rami, at=at)
    for vehicle in ("KW401", "KW402"):
        actions.add_leg(operation=made, way=way(), times=times(vehicle=vehicle), by=rami, at=at)
    return made


@pytest.fixture
def ready(make_child, make_user, at, day):
    """A child that is clear but for an escort: ready("رسلان", surname="TESTOV", fit=day)."""
    salma = make_user("salma", role=Role.CASE_WORKER, region="IQ-BG")
    yusuf = make_user("yusuf", role=Role.CASE_WORKER, region="IQ-BG")

    def made(name="رسلان", *, surname="TESTOV", given="RUSLAN", without=(), fit=Movement.FIT):
        child = make_child(name, region="IQ-BG")
        today, until = at.date(), day + timedelta(days=90)
        steps = (
            (Track.LOCATE, Locate.CORROBORATED, {}),
            (Track.CIVIL_STATUS, Civil.EVIDENCE, {}),
            (Track.CIVIL_STATUS, Civil.BIRTH, {}),
            (Track.CIVIL_STATUS, Civil.APPLIED, {}),
            (Track.CIVIL_STATUS, Civil.ISSUED, {"holds_from": today, "holds_until": until}),
            (Track.CIVIL_STATUS, Civil.CHECKED, {"taken_by": yusuf}),
            (Track.HOST_RELEASE, Host.CUSTODIAN, {}),
            (Track.HOST_RELEASE, Host.PENDING, {}),
            (Track.HOST_RELEASE, Host.GRANTED, {"holds_from": today}),
            (Track.HOST_RELEASE, Host.CLEARED, {"reason": ""}),
            (Track.BEST_INTERESTS, Best.DONE, {}),
            (Track.PLACEMENT, Placement.INTERIM_CARE, {}),
            (Track.MOVEMENT, fit, {"holds_until": until}),
        )
        numbers = Counter()
        for track, to, said in steps:
            if to in without:
                continue
            numbers[track] += 1
            told = {"happened_on": today, "reason": "a window seat", "evidence": "decision 12"}
            told |= {"compartment": TABLES[track].compartment, "taken_by": salma, "taken_at": at}
            Step.objects.create(
                child=child, track=track, number=numbers[track], to=to, **told | said
            )
        if surname:
            give_document(child, surname, given, by=salma, at=at)
        return child

    return made


def give_document(child, surname, given, *, by, at, usable=True):
    """Push down a passport of a child."""
    found = InHand(
        document=uuid7(),
        usable=usable,
        kind="passport",
        issuer="RUS",
        number="530123456",
        surname=surname.title(),
        given=given.title(),
        zone_surname=surname,
        zone_given=given,
        valid_from=date(2018, 11, 1),
        valid_until=date(2028, 10, 31),
    )
    return push_document(child=child, found=found, by=by, at=at)


@pytest.fixture
def put(operation, rami, at):
    """Put children on the plan: put(child, over=[1])."""

    def done(*children, over=(1,), **said):
        told = {"operation": operation, "children": children, "over": over} | said
        return actions.put_on_plan(**told, by=rami, at=at)

    return done


@pytest.fixture
def name_escorts(operation, rami, at):
    """Name two escorts, one of them with an account: name_escorts(accounts=[omar, None])."""

    def done(*, over=(1, 2), at_most=10, by=rami, accounts=(None, None)):
        return [
            actions.name_escort(
                operation=operation,
                named=actions.Named(surname=surname, given="Omar", organisation="Red Crescent"),
                over=over,
                at_most=at_most,
                account=account,
                by=by,
                at=at,
            )
            for account, surname in zip(accounts, ["Nasser", "Haddad"], strict=False)
        ]

    return done


@pytest.fixture
def journey(operation):
    """The operation as it stands: journey()."""
    return lambda: journey_now(operation)


@pytest.fixture
def draft(operation, rami, at):
    """Draft a version: draft(reason="one child more")."""
    return lambda reason="", by=rami: actions.draft_manifest(
        operation=operation, reason=reason, by=by, at=at
    )


@pytest.fixture
def planned(make_user, make_child, at):
    """Three on board; two are counted as landed and in hospital, and the third as taken out."""
    children = [make_child(name) for name in ("رسلان", "زينب", "تيمور")]
    return counted_and_closed(make_user, children, at)
