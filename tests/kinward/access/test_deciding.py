from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kinward.access.models import Compartment, Purpose, Role, Way
from kinward.access.rules import (
    Given,
    Obligation,
    Permission,
    Reader,
    Subject,
    Why,
    decide,
)

AT = datetime(2019, 1, 2, 9, 30, tzinfo=UTC)
HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)
ME, OTHER = UUID(int=1), UUID(int=2)
REGISTRAR = Reader(id=ME, role=Role.REGISTRAR, region="IQ-BG")
ELSEWHERE = Subject(by=OTHER, region="SY-HA")
SEE = Permission.SEE_CHILDREN
WHO = frozenset(
    {Compartment.PUBLIC, Compartment.IDENTITY, Compartment.FAMILY, Compartment.LOCATION}
)


def given(way, **changed):
    plain = Given(
        way=way, account=ME, purpose=Purpose.REGISTRATION, since=AT - HOUR, until=AT + HOUR
    )
    return replace(plain, **changed)


def asked(subject=ELSEWHERE, reader=REGISTRAR, permission=SEE, purpose="registration", at=AT):
    return decide(reader, permission, subject, purpose=purpose, at=at)


def with_given(*grants, **changed):
    return replace(ELSEWHERE, given=grants, **changed)


def test_own_and_regional_records_are_within_reach():
    assert asked(replace(ELSEWHERE, by=ME)).allow
    regional = asked(replace(ELSEWHERE, region="IQ-BG"))

    assert regional.allow
    assert regional.compartments == WHO | {Compartment.EVIDENCE}
    assert regional.obligations == {Obligation.WRITE_DOWN}
    assert regional.why == Why.ALLOWED


def test_other_records_are_out_of_reach_and_open_nothing():
    refused = asked()

    assert (refused.allow, refused.why) == (False, Why.REACH)
    assert refused.compartments == refused.obligations == frozenset()


def test_no_region_is_not_a_region_of_its_own():
    nowhere = replace(REGISTRAR, region="")

    assert not asked(Subject(by=OTHER), reader=nowhere).allow
    assert not asked(with_given(given(Way.REFERRED, account=OTHER)), reader=nowhere).allow


def test_closed_account_role_and_purpose_refuse_in_this_order():
    own = Subject(by=ME)

    refusals = (
        asked(own, reader=replace(REGISTRAR, active=False)),
        asked(own, permission=Permission.SEE_REQUESTS),
        asked(own, purpose="management"),
        asked(own, purpose=""),
    )

    assert [refused.allow for refused in refusals] == [False] * 4
    assert [refused.why for refused in refusals] == [
        Why.CLOSED,
        Why.ROLE,
        Why.PURPOSE,
        Why.PURPOSE,
    ]
    assert asked(own, purpose="tracing").allow


def test_reviewer_reaches_everything_for_tracing():
    officer = Reader(id=ME, role=Role.TRACING_OFFICER)

    assert asked(reader=officer, purpose="tracing").allow
    assert not asked(reader=officer, purpose="registration").allow


@pytest.mark.parametrize("way", [Way.ASSIGNED, Way.REFERRED, Way.BREAK_GLASS])
@pytest.mark.parametrize(
    ("at", "open_"),
    [(AT - HOUR - TICK, False), (AT - HOUR, True), (AT + HOUR - TICK, True), (AT + HOUR, False)],
)
def test_what_was_given_holds_from_its_first_moment_until_its_end(way, at, open_):
    assert asked(with_given(given(way)), at=at).allow == open_


def test_what_was_given_without_an_end_holds():
    assert asked(with_given(given(Way.REFERRED, until=None))).allow


def test_what_was_given_to_somebody_else_or_for_something_else_opens_nothing():
    for wrong in ({"account": OTHER}, {"account": None}, {"purpose": Purpose.OVERSIGHT}):
        assert not asked(with_given(given(Way.ASSIGNED, **wrong))).allow


def test_what_was_given_to_the_office_is_for_everyone_in_it():
    office = given(Way.REFERRED, account=None, region="IQ-BG")

    assert asked(with_given(office)).allow
    assert not asked(with_given(replace(office, region="TJ-DU"))).allow


def test_referral_that_was_accepted_moves_the_record():
    away = given(Way.REFERRED, account=OTHER)

    assert not asked(with_given(away, region="IQ-BG")).allow
    assert not asked(with_given(away, by=ME)).allow
    assert asked(with_given(replace(away, until=AT), region="IQ-BG")).allow
    assert asked(with_given(replace(away, way=Way.ASSIGNED), region="IQ-BG")).allow
    # An assignment stays: it was given to a person, not to the office.
    assert asked(with_given(away, given(Way.ASSIGNED))).allow


def test_emergency_opens_who_the_child_is_says_so_and_lets_nothing_be_added():
    broken = with_given(given(Way.BREAK_GLASS, purpose=Purpose.PROTECTION))

    opened = asked(broken)

    assert opened.compartments == WHO
    assert opened.obligations == {Obligation.WRITE_DOWN, Obligation.SAY_EMERGENCY}
    assert asked(broken, permission=Permission.ADD_STATEMENT).why == Why.REACH


def test_compartments_of_every_way_add_up():
    manager = Reader(id=ME, role=Role.PROGRAMME_MANAGER)
    broken = with_given(given(Way.BREAK_GLASS, purpose=Purpose.PROTECTION))

    assert asked(reader=manager, purpose="management").compartments == {Compartment.PUBLIC}
    assert asked(broken, reader=manager, purpose="management").compartments == WHO
