from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from kinward.access import actions as access
from kinward.access.models import Approval, Role
from kinward.audit.models import Event
from kinward.people import actions
from kinward.people.models import LegalHold

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, make_user):
    user = make_user("officer", role=Role.DATA_PROTECTION_OFFICER)
    client.force_login(user)
    return user


@pytest.fixture
def hold(make_child, officer):
    return actions.hold_erasure(
        person=make_child(), reason="A court asked.", by=officer, at=timezone.now()
    )


def lift(client, hold, **typed):
    return client.post(reverse("people:lift_hold", args=[hold.pk]), typed)


def test_hold_is_set_by_reference(client, officer, make_child):
    child = make_child()

    typed = {"reference": child.reference.lower(), "reason": "A court asked."}
    response = client.post("/holds/new/", typed)

    assert response["Location"] == "/holds/"
    assert (LegalHold.objects.get().person, LegalHold.objects.get().reason) == (
        child,
        "A court asked.",
    )


@pytest.mark.parametrize(
    "typed", [{"reference": "C-222-222-222", "reason": "A court asked."}, {"reference": "C"}, {}]
)
def test_hold_that_names_nobody_or_gives_no_reason_is_not_set(client, officer, typed):
    response = client.post("/holds/new/", typed)

    assert response.status_code == 422
    assert LegalHold.objects.count() == 0


def test_holds_are_listed_and_who_was_shown_is_written_down(client, officer, hold):
    page = client.get("/holds/").content.decode()

    assert hold.person.reference in page
    assert "A court asked." in page
    assert Event.objects.filter(action="people.listed", object_id=str(hold.person.pk)).exists()


def test_manager_and_auditor_are_told_no_reason_and_lift_nothing(client, hold, make_user):
    for role in (Role.PROGRAMME_MANAGER, Role.AUDITOR):
        client.force_login(make_user(role=role))
        page = client.get("/holds/").content.decode()
        assert hold.person.reference in page
        assert "A court asked." not in page
        assert lift(client, hold, what="ask", reason="Why not?").status_code == 403


def test_hold_is_lifted_once_a_second_person_agreed(client, officer, hold, make_user):
    assert lift(client, hold, what="lift").status_code == 404
    lift(client, hold, what="ask", reason="The court is done.")
    assert "a second person is asked to lift it" in client.get("/holds/").content.decode()
    assert lift(client, hold, what="lift").status_code == 404

    manager = make_user(role=Role.PROGRAMME_MANAGER)
    access.approve(approval=Approval.objects.get(), by=manager, at=timezone.now())
    assert "may be lifted" in client.get("/holds/").content.decode()
    lift(client, hold, what="lift")

    assert hold.lifted_by.reason == "The court is done."
    page = client.get("/holds/").content.decode()
    assert "lifted" in page
    assert 'value="lift"' not in page
