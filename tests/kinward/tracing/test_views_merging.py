"""The pages of a child in several records, and the list of possible duplicates."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from kinward.access.models import Approval, Role
from kinward.audit.models import Event
from kinward.people.models import Found, Merging
from kinward.tracing import actions, queries

MADE_UP = {"merge-found": "one_child", "merge-reason": "made up: one scar, one aunt"}


@pytest.fixture
def both(make_child):
    return make_child("Магомед Гаджиев"), make_child("Магомед Гаджиев")


def seen(both):
    """The version of the two that a page made now would send."""
    return {"seen": queries.version_of_records(*both, at=timezone.now())}


def address(name, both):
    return reverse(f"tracing:{name}", args=[each.pk for each in both])


def test_two_people_judge_two_records_and_take_it_back_on_the_page(
    client, officer, make_user, both, at
):
    other = make_user("boris", role=Role.SECOND_REVIEWER)
    page = address("merge", both)

    asked = client.post(page, MADE_UP | seen(both))
    own = client.get(page).content.decode()
    client.force_login(other)
    answered = client.post(address("answer_merging", both), {"agree-agree": "yes"} | seen(both))

    assert (asked.status_code, answered.status_code) == (302, 302)
    assert "Another person has to answer." in own
    assert Merging.objects.get().found == Found.ONE_CHILD
    shown = client.get(page).content.decode()
    assert "Two people judged that these records are of one child." in shown
    assert "Then these stand apart:" in shown
    back = client.post(page, {"back-reason": "made up: two scars"} | seen(both))
    assert back.status_code == 302
    client.force_login(officer)
    client.post(address("answer_merging", both), {"agree-agree": "yes"} | seen(both))
    assert Merging.objects.count() == 2
    assert "Ask a second person to agree" in client.get(page).content.decode()


def test_records_page_shows_both_sides_with_their_speakers(client, officer, make_user, both, at):
    one, other = both
    second = make_user("boris", role=Role.TRACING_OFFICER)
    told = {"one": one, "other": other, "at": at}
    page = reverse("tracing:records", args=[one.pk])
    before = client.get(page).content.decode()
    actions.ask_to_merge(found=Found.ONE_CHILD, reason="made up", by=officer, **told)
    actions.answer_merging(agree=True, by=second, **told)

    after = client.get(page).content.decode()
    listed = client.get(reverse("people:children")).content.decode()

    assert "Compare the two records" in before
    assert "Two people judged that they are of one child" not in before
    assert "Two people judged that they are of one child" in after
    assert after.count("Recorded by") >= 2
    assert (one.reference in listed, other.reference in listed) == (True, False)


def test_possible_duplicates_are_listed_at_the_later_record(client, officer, both):
    one, other = both

    shown = client.get(reverse("tracing:duplicates")).content.decode()

    assert reverse("tracing:merge", args=[other.pk, one.pk]) in shown
    assert reverse("tracing:merge", args=[one.pk, other.pk]) not in shown


@pytest.mark.parametrize("meant", ["other", "itself", "nobody"])
def test_reference_leads_to_the_page_that_compares(client, officer, both, meant):
    one, other = both
    typed = {"other": other.reference.lower(), "itself": one.reference, "nobody": "C-222-222-222"}

    response = client.get(reverse("tracing:records", args=[one.pk]), {"other": typed[meant]})

    if meant == "other":
        assert response["Location"] == address("merge", both)
    else:
        assert response.status_code == 422
        assert "No other child with this reference" in response.content.decode()


def test_bad_forms_store_nothing(client, officer, both, at):
    page = address("merge", both)

    wrong = client.post(page, MADE_UP | seen(both) | {"merge-reason": " "})
    stale = client.post(page, MADE_UP | {"seen": "0" * 16})

    assert (wrong.status_code, stale.status_code) == (422, 409)
    assert Approval.objects.count() == 0


def test_judgement_on_records_is_not_answered_among_the_approvals(client, officer, make_user, both):
    second = make_user("boris", role=Role.TRACING_OFFICER)
    client.post(address("merge", both), MADE_UP | seen(both))
    asked = Approval.objects.get()
    client.force_login(second)

    listed = client.get(reverse("access:approvals")).content.decode()
    answer = client.post(
        reverse("access:answer_approval", args=[asked.pk]), {"answer": "yes", "reason": "x"}
    )

    assert address("merge", both) in listed
    assert answer.status_code == 409
    assert asked.steps.count() == 0


@pytest.fixture
def registrar(make_user):
    return make_user("huda", role=Role.REGISTRAR, region="IQ-BG")


@pytest.fixture
def twice(make_child, registrar):
    """Two records of one name that the registrar's office made, the second just now."""
    now = timezone.now()
    known = {"by": registrar, "region": "IQ-BG"}
    first = make_child("Магомед Гаджиев", **known)
    return first, make_child("Магомед Гаджиев", **known | {"at": now})


def test_who_registered_a_child_is_told_who_is_like_it(client, twice, registrar, make_user):
    first, second = twice
    colleague = make_user("sami", role=Role.REGISTRAR, region="IQ-BG")
    shown = {}
    for user, child in [(registrar, second), (registrar, first), (colleague, second)]:
        client.force_login(user)
        page = client.get(reverse("people:child", args=[child.pk])).content.decode()
        shown[user, child] = "This child may be on record already" in page
        if shown[user, child]:
            address = reverse("tracing:records", args=[child.pk])
            assert f"{address}?other={first.reference}" in page

    assert list(shown.values()) == [True, False, False]
    found = Event.objects.filter(action="people.found", actor=registrar.username)
    assert list(found.values_list("object_id", flat=True)) == [str(first.pk)]


def test_who_judges_no_records_compares_them_where_they_stand(client, twice, registrar):
    first, second = twice
    client.force_login(registrar)
    address = reverse("tracing:records", args=[second.pk])

    shown = client.get(address, {"other": first.reference}).content.decode()
    wrong = client.get(address, {"other": "C-222-222-222"})

    assert "Two records side by side" in shown
    assert shown.count("Recorded by") >= 2
    assert "Ask a second person" not in shown
    assert wrong.status_code == 422
    read = Event.objects.filter(action="people.read", actor=registrar.username)
    assert str(first.pk) in set(read.values_list("object_id", flat=True))
