from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kinward.access.models import Grant, Role
from kinward.access.queries import assignments
from kinward.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client, make_user):
    user = make_user("manager", role=Role.PROGRAMME_MANAGER)
    client.force_login(user)
    return user


@pytest.fixture
def zaur(make_user):
    return make_user("zaur", role=Role.REGISTRAR, region="RU-DA")


def assign(client, child, **typed):
    until = timezone.localdate() + timedelta(days=30)
    asked = {"account": "zaur", "purpose": "tracing", "until": until.isoformat()}
    return client.post(reverse("casework:assign", args=[child.pk]), asked | typed)


def test_child_is_assigned_until_the_end_of_a_day(client, manager, zaur, make_child):
    child = make_child(region="IQ-NI")

    response = assign(client, child)

    grant = Grant.objects.get()
    assert response["Location"] == reverse("casework:assign", args=[child.pk])
    assert (grant.subject, grant.account, grant.given_by) == (child.pk, zaur, manager)
    last = timezone.localtime(grant.until - timedelta(seconds=1)).date()
    assert last == timezone.localdate() + timedelta(days=30)
    client.force_login(zaur)
    assert client.get(reverse("people:child", args=[child.pk])).status_code == 200


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"account": "nobody"}, 404),
        ({"account": "manager"}, 409),  # managers are assigned nothing
        ({"until": "2019-01-01"}, 409),
        ({"until": "tomorrow"}, 422),
    ],
)
def test_what_cannot_be_assigned_is_not(client, manager, zaur, make_child, typed, status):
    response = assign(client, make_child(), **typed)

    assert response.status_code == status
    assert Grant.objects.count() == 0


def test_assignments_are_listed_to_who_gives_and_to_who_has_them(
    client, manager, zaur, make_child, make_user
):
    child, other = make_child(region="IQ-NI"), make_child(region="IQ-NI")
    make_user("omar", role=Role.REGISTRAR, region="RU-DA")
    assign(client, child)
    assign(client, other, account="omar")

    of_all = client.get("/assignments/").content.decode()
    client.force_login(zaur)
    own = client.get("/assignments/").content.decode()

    assert (child.reference in of_all, other.reference in of_all) == (True, True)
    assert (child.reference in own, other.reference in own) == (True, False)
    shown = Event.objects.filter(action="people.listed", actor="zaur")
    assert set(shown.values_list("object_id", flat=True)) == {str(child.pk)}


def test_assignment_is_ended_by_who_assigns(client, manager, zaur, make_child):
    child = make_child(region="IQ-NI")
    assign(client, child)
    end = reverse("casework:end_assignment", args=[Grant.objects.get().pk])

    assert "End it now" in client.get("/assignments/").content.decode()
    client.force_login(zaur)
    assert client.post(end).status_code == 403
    client.force_login(manager)
    client.post(end)

    assert list(assignments(user=manager, at=timezone.now())) == []
    assert client.post(end).status_code == 404
    client.force_login(zaur)
    assert client.get(reverse("people:child", args=[child.pk])).status_code == 404
