"""The home of a child on its page, who waits for what, and the whole way through the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.casework.actions import follow_step
from kinward.casework.models import Step, Track, Unmet
from kinward.casework.tracks import Movement, Next, Placement
from kinward.people.actions import add_statement
from kinward.people.actions.describing import store
from kinward.placement import actions
from kinward.placement.models import Carer, Placed, Visit
from kinward.placement.queries import waiting
from kinward.placement.rules import Wait

pytestmark = pytest.mark.django_db


def page_of(child, entry=""):
    if not entry:
        return reverse("placement:home", args=[child.pk])
    return reverse("placement:record", args=[child.pk, entry])


CARER = {
    "kind": "relative",
    "relation": "mother_of_mother",
    "name": "Patimat",
    "address": "Lesnaya 4",
    "why": "she asks for the child",
    "for_now": "no",
}


def test_region_is_asked_on_the_page_of_the_child(client, child, salma, aminat):
    client.force_login(salma)
    page = reverse("placement:region", args=[child.pk])

    assert client.post(page, {"region": "", "reason": "an aunt"}).status_code == 422
    response = client.post(page, {"region": "RU-DA", "reason": "an aunt"}, follow=True)

    assert "Dagestan" in response.content.decode()
    client.force_login(aminat)
    assert client.get(page_of(child)).status_code == 200
    assert client.get(page).status_code == 404
    assert Event.objects.filter(action="people.read", actor="aminat").exists()


def test_home_is_absent_for_another_region_and_for_who_registers(
    client, expected, make_user, aminat
):
    for role, region in ((Role.GUARDIANSHIP_OFFICER, "RU-CE"), (Role.REGISTRAR, "IQ-BG")):
        client.force_login(make_user(role=role, region=region))
        assert client.get(page_of(expected)).status_code == 404
        assert client.post(page_of(expected, "carer"), CARER).status_code == 404
    assert Carer.objects.count() == 0


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(
    client, expected, aminat, name_carer
):
    client.force_login(aminat)
    wrong = CARER | {"relation": "", "address": ""}

    response = client.post(page_of(expected, "carer"), wrong)

    assert response.status_code == 422
    assert sorted(response.context["form"].errors) == ["address", "relation"]
    assert "she asks for the child" in response.content.decode()
    act = {"carer": str(name_carer().pk), "act": "interim", "authority": "office"}
    act |= {"reference": "12", "decided_on": "2019-01-02"}
    response = client.post(page_of(expected, "guardianship"), act)
    assert sorted(response.context["form"].errors) == ["holds_from", "holds_until"]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"seen": "no", "why_not": ""}, ["why_not"]),
        ({"where": "telephone"}, ["where"]),
        ({"seen": "no", "why_not": "ill", "settled": "yes"}, ["settled"]),
        ({"next_on": "2019-01-02"}, ["next_on"]),
    ],
)
def test_visit_asks_first_whether_the_child_was_seen(client, child, at_home, aminat, said, wrong):
    client.force_login(aminat)
    told = {"seen": "yes", "visited_on": "2019-01-05", "where": "home", "changed": "nothing"}
    told |= {"settled": "no", "next_on": "2019-02-05"}

    asked = client.get(page_of(child, "visit")).context["form"]
    response = client.post(page_of(child, "visit"), told | said)

    assert next(iter(asked.fields)) == "seen"
    assert list(response.context["form"].errors) == wrong
    assert Visit.objects.count() == 0


def test_gate_says_every_reason_and_keeps_what_was_typed(
    client, child, salma, aminat, name_carer, fit, at
):
    actions.ask_region(child=child, region="RU-DA", reason="an aunt", by=salma, at=at)
    carer = fit(name_carer())
    client.force_login(aminat)
    said = {"carer": str(carer.pk), "moved_on": "2019-01-02", "arranged": "school 2"}

    response = client.post(page_of(child, "living"), said)

    page = response.content.decode()
    assert response.status_code == 409
    assert "The best interests of the child have not been assessed." in page
    assert "school 2" in page
    assert Placed.objects.count() == 0


def test_what_does_not_fit_as_things_stand_is_not_asked(client, expected, aminat):
    client.force_login(aminat)

    for entry in ("visit", "household", "living", "closed", "told"):
        page = client.get(page_of(expected, entry)).content.decode()
        assert "there is nothing of this to record" in page
        assert client.post(page_of(expected, entry), {}).status_code == 200


def test_relatives_are_proposed_and_begin_the_form(client, child, expected, aminat, say, at):
    value = {"relation": "sibling_of_mother", "text": "Zaira", "life": "alive", "agrees": "yes"}
    store(child, [say("relative", **value)], by=child.registered_by, at=at)
    client.force_login(aminat)

    page = client.get(page_of(child)).content.decode()
    begun = client.get(f"{page_of(child, 'carer')}?relative=0").context["form"]

    assert "Zaira" in page
    assert (begun["name"].value(), begun["relation"].value()) == ("Zaira", "sibling_of_mother")
    assert client.get(f"{page_of(child, 'carer')}?relative=9").status_code == 200


def test_list_puts_who_was_not_seen_first_and_shows_no_other_region(
    client, child, at_home, visit, salma, aminat, make_child, at
):
    visit(days=10, seen=False, why_not="nobody opened")
    other = make_child("ليلى", region="IQ-BG")
    actions.ask_region(child=other, region="RU-DA", reason="an aunt", by=salma, at=at)
    make_child("زينب", region="IQ-BG")
    client.force_login(aminat)

    response = client.get(reverse("placement:placements"))

    shown = [(row.child, row.wait) for row, _words, _position in response.context["rows"]]
    assert shown == [(child, Wait.NOT_SEEN), (other, Wait.NOBODY)]
    only = client.get(f"{reverse('placement:placements')}?show=nobody").context["rows"]
    assert [row.child for row, _words, _position in only] == [other]


def test_manager_reads_counts_and_no_child(client, child, at_home, make_user, visit):
    visit(days=10, seen=False, why_not="nobody opened")
    client.force_login(make_user(role=Role.PROGRAMME_MANAGER))

    response = client.get(reverse("placement:placements"))

    counts = {wait: n for wait, _words, n in response.context["counts"]}
    assert counts[Wait.NOT_SEEN] == 1
    page = response.content.decode()
    assert child.reference not in page
    assert "رسلان" not in page
    assert client.get(page_of(child)).status_code == 404


def test_list_costs_the_same_for_more_children(make_child, salma, aminat, at):
    def cost(n):
        for _ in range(n):
            one = make_child("ليلى", region="IQ-BG")
            actions.ask_region(child=one, region="RU-DA", reason="an aunt", by=salma, at=at)
        with CaptureQueriesContext(connection) as asked:
            waiting(user=aminat, today=at.date())
        return len(asked)

    assert cost(1) == cost(3)


def test_way_from_a_home_that_broke_down_to_closing_and_opening_again(
    client, child, at_home, stands, aminat, zarema, at, monkeypatch
):
    start = at.date()
    now = {"days": 0}
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: at + timedelta(days=now["days"], hours=1)
    )

    def record(entry, days, *, by=aminat, **said):
        now["days"] = days
        client.force_login(by)
        response = client.post(page_of(child, entry), said)
        assert response.status_code == 302, response.context["form"].errors
        return client.get(page_of(child)).content.decode()

    def on(days):
        return (start + timedelta(days=days)).isoformat()

    carer = str(Carer.objects.get().pk)
    why = {"why": "the grandmother is ill", "view": "I am sad", "now_at": "with an aunt"}
    assert "it could not go on there" in record("breakdown", 20, ended_on=on(20), **why)
    page = record("living", 25, carer=carer, moved_on=on(25), arranged="school 3", siblings="")
    assert "in place of another home" in page
    assert stands() == Placement.REPLACED
    seen = {"seen": "yes", "where": "home", "changed": "nothing", "settled": "yes"}
    page = record("visit", 120, visited_on=on(120), next_on=on(150), **seen)
    assert "the child was seen" in page
    assert "Ask that the case be closed" in page
    told = dict.fromkeys(("child_says", "carer_says", "feedback", "why"), "all is well")
    record("closing", 121, keep_until=on(2000), **told)
    record("closed", 122, by=zarema, reason="settled")
    assert stands() == Placement.CLOSED
    record("reopened", 123, reason="the school calls")
    assert stands() == Placement.REOPENED


def test_case_of_a_child_that_is_not_accounted_for_nor_asked_is_not_closed(
    client, child, at_home, stands, aminat, zarema, at
):
    """Gates G7 and G8 refuse first, with every reason of both."""
    boarded = {"track": Track.MOVEMENT, "to": Movement.BOARDED, "compartment": "movement"}
    who = {"taken_by": aminat, "taken_at": at, "happened_on": at.date()}
    Step.objects.create(child=child, number=1, **boarded, **who)
    for to in (Placement.FOLLOW_UP, Placement.STABLE, Placement.CLOSING):
        wanted = Next(to=to, on=at.date(), reason="all is well")
        follow_step(child=child, track=Track.PLACEMENT, wanted=wanted, by=aminat, at=at)
    client.force_login(zarema)

    response = client.post(page_of(child, "closed"), {"reason": "settled"})

    reasons = {each.reason for each in response.context["closed"]}
    assert response.status_code == 409
    assert reasons == {
        Unmet.NOT_LANDED,
        Unmet.CHILD_NOT_HEARD,
        Unmet.CARER_NOT_HEARD,
        Unmet.NO_FEEDBACK,
        Unmet.NO_RETENTION,
        Unmet.NO_CHECK,
    }
    assert stands() == Placement.CLOSING


def test_siblings_stand_on_the_page_with_their_homes_as_far_as_they_are_open(
    client, child, expected, make_child, say, salma, aminat, at
):
    sibling = make_child(statements=[say("name", text="زيد")], region="IQ-BG")
    named = say("relative", relation="sibling", record=sibling.reference)
    add_statement(person=child, statement=named, by=child.registered_by, at=at)

    shown = {}
    for user in (salma, aminat):
        client.force_login(user)
        response = client.get(page_of(child))
        shown[user] = [(one, words) for one, words in response.context["siblings"]]
        assert (sibling.reference in response.content.decode()) == bool(shown[user])

    assert shown == {salma: [(sibling, "nobody to receive the child yet")], aminat: []}
