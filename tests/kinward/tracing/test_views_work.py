from __future__ import annotations

import pytest

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.tracing.models import Candidate

pytestmark = pytest.mark.django_db


@pytest.fixture
def claimed(make_child, make_request, make_candidate):
    """A child whom two requests are likely to look for."""
    child = make_child()
    Candidate.objects.all().delete()
    for _ in range(2):
        request = make_request()
        Candidate.objects.all().filter(sought__request=request).delete()
        make_candidate(child=child, request=request)
    return child


def test_work_shows_what_waits_as_counts_that_lead_there(client, officer, claimed):
    page = client.get("/").content.decode()

    assert "candidates wait for your opinion" in page
    assert 'href="/matches/"' in page
    assert 'href="/children/claimed/"' in page
    assert 'href="/requests/"' in page


def test_work_marks_what_needs_you(client, officer, claimed):
    page = client.get("/").content.decode()

    assert page.count("kw-queue--needs-you") == 2


def test_work_offers_a_registrar_to_register(client, make_user):
    client.force_login(make_user(role=Role.REGISTRAR, region="IQ-BG"))

    page = client.get("/").content.decode()

    assert 'href="/children/steps/"' in page
    assert 'href="/requests/take/"' not in page


def test_work_leads_who_reads_the_log_to_it(client, make_user):
    client.force_login(make_user(role=Role.AUDITOR))

    page = client.get("/").content.decode()

    assert "Your role reads the log, not the files." in page
    assert 'href="/log/"' in page


def test_work_says_when_nothing_waits_for_a_role(client, make_user):
    client.force_login(make_user(role=Role.MEDIC))

    assert "Nothing waits for your role here yet." in client.get("/").content.decode()


def test_navigation_holds_only_what_the_role_may_open(client, make_user):
    client.force_login(make_user(role=Role.ENQUIRY_WORKER, region="RU-DA"))

    page = client.get("/").content.decode()

    assert 'href="/requests/"' in page
    assert 'href="/children/"' not in page
    assert 'href="/matches/"' not in page
    assert 'href="/log/"' not in page


def test_claimed_lists_children_with_several_claimants_and_writes_down_whom(
    client, officer, claimed, make_child
):
    other = make_child()

    page = client.get("/children/claimed/").content.decode()

    assert claimed.reference in page
    assert other.reference not in page
    listed = Event.objects.filter(action="people.listed", actor="anna")
    assert set(listed.values_list("object_id", flat=True)) == {str(claimed.pk)}


def test_claimed_says_when_there_is_none(client, officer):
    assert "There is no such child now." in client.get("/children/claimed/").content.decode()


def test_unmatched_lists_children_without_a_candidate(client, officer, claimed, make_child):
    alone = make_child("عمر")
    Candidate.objects.filter(child=alone).delete()

    page = client.get("/children/unmatched/").content.decode()

    assert alone.reference in page
    assert claimed.reference not in page


@pytest.mark.parametrize("address", ["/children/claimed/", "/children/unmatched/"])
def test_waiting_children_are_refused_to_roles_without_children(client, make_user, address):
    client.force_login(make_user(role=Role.ENQUIRY_WORKER, region="RU-DA"))

    assert client.get(address).status_code == 403
