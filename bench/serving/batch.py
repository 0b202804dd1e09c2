"""Families stored at once: the rows that registering and taking requests store, a batch of them.

The actions ask and lock and wait for the disk for each family; a caseload of a hundred thousand
children would take them most of a day. A test holds these rows to be those of the actions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kinmatch.engines import prepare
from kinward.audit.actions import new_event
from kinward.audit.models import Event
from kinward.core.ids import reference
from kinward.core.keystore import store
from kinward.people.actions.consenting import consents_of, keep_bases
from kinward.people.actions.describing import assertions_of
from kinward.people.consents import Consent
from kinward.people.models import Assertion, Group, Kind, Person, SaidBy
from kinward.people.models.persons import REFERENCE_PREFIX
from kinward.people.rules import Statement
from kinward.tracing.actions.finding import renewed
from kinward.tracing.matching import linked, read_people
from kinward.tracing.models import Candidate, Relation, Request, Sought

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db import models

    from kinward.access.models import User
    from kinward.people.rules import ConsentAnswer

ASKER: Final = Statement(
    property="name", value={"text": "Мадина Примерова"}, said_by=SaidBy.RELATIVE
)
ROWS: Final = (Group, Person, Consent, Assertion, Request, Sought, Event)  # each after its own
AT_ONCE: Final = 500


class Batch:
    """Rows of families that one account registers or asks for, until they are stored."""

    def __init__(self, by: User, at: datetime) -> None:
        self.by, self.at = by, at
        self.rows: dict[type[models.Model], list[Any]] = {model: [] for model in ROWS}

    def register(self, children: Sequence[Sequence[Statement]], answer: ConsentAnswer) -> None:
        """Add children who were found together, or one alone, as `register_group` would."""
        group = None
        if len(children) > 1:
            group = Group(registered_by=self.by, registered_at=self.at)
            self.rows[Group].append(group)
            self.tell("people.registered_group", group, children=len(children))
        for said in children:
            self.describe(Kind.CHILD, said, answer, group)

    def take(
        self, sought: Sequence[Sequence[Statement]], relation: Relation, answer: ConsentAnswer
    ) -> None:
        """Add a request for people, as `take_request` would."""
        request = Request(
            enquirer=self.describe(Kind.ENQUIRER, [ASKER], answer),
            region=self.by.region,
            taken_by=self.by,
            taken_at=self.at,
        )
        request.reference = reference("R", request.pk)
        self.rows[Request].append(request)
        for said in sought:
            person = self.describe(Kind.SOUGHT, said, answer)
            self.rows[Sought].append(Sought(request=request, person=person, relation=relation))
        self.tell("tracing.took_request", request, sought=len(sought))

    def describe(
        self,
        kind: Kind,
        statements: Sequence[Statement],
        answer: ConsentAnswer,
        group: Group | None = None,
    ) -> Person:
        """Add a person, as `describe_new` would."""
        person = Person(
            kind=kind,
            group=group,
            region=self.by.region,
            registered_by=self.by,
            registered_at=self.at,
        )
        person.reference = reference(REFERENCE_PREFIX[kind], person.pk)
        self.rows[Person].append(person)
        self.rows[Consent] += consents_of(person, [answer], by=self.by, at=self.at)
        told = {"purpose": answer.purpose, "giver": answer.giver, "state": answer.state}
        self.tell("people.answered_consent", person, **told)
        said = assertions_of(person, statements, by=self.by, at=self.at)
        self.rows[Assertion] += said
        self.tell("people.registered", person, kind=kind, statements=len(said))
        return person

    def tell(self, action: str, row: models.Model, **details: Any) -> None:
        """Add what the log says of it."""
        event = new_event(action, row, by=self.by, at=self.at, details=details)
        self.rows[Event].append(event)

    def store(self) -> list[UUID]:
        """Store all of it, within a transaction of the account; return whom it is about."""
        store().make((one.person_id, one.compartment) for one in self.rows[Assertion])
        for model, rows in self.rows.items():
            model._default_manager.bulk_create(rows, batch_size=AT_ONCE)  # noqa: SLF001 (Django's documented model API)
        persons = [person.pk for person in self.rows[Person]]
        for start in range(0, len(persons), AT_ONCE):
            keep_bases(persons[start : start + AT_ONCE])
        return persons


def compare(persons: Iterable[UUID], *, at: datetime) -> int:
    """Store the candidates among these people alone; return how many there are.

    Among everybody names are rarer, so their figures differ from those `kinward match` would store.
    """
    people = read_people(list(persons))
    matches = linked(people, prepare(people.found, people.sought))
    rows = [
        renewed(
            Candidate(child_id=match.child_id, sought_id=match.sought_id, first_found_at=at),
            match,
            at,
        )
        for match in matches
    ]
    return len(Candidate.objects.bulk_create(rows, batch_size=AT_ONCE))
