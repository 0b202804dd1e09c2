"""Accounts, children, requests and candidates to test with. Every name is made up."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from kinward.access.models import Role, User
from kinward.audit import triggers
from kinward.people import actions as people
from kinward.people.consents import Giver, State
from kinward.people.models import SaidBy
from kinward.people.rules import ConsentAnswer, Statement
from kinward.tracing import actions as tracing
from kinward.tracing.models import Candidate, Relation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kinward.people.models import Group, Person
    from kinward.tracing.models import Request

BAGHDAD, DAGESTAN = "IQ-BG", "RU-DA"
NUMBERS = count(1)
EXPLAINED = {"form_version": "2018-11", "language": "ar"}
AGREES = ConsentAnswer(state=State.GIVEN, giver=Giver.CHILD, **EXPLAINED)
RELATIVE_AGREES = ConsentAnswer(state=State.GIVEN, giver=Giver.RELATIVE, **EXPLAINED)


@pytest.fixture(scope="session", autouse=True)
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keys that only this run of the tests has."""
    folder = tmp_path_factory.mktemp("keys")
    places = {"KEY_FILE": "keys", "KEY_STORE": "store.sqlite3", "FILES": "files"}
    with override_settings(**{name: str(folder / place) for name, place in places.items()}):
        yield


@pytest.fixture
def at() -> datetime:
    """The moment everything in a test happens at, unless it says otherwise."""
    return datetime(2019, 1, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def without_triggers(as_owner: None) -> None:
    """Let a test change what the database refuses to change: as a thief would, who owns it."""
    triggers.remove(connection)


@pytest.fixture
def of_passage() -> int:
    """How many queries a passage past the walls of PostgreSQL costs: opening it, and closing it."""
    return 2 if connection.vendor == "postgresql" else 0


@pytest.fixture
def say() -> Callable[..., Statement]:
    """Make a statement: say("name", text="Ruslan")."""

    def make(property_: str, *, said_by: SaidBy = SaidBy.CHILD, **value: Any) -> Statement:
        return Statement(property=property_, value=value, said_by=said_by)

    return make


@pytest.fixture
def agrees() -> ConsentAnswer:
    """What a child, or a mother for it, answers who agrees to be looked for."""
    return AGREES


@pytest.fixture
def relative_agrees() -> ConsentAnswer:
    """What a relative answers who agrees that the request is compared."""
    return RELATIVE_AGREES


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    """Make an account: make_user("amira", role=Role.REGISTRAR, region="IQ-BG")."""

    def make(
        username: str = "", *, role: Role = Role.TRACING_OFFICER, region: str = "", **fields: Any
    ) -> User:
        username = username or f"{role}-{next(NUMBERS)}"
        with transaction.atomic():  # where the database is told who acts
            return User.objects.create_user(username, role=role, region=region, **fields)

    return make


@pytest.fixture
def make_child(
    make_user: Callable[..., User], say: Callable[..., Statement], at: datetime
) -> Callable[..., Person]:
    """Register a child: make_child("رسلان", region="IQ-BG"), or with statements of one's own.

    The child agrees to be looked for, unless `consents` say otherwise.
    """

    def make(
        name: str = "رسلان",
        *,
        statements: Sequence[Statement] = (),
        consents: Sequence[ConsentAnswer] = (AGREES,),
        group: Group | None = None,
        region: str = BAGHDAD,
        by: User | None = None,
    ) -> Person:
        by = by or make_user(role=Role.REGISTRAR, region=region)
        said = [*([say("name", text=name)] if name else []), *statements]
        return people.register_child(statements=said, consents=consents, group=group, by=by, at=at)

    return make


@pytest.fixture
def make_request(
    make_user: Callable[..., User], say: Callable[..., Statement], at: datetime
) -> Callable[..., Request]:
    """Take a request: make_request("Руслан", "Заира", region="RU-DA") asks for two children."""

    def make(
        *names: str,
        enquirer: str = "Патимат",
        told: str = "Ищу детей моей дочери.",
        relation: Relation = Relation.GRANDCHILD,
        consents: Sequence[ConsentAnswer] = (RELATIVE_AGREES,),
        region: str = DAGESTAN,
        by: User | None = None,
    ) -> Request:
        return tracing.take_request(
            enquirer=[say("name", text=enquirer, said_by=SaidBy.RELATIVE)],
            told=told,
            language="ru",
            sought=[
                (relation, [say("name", text=name, said_by=SaidBy.RELATIVE)])
                for name in names or ("Руслан",)
            ],
            consents=consents,
            by=by or make_user(role=Role.ENQUIRY_WORKER, region=region),
            at=at,
        )

    return make


@pytest.fixture
def make_candidate(
    make_child: Callable[..., Person], make_request: Callable[..., Request], at: datetime
) -> Callable[..., Candidate]:
    """Make a candidate out of a child and the first person a request asks for."""

    def make(
        *,
        child: Person | None = None,
        request: Request | None = None,
        weight: float = 11.5,
        probability: float = 0.97,
        **fields: Any,
    ) -> Candidate:
        return Candidate.objects.create(
            child=child or make_child(),
            sought=(request or make_request()).sought.get(),
            weight=weight,
            probability=probability,
            reasons=[
                {
                    "comparison": "given",
                    "level": "same_rare",
                    "bits": weight,
                    "found": "رسلان",
                    "sought": "Руслан",
                }
            ],
            model_version="test",
            first_found_at=at,
            computed_at=at,
            **fields,
        )

    return make
