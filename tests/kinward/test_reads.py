"""Every read is in the log, exactly: whoever is shown in a body, and nobody else."""

from __future__ import annotations

import pytest
from reliability import reads
from reliability.reads import SHOWN

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.people.models import Kind, Person

pytestmark = pytest.mark.django_db
REQUESTS = 70  # of each role


@pytest.fixture
def world():
    return reads.populated()


@pytest.mark.parametrize("role", reads.ROLES)
def test_who_is_shown_is_who_is_in_the_log_exactly(world, role):
    differing = []
    shown_in_all = set()
    for asked in reads.walk(world, role=role, requests=REQUESTS):
        shown_in_all |= asked.shown
        if asked.shown != asked.logged:
            differing.append((asked.address, asked.shown ^ asked.logged))

    assert differing == []
    if role in {Role.TRACING_OFFICER, Role.SECOND_REVIEWER}:
        # They compare blind: who asks is in no page of theirs.
        asking = set(Person.objects.filter(kind=Kind.ENQUIRER).values_list("pk", flat=True))
        assert shown_in_all == {str(key) for key in world.persons if key not in asking}


def test_what_was_asked_in_vain_is_in_the_log(world):
    asked_in_vain = 0
    for asked in reads.walk(world, role=Role.REGISTRAR, requests=REQUESTS):
        keys = [str(key) for key in world.persons if str(key) in asked.address]
        if asked.response.status_code in {403, 404} and keys:
            event = Event.objects.filter(action="audit.refused").order_by("pk").last()
            told = (event.object_id, event.details["status"])
            assert told == (keys[0], asked.response.status_code)
            asked_in_vain += 1

    assert asked_in_vain > 0


def test_log_that_forgets_is_found_out(world):
    with reads.forgetting():
        walked = list(reads.walk(world, role=Role.TRACING_OFFICER, requests=REQUESTS))

    assert [asked.address for asked in walked if asked.shown != asked.logged] != []


@pytest.mark.usefixtures("as_owner")
@pytest.mark.parametrize("role", reads.READERS)
def test_nobody_is_shown_where_the_log_cannot_be_written(client, make_user, world, role):
    client.force_login(make_user(role=role, region="IQ-BG"))
    showing = [
        address
        for address in reads.addresses(world)
        if reads.shown_in(client.get(address), address, world)
    ]
    reads.break_the_log()
    client.raise_request_exception = False

    answers = {address: client.get(address) for address in showing[::2]}

    assert [
        address for address, answer in answers.items() if reads.shown_in(answer, address, world)
    ] == []
    assert {answer.status_code for answer in answers.values()} == {500}
    assert 500 not in SHOWN
