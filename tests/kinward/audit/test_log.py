from __future__ import annotations

import pytest

from kinward.access.models import Role
from kinward.audit.actions import record, record_reads
from kinward.audit.models import Event
from kinward.audit.queries import events_about, log


@pytest.fixture
def amira(make_user):
    return make_user("amira", role=Role.REGISTRAR)


def test_record_writes_who_did_what_when(amira, at):
    record("core.tested", amira, by=amira, at=at, colour="green")

    event = Event.objects.get()
    assert (event.actor, event.actor_role, event.at) == ("amira", "registrar", at)
    assert (event.action, event.kind) == ("core.tested", "access.user")
    assert event.object_id == str(amira.pk)
    assert event.details == {"colour": "green"}


def test_record_of_everything_names_no_record(amira, at):
    record("core.tested", None, by=amira, at=at)

    event = Event.objects.get()
    assert (event.kind, event.object_id) == ("", "")


def test_reads_are_recorded_one_by_one_with_their_purpose(amira, make_user, at):
    others = [make_user(), make_user()]

    record_reads("core.looked", others, by=amira, at=at, purpose="tracing")

    events = Event.objects.order_by("object_id")
    assert [event.object_id for event in events] == sorted(str(other.pk) for other in others)
    assert {event.purpose for event in events} == {"tracing"}


def test_reads_of_many_cost_one_query(amira, make_user, at, django_assert_num_queries):
    others = [make_user() for _ in range(30)]

    with django_assert_num_queries(1):
        record_reads("core.looked", others, by=amira, at=at)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CLOCK])
def test_log_is_read_by_those_who_watch_over_it_only(make_user, at, role):
    reader = make_user(role=role)
    record("core.tested", reader, by=reader, at=at)

    seen = log(user=reader).count()

    assert seen == (1 if role in {Role.AUDITOR, Role.DATA_PROTECTION_OFFICER} else 0)


def test_events_about_a_record_leave_out_those_about_others(amira, make_user, at):
    other = make_user()
    mine = record("core.tested", amira, by=amira, at=at)
    record("core.tested", other, by=amira, at=at)

    assert list(events_about([amira.pk])) == [mine]
