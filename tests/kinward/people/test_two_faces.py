"""`decide` and `visible` say the same: held together over random worlds."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import AT, DESCRIBED, made, moments

from kinward.access import policy, rules
from kinward.access.models import (
    Grant,
    Purpose,
    Role,
    Way,
)
from kinward.access.rules import Permission, Reader, Subject
from kinward.people.models import Assertion, Person

OPERATIONS = [Permission.SEE_CHILDREN, Permission.SEE_REQUESTS, Permission.ADD_STATEMENT]
EXAMPLES = 40


def check_world(accounts, people, given_on, *, chance, at, seen):
    """Ask both faces about everybody, for each account and operation."""
    for account in accounts:
        reader = Reader(
            id=account.pk,
            role=Role(account.role),
            region=account.region,
            active=account.is_active,
        )
        purpose = chance.choice([*rules.purposes_of(account.role) * 4, *Purpose, ""])
        for operation in OPERATIONS:
            decided = {}
            for person in people:
                subject = Subject(
                    by=person.registered_by_id, region=person.region, given=given_on[person.pk]
                )
                decided[person.pk] = rules.decide(
                    reader, operation, subject, purpose=purpose, at=at
                )
            asked = {"actor": account, "operation": operation, "purpose": purpose, "at": at}
            shown = {row.pk for row in policy.visible(Person.objects.all(), **asked)}
            said = policy.visible(Assertion.objects.all(), **asked)
            expected = {pk for pk, decision in decided.items() if decision.allow}

            assert shown == expected
            assert {(one.person_id, one.compartment) for one in said} == {
                (person.pk, compartment)
                for person in people[:DESCRIBED]
                for compartment in decided[person.pk].compartments
            }
            seen["worlds"] += len(people)
            seen["open"] += len(expected)


@pytest.mark.django_db
@pytest.mark.usefixtures("without_triggers")
def test_seen_is_exactly_what_is_decided():
    seen = {"worlds": 0, "open": 0}

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(seed=st.integers(min_value=0, max_value=2**32), at=st.sampled_from(moments(AT)))
    def check(seed, at):
        chance = Random(seed)  # noqa: S311 (draws made-up worlds)
        check_world(*made(chance), chance=chance, at=at, seen=seen)

    check()

    assert seen["worlds"] >= 10_000
    assert 0.1 < seen["open"] / seen["worlds"] < 0.9


def test_decision_about_a_stored_record_reads_what_was_given(make_child, make_user, at):
    child, manager = make_child(), make_user(role=Role.PROGRAMME_MANAGER)
    worker = make_user(role=Role.REGISTRAR, region="RU-DA")
    Grant.objects.create(
        subject=child.pk,
        way=Way.ASSIGNED,
        account=worker,
        purpose=Purpose.TRACING,
        since=at,
        until=at + timedelta(days=1),
        given_by=manager,
    )
    statement_ = child.assertions.get()

    def allowed(actor, subject, **changed):
        asked = {"purpose": None, "at": at} | changed
        return policy.decide(actor, Permission.SEE_CHILDREN, subject, **asked).allow

    assert allowed(worker, child)
    assert allowed(worker, statement_)
    assert not allowed(worker, child, at=at + timedelta(days=1))
    assert not allowed(worker, child, purpose=Purpose.OVERSIGHT)
    assert not allowed(make_user(role=Role.REGISTRAR, region="RU-DA"), child)
    assert not allowed(AnonymousUser(), child)
    assert not allowed(make_user(role=Role.MEDIC), child)


def test_anonymous_sees_nothing(make_child):
    make_child()

    seen = policy.visible(
        Person.objects.all(), actor=AnonymousUser(), operation=Permission.SEE_CHILDREN
    )

    assert list(seen) == []
