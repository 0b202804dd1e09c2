from __future__ import annotations

import pytest

from kinward.access.models import Role
from kinward.audit.actions import record
from kinward.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client, make_user):
    user = make_user("auditor", role=Role.AUDITOR)
    client.force_login(user)
    return user


def test_log_shows_who_did_what_to_which_record(client, auditor, make_child):
    child = make_child()

    page = client.get("/log/").content.decode()

    assert "registered" in page
    assert str(child.pk)[:8] in page
    assert "registrar" in page


def test_log_never_shows_a_name(client, auditor, make_child):
    make_child("رسلان")

    page = client.get("/log/").content.decode()

    assert Event.objects.filter(action="people.registered").exists()
    assert "رسلان" not in page


@pytest.mark.parametrize("role", [Role.TRACING_OFFICER, Role.REGISTRAR, Role.ADMINISTRATOR])
def test_log_is_refused_to_who_reads_files(client, make_user, role):
    client.force_login(make_user(role=role))

    response = client.get("/log/")

    assert response.status_code == 403
    assert "Your role does not include it." in response.content.decode()


def test_log_is_narrowed_by_record_account_action_and_day(
    client, auditor, make_child, make_user, at
):
    mine, other = make_child(), make_child()
    record("people.read", mine, by=make_user("amira"), at=at)

    asked = {"record": mine.pk, "actor": "amira", "action": "people.r", "since": "2019-01-02"}
    page = client.get("/log/", asked)

    assert [event.action for event in page.context["page"]] == ["people.read"]
    assert str(other.pk)[:-6] not in page.content.decode()


def test_log_says_that_a_day_cannot_be_read(client, auditor):
    response = client.get("/log/", {"since": "yesterday"})

    assert response.status_code == 422
    assert 'href="#id_since"' in response.content.decode()


def test_log_says_when_nothing_is_like_that(client, auditor):
    response = client.get("/log/", {"actor": "nobody"})

    assert "Nothing in the log is like this." in response.content.decode()


def test_reading_the_log_is_in_the_log(client, auditor):
    client.get("/log/", {"actor": "amira"})

    searched = Event.objects.get(action="audit.searched")
    assert searched.actor == "auditor"
    assert searched.details["asked"] == {"actor": "amira"}


def test_log_costs_the_same_for_one_event_and_for_thirty(
    client, auditor, make_child, django_assert_num_queries, django_assert_max_num_queries
):
    make_child()
    client.get("/log/")
    with django_assert_max_num_queries(20) as few:
        client.get("/log/")
    for _ in range(10):
        make_child()

    with django_assert_num_queries(len(few)):
        client.get("/log/")


def test_log_is_paged_and_keeps_what_was_asked(client, auditor, make_child, at):
    child = make_child()
    for _ in range(60):
        record("people.read", child, by=auditor, at=at)

    page = client.get("/log/", {"action": "people.read", "page": "2"})

    assert len(page.context["page"]) == 25
    assert "?action=people.read&amp;page=3" in page.content.decode()
    assert "26 to 50 of 60" in page.content.decode()
