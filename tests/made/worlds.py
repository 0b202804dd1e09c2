"""Random worlds of accounts, people, and what was given on them: no two rules agree by luck."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kinward.access import policy
from kinward.access.models import GIVEN, Compartment, Grant, GrantEnd, Purpose, Role, User, Way
from kinward.people.models import Answer, Assertion, Certainty, Kind, Method, Person, SaidBy

AT = datetime(2019, 1, 2, 9, 30, tzinfo=UTC)
REGIONS = ["", "IQ-BG", "RU-DA"]
READERS = [
    Role.REGISTRAR,
    Role.REGISTRAR,
    Role.ENQUIRY_WORKER,
    Role.TRACING_OFFICER,
    Role.PROGRAMME_MANAGER,
    Role.MEDIC,
]
RECORDS = 60
DESCRIBED = RECORDS // 4  # of whom something is said, in every compartment


def moments(at):
    """Moments around one, close together, so that boundaries meet."""
    return [at + timedelta(hours=hours) for hours in range(-3, 4)]


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


def grants_on(subject, accounts, chance, around):
    """What may have been given on a record: none, one, or several that contradict."""
    for _ in range(chance.choice([0, 0, 1, 1, 2, 3])):
        way = chance.choice(GIVEN)
        since, until = sorted(chance.sample(around, 2))
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


def ends_of(grants, accounts, chance, around):
    return [
        GrantEnd(grant=grant, ended_by=accounts[0], ended_at=chance.choice(around))
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


def made(chance, *, at=AT):
    """Make a random world and return its accounts, its people, and what was given on each."""
    Assertion.objects.all()._raw_delete("default")
    GrantEnd.objects.all()._raw_delete("default")
    Grant.objects.all()._raw_delete("default")
    Person.objects.all()._raw_delete("default")
    User.objects.all().delete()
    accounts, around = accounts_of(chance), moments(at)
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
    grants = [grant for person in people for grant in grants_on(person, accounts, chance, around)]
    Grant.objects.bulk_create(grants)
    GrantEnd.objects.bulk_create(ends_of(grants, accounts, chance, around))
    Assertion.objects.bulk_create(
        statement(person, compartment, accounts[0])
        for person in people[:DESCRIBED]
        for compartment in Compartment
    )
    return accounts, people, {person.pk: policy.given_on(person.pk) for person in people}
