"""The caseload of the benchmark of pages: its rows are those the actions store."""

from __future__ import annotations

import pytest
from django.db import transaction
from reliability.made import AGREES, RELATIVE_AGREES, said
from serving.batch import ASKER, Batch, compare

from kinward.access.models import Role, clock
from kinward.audit.context import acting
from kinward.audit.models import Event
from kinward.people.actions import register_child, register_group
from kinward.people.consents import Consent, StandingBasis
from kinward.people.models import Assertion, Group, Person
from kinward.tracing.actions import take_request
from kinward.tracing.matching import held_back
from kinward.tracing.models import Candidate, Relation, Request, Sought

pytestmark = pytest.mark.django_db
STORED = (Group, Person, Consent, StandingBasis, Assertion, Request, Sought, Event)
OTHERWISE = {"id", "reference", "mac", "object_id"}  # what is another for each row
FAMILY = [
    [said("name", text="رسلان محمدوف"), said("father", text="محمد"), said("sex", code="male")],
    [said("name", text="زبيدة محمدوف"), said("last_residence", text="غروزني")],
]
ALONE = [said("name", text="مريم"), said("born", edtf="2012")]


@pytest.fixture
def registrar(make_user):
    return make_user("huda", role=Role.REGISTRAR, region="IQ-BG")


@pytest.fixture
def desk(make_user):
    return make_user("aset", role=Role.ENQUIRY_WORKER, region="RU-DA")


def by_actions(registrar, desk, at):
    with acting(registrar), held_back():
        register_group(children=FAMILY, consents=[[AGREES]] * 2, by=registrar, at=at)
        register_child(statements=ALONE, consents=[AGREES], by=registrar, at=at)
    with acting(desk), held_back():
        take_request(
            enquirer=[ASKER],
            sought=[(Relation.GRANDCHILD, each) for each in FAMILY],
            consents=[RELATIVE_AGREES],
            by=desk,
            at=at,
        )


def in_batches(registrar, desk, at):
    children, requests = Batch(registrar, at), Batch(desk, at)
    children.register(FAMILY, AGREES)
    children.register([ALONE], AGREES)
    requests.take(FAMILY, Relation.GRANDCHILD, RELATIVE_AGREES)
    persons = []
    for batch in (children, requests):
        with acting(batch.by):
            persons += batch.store()
    return persons


def stored():
    """What stands in the tables, whatever it is called and wherever it points."""
    return {
        model.__name__: sorted(str(content(row)) for row in model.objects.all()) for model in STORED
    }


def content(row):
    pointing = {field.name for field in row._meta.fields if field.is_relation}
    told = {field.name: getattr(row, field.attname) for field in row._meta.fields}
    points = {name: told[name] is not None for name in pointing}
    return {name: value for name, value in (told | points).items() if name not in OTHERWISE}


def test_batch_stores_the_rows_of_the_actions(registrar, desk, at):
    found = []
    for store in (by_actions, in_batches):
        with transaction.atomic():
            store(registrar, desk, at)
            found.append(stored())
            transaction.set_rollback(True)

    assert [len(rows) for rows in found[0].values()] == [1, 6, 6, 6, 13, 1, 2, 14]
    assert found[1] == found[0]


def test_batch_is_found_traced_and_compared(registrar, desk, at):
    persons = in_batches(registrar, desk, at)

    with acting(clock()):
        count = compare(persons, at=at)

    assert Person.objects.lawfully_traced().count() == len(persons) == 6
    assert Candidate.objects.lawful().count() == count > 0
    assert all(one.reference.startswith(("C-", "S-", "E-")) for one in Person.objects.all())
