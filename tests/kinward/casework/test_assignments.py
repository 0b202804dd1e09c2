from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kinward.access import actions
from kinward.access.models import Grant, Purpose, Role
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


# Many at once


def chosen(*children):
    return "/assignments/many/?" + "&".join(f"child={child.pk}" for child in children)


def assign_all(client, children, **typed):
    until = timezone.localdate() + timedelta(days=30)
    asked = {"account": "zaur", "purpose": "tracing", "until": until.isoformat()}
    asked |= {"reason": "The office moves.", "child": [str(child.pk) for child in children]}
    return client.post("/assignments/many/", asked | typed)


def test_several_children_are_assigned_for_one_reason(client, manager, zaur, make_child):
    children = [make_child(region="IQ-NI") for _ in range(3)]

    page = client.get(chosen(*children[:2])).content.decode()
    response = assign_all(client, children[:2])

    assert [child.reference in page for child in children] == [True, True, False]
    assert response["Location"] == "/assignments/"
    assert {grant.subject for grant in Grant.objects.all()} == {each.pk for each in children[:2]}
    assert {grant.reason for grant in Grant.objects.all()} == {"The office moves."}
    assert "The office moves." in client.get("/assignments/").content.decode()


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"reason": " "}, 422),
        ({"account": "manager"}, 409),
        ({"child": []}, 409),
        ({"child": ["x", "0190a1b2-0000-7000-8000-000000000000"]}, 409),
        ({"reason": "of the terrorist’s wife"}, 422),
    ],
)
def test_several_are_assigned_wholly_or_not_at_all(
    client, manager, zaur, make_child, typed, status
):
    response = assign_all(client, [make_child(), make_child()], **typed)

    assert (response.status_code, Grant.objects.count()) == (status, 0)


def test_assigning_many_takes_a_reason(manager, zaur, make_child, at):
    with pytest.raises(actions.NoReason):
        actions.assign_many(
            subjects=[make_child().pk],
            to=zaur,
            purpose=Purpose.TRACING,
            until=at + timedelta(days=1),
            reason=" ",
            by=manager,
            at=at,
        )


def test_nothing_chosen_is_said_so(client, manager):
    assert "No child was chosen." in client.get("/assignments/many/?child=x").content.decode()


# The list of children


def test_list_of_children_says_to_whom_they_are_assigned(client, manager, zaur, make_child):
    given, other = make_child(region="IQ-NI"), make_child(region="IQ-NI")
    assign(client, given)

    shown = {
        narrowed: {child.pk for child in client.get(f"/children/{narrowed}").context["page"]}
        for narrowed in ("", "?assigned=yes", "?assigned=no", "?traced=no", "?together=no")
    }

    both = {given.pk, other.pk}
    assert shown == {
        "": both,
        "?assigned=yes": {given.pk},
        "?assigned=no": {other.pk},
        "?traced=no": set(),
        "?together=no": both,
    }
    page = client.get("/children/?assigned=yes").content.decode()
    assert ("zaur" in page, "1 of 2 children are shown." in page) == (True, True)


def test_list_of_children_tells_a_registrar_of_their_own_assignments_only(
    client, manager, zaur, make_child, make_user
):
    child = make_child(region="RU-DA")
    assign(client, child)
    client.force_login(make_user("omar", role=Role.REGISTRAR, region="RU-DA"))

    page = client.get("/children/").content.decode()

    assert (child.reference in page, "until" in page, 'name="child"' in page) == (
        True,
        False,
        False,
    )


def test_list_to_print_shows_what_its_reader_may_see_and_is_written_down(
    client, manager, make_child, make_user
):
    child = make_child("Руслан", region="IQ-NI")
    printed = {}
    for role in (Role.PROGRAMME_MANAGER, Role.TRACING_OFFICER):
        user = make_user(f"reader-{role}", role=role)
        client.force_login(user)
        printed[role] = client.get("/children/print/?sort=oldest").content.decode()
        listed = Event.objects.filter(action="people.listed", actor=user.username)
        assert [event.object_id for event in listed] == [str(child.pk)]
        assert Event.objects.get(action="people.printed_list", actor=user.username).details == {
            "children": 1
        }

    assert [child.reference in page for page in printed.values()] == [True, True]
    assert ["Руслан" in page for page in printed.values()] == [False, True]
