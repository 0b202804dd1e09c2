"""What is decided about a record and what is seen of it, held together over random worlds.

`decide` answers about one record, `visible` asks the database; they must say the same. Runs inside
Django, and leaves nothing behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

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
from kinward.audit import triggers
from kinward.people.models import Answer, Assertion, Certainty, Kind, Method, Person, SaidBy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from uuid import UUID

    from kinward.access.rules import Given

AT: Final = datetime(2019, 1, 2, 9, 30, tzinfo=UTC)
REGIONS: Final = ("", "IQ-BG", "RU-DA")
READERS: Final = (
    Role.REGISTRAR,
    Role.REGISTRAR,
    Role.ENQUIRY_WORKER,
    Role.TRACING_OFFICER,
    Role.PROGRAMME_MANAGER,
    Role.MEDIC,
)
OPERATIONS: Final = (Permission.SEE_CHILDREN, Permission.SEE_REQUESTS, Permission.ADD_STATEMENT)
RECORDS: Final = 60  # of one world
LAST_ONLY: Final = RECORDS // 4  # of which statements are made, in every compartment


@dataclass(slots=True)
class Faces:
    """What was found: each record under each rule for each reader is one comparison."""

    worlds: int = 0
    records: int = 0
    compared: int = 0
    shown: int = 0
    differing: int = 0


def run(records: int, *, seed: int = 1) -> Faces:
    """Hold the two together over so many records of random worlds."""
    chance, found = Random(seed), Faces()  # noqa: S311 (draws made-up worlds)
    with transaction.atomic():
        triggers.remove(connection)  # worlds are wiped, which the ledgers refuse
        while found.worlds * RECORDS < records:
            compare(*made(chance), chance=chance, found=found)
            found.worlds += 1
        transaction.set_rollback(True)
    found.records = found.worlds * RECORDS
    return found


def moments(at: datetime) -> list[datetime]:
    """Return moments around one, close together, so that boundaries meet."""
    return [at + timedelta(hours=hours) for hours in range(-3, 4)]


def accounts_of(chance: Random) -> list[User]:
    """Make somebody of each kind."""
    return [
        User.objects.create_user(
            f"reader-{number}",
            role=role,
            region=chance.choice(REGIONS),
            is_active=chance.random() > 0.1,  # noqa: PLR2004 (one in ten has left)
        )
        for number, role in enumerate(READERS)
    ]


def grants_on(
    subject: Person, accounts: list[User], chance: Random, around: list[datetime]
) -> Iterator[Grant]:
    """Yield what may have been given on a record: none, one, or several that contradict."""
    for _ in range(chance.choice([0, 0, 1, 1, 2, 3])):
        way = chance.choice(GIVEN)
        since, until = sorted(chance.sample(around, 2))
        to_region = way in {Way.REFERRED, Way.EXPECTED} and chance.random() < 0.5  # noqa: PLR2004 (half of them)
        endless = way == Way.REFERRED and chance.random() < 0.5  # noqa: PLR2004 (likewise)
        yield Grant(
            subject=subject.pk,
            way=way,
            account=None if to_region else chance.choice(accounts),
            region=chance.choice(REGIONS[1:]) if to_region else "",
            purpose=chance.choice(list(Purpose)),
            since=since,
            until=None if endless else until,
            given_by=accounts[0],
        )


def ends_of(
    grants: list[Grant], accounts: list[User], chance: Random, around: list[datetime]
) -> list[GrantEnd]:
    """End three in ten of what was given."""
    return [
        GrantEnd(grant=grant, ended_by=accounts[0], ended_at=chance.choice(around))
        for grant in grants
        if chance.random() < 0.3  # noqa: PLR2004 (said above)
    ]


def statement(person: Person, compartment: Compartment, by: User) -> Assertion:
    """Say something of a person in a compartment."""
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


def made(
    chance: Random, *, at: datetime = AT
) -> tuple[list[User], list[Person], Mapping[UUID, Iterable[Given]]]:
    """Make a random world; return its accounts, its people, and what was given on each."""
    for model in (Assertion, GrantEnd, Grant, Person):
        model.objects.all()._raw_delete("default")  # noqa: SLF001 (ledgers refuse the other way)
    User.objects.filter(username__startswith="reader-").delete()
    accounts, around = accounts_of(chance), moments(at)
    people = [
        Person(
            reference=f"X-{number}",
            kind=chance.choice([Kind.CHILD, Kind.CHILD, Kind.SOUGHT]),
            region=chance.choice(REGIONS),
            registered_by=chance.choice(accounts),
            registered_at=AT,
        )
        for number in range(RECORDS)
    ]
    Person.objects.bulk_create(people)
    grants = [grant for person in people for grant in grants_on(person, accounts, chance, around)]
    Grant.objects.bulk_create(grants)
    GrantEnd.objects.bulk_create(ends_of(grants, accounts, chance, around))
    Assertion.objects.bulk_create(
        statement(person, compartment, accounts[0])
        for person in people[:LAST_ONLY]
        for compartment in Compartment
    )
    return accounts, people, {person.pk: policy.given_on(person.pk) for person in people}


def compare(
    accounts: list[User],
    people: list[Person],
    given_on: Mapping[UUID, Iterable[Given]],
    *,
    chance: Random,
    found: Faces,
) -> None:
    """Ask both about everybody, for each account and operation; count where they differ."""
    at = chance.choice(moments(AT))
    for account in accounts:
        reader = Reader(
            id=account.pk,
            role=Role(account.role),
            region=account.region,
            active=account.is_active,
        )
        purpose = chance.choice([*rules.purposes_of(account.role) * 4, *Purpose, ""])
        for operation in OPERATIONS:
            decided = {
                person.pk: rules.decide(
                    reader,
                    operation,
                    Subject(
                        by=person.registered_by_id, region=person.region, given=given_on[person.pk]
                    ),
                    purpose=purpose,
                    at=at,
                )
                for person in people
            }
            asked = {"actor": account, "operation": operation, "purpose": purpose, "at": at}
            allowed = {pk for pk, decision in decided.items() if decision.allow}
            shown = {row.pk for row in policy.visible(Person.objects.all(), **asked)}
            statements = policy.visible(Assertion.objects.all(), **asked)
            read = set(statements.values_list("person_id", "compartment"))
            readable = {
                (person.pk, each)
                for person in people[:LAST_ONLY]
                for each in decided[person.pk].compartments
            }
            found.compared += len(people)
            found.shown += len(shown)
            found.differing += len(shown ^ allowed) + len(read ^ readable)
