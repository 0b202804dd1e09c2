"""Accounts, children, requests and candidates. Every name is made up.

Runs inside Django, where somebody acts.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from kinward.access.models import Role, User
from kinward.people import actions as people
from kinward.people.consents import Giver, State
from kinward.people.models import SaidBy
from kinward.people.properties import Shape
from kinward.people.rules import ConsentAnswer, Statement
from kinward.tracing import actions as tracing
from kinward.tracing.models import Candidate, Relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kinward.people.models import Group, Person
    from kinward.tracing.models import Request

BAGHDAD, DAGESTAN = "IQ-BG", "RU-DA"
AT: Final = datetime(2019, 1, 2, 9, 30, tzinfo=UTC)
NUMBERS = count(1)
EXPLAINED: Final = {"form_version": "2018-11", "language": "ar"}
AGREES: Final = ConsentAnswer(state=State.GIVEN, giver=Giver.CHILD, **EXPLAINED)
RELATIVE_AGREES: Final = ConsentAnswer(state=State.GIVEN, giver=Giver.RELATIVE, **EXPLAINED)


# What values of some shapes must have beside a text.
SHAPED: Final = {Shape.KIN: {"relation": "other"}, Shape.STAY: {"role": "held"}}


def said(property_: str, *, said_by: SaidBy = SaidBy.CHILD, **value: Any) -> Statement:
    """Make a statement, as `said("name", text="Ruslan")`."""
    return Statement(property=property_, value=value, said_by=said_by)


def account(
    username: str = "", *, role: Role = Role.TRACING_OFFICER, region: str = "", **fields: Any
) -> User:
    """Make an account, as `account("amira", role=Role.REGISTRAR, region="IQ-BG")`."""
    username = username or f"{role}-{next(NUMBERS)}"
    with transaction.atomic():  # where the database is told who acts
        return User.objects.create_user(username, role=role, region=region, **fields)


def register(  # noqa: PLR0913 (what a child is registered with)
    name: str = "رسلان",
    *,
    statements: Sequence[Statement] = (),
    consents: Sequence[ConsentAnswer] = (AGREES,),
    group: Group | None = None,
    region: str = BAGHDAD,
    by: User | None = None,
    at: datetime = AT,
) -> Person:
    """Register a child, who agrees to be looked for unless `consents` say otherwise."""
    by = by or account(role=Role.REGISTRAR, region=region)
    told = [*([said("name", text=name)] if name else []), *statements]
    return people.register_child(statements=told, consents=consents, group=group, by=by, at=at)


def take(  # noqa: PLR0913 (what a request is taken with)
    *names: str,
    enquirer: str = "Патимат",
    told: str = "Ищу детей моей дочери.",
    relation: Relation = Relation.GRANDCHILD,
    consents: Sequence[ConsentAnswer] = (RELATIVE_AGREES,),
    region: str = DAGESTAN,
    by: User | None = None,
    at: datetime = AT,
) -> Request:
    """Take a request; `take("Руслан", "Заира")` asks for two children."""
    return tracing.take_request(
        enquirer=[said("name", text=enquirer, said_by=SaidBy.RELATIVE)],
        told=told,
        language="ru",
        sought=[
            (relation, [said("name", text=name, said_by=SaidBy.RELATIVE)])
            for name in names or ("Руслан",)
        ],
        consents=consents,
        by=by or account(role=Role.ENQUIRY_WORKER, region=region),
        at=at,
    )


def candidate(
    *,
    child: Person | None = None,
    request: Request | None = None,
    at: datetime = AT,
    **fields: Any,
) -> Candidate:
    """Make a candidate out of a child and the first person a request asks for."""
    weight = fields.setdefault("weight", 11.5)
    reason = {"comparison": "given", "level": "same_rare", "bits": weight}
    known = {
        "probability": 0.97,
        "reasons": [reason | {"found": "رسلان", "sought": "Руслан"}],
        "model_version": "test",
        "first_found_at": at,
        "computed_at": at,
    }
    return Candidate.objects.create(
        child=child or register(at=at),
        sought=(request or take(at=at)).sought.get(),
        **known | fields,
    )
