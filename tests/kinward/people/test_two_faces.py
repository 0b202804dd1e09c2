"""`decide` and `visible` say the same: held together over random worlds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinward.access import policy, rules
from kinward.access.models import (
    GIVEN,
    Compartment,
    Grant,
    GrantEnd,
    Purpose,
    Role,
    User,
    Way,
)
from kinward.access.rules import Permission, Reader, Subject
from kinward.people.models import Answer, Assertion, Certainty, Kind, Method, Person, SaidBy

AT = datetime(2019, 1, 2, 9, 30, tzinfo=UTC)
REGIONS = ["", "IQ-BG", "RU-DA"]
# Moments around AT, close together, so that boundaries meet.
MOMENTS = [AT + timedelta(hours=hours) for hours in range(-3, 4)]
READERS = [
    Role.REGISTRAR,
    Role.REGISTRAR,
    Role.ENQUIRY_WORKER,
    Role.TRACING_OFFICER,
    Role.PROGRAMME_MANAGER,
    Role.MEDIC,
]
OPERATIONS = [Permission.SEE_CHILDREN, Permission.SEE_REQUESTS, Permission.ADD_STATEMENT]
RECORDS, EXAMPLES = 60, 40


def accounts_of(chance):
    return [
        User.objects.create_user(
            f"reader-{number}",
            role=role,
            region=chance.choice(REGIONS),
            is_active=chance.random() > 0.1,
        )
        for number, role in enumerate(READERS)
    ]


def grants_on(subject, accounts, chance):
    """What may have been given on a record: none, one, or several that contradict."""
    for _ in range(chance.choice([0, 0, 1, 1, 2, 3])):
        way = chance.choice(GIVEN)
        since, until = sorted(chance.sample(MOMENTS, 2))
        to_region = way == Way.REFERRED and chance.random() < 0.5
        yield Grant(
            subject=subject.pk,
            way=way,
            account=None if to_region else chance.choice(accounts),
            region=chance.choice(REGIONS[1:]) if to_region else "",
            purpose=chance.choice(list(Purpose)),
            since=since,
            until=None if way == Way.REFERRED and chance.random() < 0.5 else until,
            given_by=accounts[0],
        )


def ends_of(grants, accounts, chance):
    return [
        GrantEnd(grant=grant, ended_by=accounts[0], ended_at=chance.choice(MOMENTS))
        for grant in grants
        if chance.random() < 0.3
    ]


def statement(person, compartment, by):
    return Assertion(
        person=person,
        property="name",
        answer=Answer.UNKNOWN,
        said_by=SaidBy.CHILD,
        method=Method.INTERVIEW,
        certainty=Certainty.POSSIBLE,
        compartment=compartment,
        recorded_by=by,
        recorded_at=AT,
    )


def made(chance):
    """Make a random world and return its accounts, its people, and what was given on each."""
    Assertion.objects.all()._raw_delete("default")
    GrantEnd.objects.all()._raw_delete("default")
    Grant.objects.all()._raw_delete("default")
    Person.objects.all()._raw_delete("default")
    User.objects.all().delete()
    accounts = accounts_of(chance)
    people = []
    for number in range(RECORDS):
        kind, region = chance.choice([Kind.CHILD, Kind.CHILD, Kind.SOUGHT]), chance.choice(REGIONS)
        people.append(
            Person(
                reference=f"X-{number}",
                kind=kind,
                region=region,
                registered_by=chance.choice(accounts),
                registered_at=AT,
            )
        )
    Person.objects.bulk_create(people)
    grants = [grant for person in people for grant in grants_on(person, accounts, chance)]
    Grant.objects.bulk_create(grants)
    GrantEnd.objects.bulk_create(ends_of(grants, accounts, chance))
    Assertion.objects.bulk_create(
        statement(person, compartment, accounts[0])
        for person in people[: RECORDS // 4]
        for compartment in Compartment
    )
    return accounts, people, {person.pk: policy.given_on(person.pk) for person in people}


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
                for person in people[: RECORDS // 4]
                for compartment in decided[person.pk].compartments
            }
            seen["worlds"] += len(people)
            seen["open"] += len(expected)


@pytest.mark.django_db
def test_seen_is_exactly_what_is_decided():
    seen = {"worlds": 0, "open": 0}

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(seed=st.integers(min_value=0, max_value=2**32), at=st.sampled_from(MOMENTS))
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
