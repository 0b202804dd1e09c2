"""Rosters of facilities: rows that are records of their own, tied to the place and the day."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.people import actions, listed
from kinward.people.consents import Giver, State
from kinward.people.listing import Told, UnfitList
from kinward.people.models import Found, NameList
from kinward.people.rules import ConsentAnswer
from kinward.places.actions import add_place, judge_same
from kinward.places.models import Place
from kinward.tracing.actions import answer_merging, ask_to_merge

pytestmark = pytest.mark.django_db

TABLE = [(1, ["Name", "Sex"]), (2, ["رسلان", "m"]), (3, ["Заира", "f"])]
AGREES = ConsentAnswer(
    state=State.GIVEN, giver=Giver.GUARDIAN, form_version="2018-06", language="ar"
)


@pytest.fixture
def shelter(registrar, at):
    known = {"name": "دار الأيتام", "language": "ar", "kind": "shelter", "source": "a map"}
    return add_place(within=Place.objects.get(pk="IQ-BG"), by=registrar, at=at, **known)


@pytest.fixture
def roster(registrar, shelter, at):
    """Take a roster in and say how it is to be read: roster(day="2018-12-30")."""

    def taken(table=TABLE, *, day="2018-12-30", place=shelter):
        facility = {"code": place.code, "text": "the orphanage"}
        known = {"name": f"roster {day}", "given_by": "a ministry", "given_on": day}
        one = actions.take_list(table=table, facility=facility, by=registrar, at=at, **known).list
        told = Told(as_of=day)
        meanings = ["name", "sex"]
        actions.read_list(
            one=one, meanings=meanings, told=told, consent=AGREES, by=registrar, at=at
        )
        return one

    return taken


def opened(client, place, **query):
    return client.get(reverse("people:rosters", args=[place.code], query=query)).content.decode()


def test_row_of_a_roster_is_a_record_with_the_stay_it_tells_of(roster, shelter, registrar, at):
    one = roster()

    first, second = actions.register_rows(one=one, by=registrar, at=at)

    (stay,) = first.person.assertions.filter(property="stay")
    assert stay.value == {
        "role": "held",
        "custodian": "shelter",
        "code": shelter.code,
        "text": "the orphanage",
        "since": "2018-12-30",
        "until": "2018-12-30",
    }
    assert (stay.source, stay.method) == ("roster 2018-12-30, row 2", "list")
    assert first.row.cells == ["رسلان", "m"]
    assert second.person != first.person


def test_list_that_is_no_roster_tells_of_no_stay(registrar, at):
    known = {"name": "x", "given_by": "y", "given_on": "2018-12-30"}
    one = actions.take_list(table=TABLE, by=registrar, at=at, **known).list
    actions.read_list(
        one=one, meanings=["name", ""], told=Told(), consent=AGREES, by=registrar, at=at
    )

    made = actions.register_rows(one=one, by=registrar, at=at)

    assert [each.person.assertions.filter(property="stay").count() for each in made] == [0, 0]


def test_roster_is_of_a_place_where_people_are_kept(registrar, at):
    with pytest.raises(UnfitList):
        actions.take_list(
            table=TABLE,
            name="x",
            given_by="y",
            facility={"code": "IQ-BG", "text": "Baghdad"},
            by=registrar,
            at=at,
        )


def test_same_child_on_the_next_roster_waits_for_a_person(roster, registrar, at):
    actions.register_rows(one=roster(), by=registrar, at=at)

    again = roster([*TABLE, (4, ["Maryam", "f"])], day="2019-01-31")

    rows = listed.checked(again, listed.reading_of(again), user=registrar)
    assert [each.standing for each in rows] == ["same", "same", "ready"]


def test_page_shows_rosters_the_newest_first_and_writes_down_whose(
    client, roster, shelter, registrar, at
):
    old, new = roster(day="2018-11-30"), roster([*TABLE, (4, ["Maryam", "f"])])
    (first, *_) = actions.register_rows(one=old, by=registrar, at=at)

    page = opened(client, shelter)
    chosen = opened(client, shelter, list=str(old.pk))

    assert page.index("roster 2018-12-30") < page.index("roster 2018-11-30")
    assert "Maryam" in page
    assert "Maryam" not in chosen
    assert first.person.reference in chosen
    read = Event.objects.filter(action="people.opened_list", actor=registrar.username)
    assert {str(old.pk), str(new.pk)} <= set(read.values_list("object_id", flat=True))


def test_page_says_by_judgement_which_known_child_is_on_a_roster(
    client, roster, shelter, registrar, make_user, make_child, at
):
    known = make_child("رسلان", region="IQ-BG")
    (first, second) = actions.register_rows(one=roster(), by=registrar, at=at)
    asks, agrees = make_user(role=Role.TRACING_OFFICER), make_user(role=Role.SECOND_REVIEWER)

    before = opened(client, shelter)
    ask_to_merge(
        one=known, other=first.person, found=Found.ONE_CHILD, reason="the same scar", by=asks, at=at
    )
    answer_merging(one=known, other=first.person, agree=True, by=agrees, at=at)
    after = opened(client, shelter)

    assert known.reference not in before
    assert known.reference in after
    assert second.person.reference in after
    assert after.count("not judged; see who is alike") == 1


def test_roster_of_a_place_judged_to_be_another_stands_there_too(
    client, roster, shelter, registrar, at
):
    listed_camp = Place.objects.filter(kind="camp").exclude(code__contains="own-").first()
    roster()
    judge_same(place=shelter, other=listed_camp, reason="the map", by=registrar, at=at)

    assert "roster 2018-12-30" in opened(client, listed_camp)
    assert "roster 2018-12-30" in opened(client, shelter)


def test_other_office_sees_no_roster_and_other_roles_no_page(client, roster, shelter, make_user):
    roster()
    client.force_login(make_user(role=Role.REGISTRAR, region="IQ-NI"))
    assert "roster 2018-12-30" not in opened(client, shelter)

    client.force_login(make_user(role=Role.TRACING_OFFICER))
    address = reverse("people:rosters", args=[shelter.code])
    assert client.get(address).status_code == 403


def test_facility_is_sealed(roster, shelter):
    one = roster()

    stored = NameList.objects.filter(pk=one.pk).values_list("facility", flat=True).get()
    assert shelter.code.encode() not in bytes(stored)
    assert NameList.objects.get(pk=one.pk).facility["code"] == shelter.code


def test_form_takes_a_roster_of_a_place_that_was_chosen_and_no_other(client, registrar, shelter):
    sent = {"name": "r", "given_by": "m", "given_on": "2018-12-30", "pasted": "Name\nAli\n"}
    wrong = client.post(
        "/lists/new/", sent | {"facility-text": "Baghdad", "facility-code": "IQ-BG"}
    )
    named_only = client.post("/lists/new/", sent | {"facility-text": "دار", "facility-code": ""})
    taken = client.post(
        "/lists/new/", sent | {"facility-text": "دار", "facility-code": shelter.code}
    )

    assert (wrong.status_code, named_only.status_code, taken.status_code) == (422, 422, 302)
    assert NameList.objects.get().facility == {"text": "دار", "code": shelter.code}
