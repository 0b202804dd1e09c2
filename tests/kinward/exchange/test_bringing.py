from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.urls import reverse

from kinward.access.models import Role
from kinward.core.errors import NotAllowed
from kinward.exchange.actions import (
    NothingToUndo,
    Refused,
    bring_in,
    undo_list,
)
from kinward.exchange.primero import Primero
from kinward.exchange.queries import brought
from kinward.exchange.sources import read_source
from kinward.people import listed
from kinward.people.actions import NoReason, add_statement, read_list, register_rows
from kinward.people.listed import Standing
from kinward.people.listing import Told, guesses
from kinward.people.models import Answer, Assertion, Mention, NameList
from kinward.people.queries import profiles
from kinward.people.rules import Statement

CASES = [
    {"case_id": "K-1", "name": "Zaira", "sex": "female", "age": 7, "status": "open"},
    {"case_id": "K-2", "name": "Musa", "sex": "male", "registration_date": "2018-12-30"},
    {"case_id": "K-2", "name": "Musa", "sex": "male", "registration_date": "2018-12-30"},
    {"case_id": "K-3", "name": "Heda", "sex": "neither"},
]


@pytest.fixture
def registrar(make_user):
    return make_user("amira", role=Role.REGISTRAR, region="IQ-BG")


def source(cases=CASES):
    return Primero(name="cases.json", content=BytesIO(json.dumps(cases).encode()))


@pytest.fixture
def bring(registrar, at):
    def done(cases=CASES, **options):
        read = read_source(source(cases))
        told = {"name": "December", "given_by": "Another office"}
        return bring_in(read=read, by=registrar, at=at, **told, **options)

    return done


@pytest.fixture
def registered(bring, registrar, agrees, at):
    """A list that was brought in, said how to be read, and registered."""
    one = bring()[0].list
    meanings = guesses(one.columns)
    read_list(
        one=one,
        meanings=meanings,
        told=Told(as_of="2018-12-30"),
        consent=agrees,
        by=registrar,
        at=at,
    )
    register_rows(one=one, by=registrar, at=at)
    return one


def test_file_becomes_a_list_with_all_that_it_says(bring):
    (taken,) = bring()

    one = taken.list
    assert one.columns == ["case_id", "name", "sex", "age", "registration_date", "rest"]
    rows = [list(row.cells) for row in listed.rows_of(one)]
    assert rows[0] == ["K-1", "Zaira", "female", "7", "", '{"status": "open"}']
    assert Mention.objects.count() == 0


def test_rows_are_accepted_suspected_and_refused_with_why(registered, registrar):
    reading = listed.reading_of(registered)

    stand = listed.checked(registered, reading, user=registrar)

    assert [each.standing for each in stand] == [
        Standing.REGISTERED,
        Standing.REGISTERED,
        Standing.SAME,
        Standing.WRONG,
    ]
    assert "Write female or male" in str(stand[3].read.wrong[0].words)
    facts = profiles([stand[0].person], user=registrar)[stand[0].person.pk]
    assert facts["born"].known[0].value == {"age": 7, "as_of": "2018-12-30"}


def test_same_file_is_not_taken_in_twice(bring):
    first, again = bring(), bring()

    assert [each.known for each in (*first, *again)] == [False, True]
    assert NameList.objects.count() == 1


def test_large_file_is_taken_in_parts(bring):
    taken = bring([{"name": f"Child {number}", "sex": "female"} for number in range(501)])

    assert [each.list.name for each in taken] == ["December (1/2)", "December (2/2)"]
    assert [listed.rows_of(each.list).count() for each in taken] == [500, 1]


def test_records_with_problems_are_refused_or_left_out(bring):
    cases = [*CASES, {"case_id": "K-9", "name": {"a": 1}}]

    with pytest.raises(Refused, match=r"cases\.json, K-9, name: This field holds dict"):
        bring(cases)
    (taken,) = bring(cases, leave_out=True)

    assert listed.rows_of(taken.list).count() == 4


def test_bringing_in_is_for_registrars(make_user, at):
    with pytest.raises(NotAllowed):
        bring_in(
            read=read_source(source()),
            name="X",
            given_by="Y",
            by=make_user(role=Role.ESCORT),
            at=at,
        )


def test_what_has_no_place_is_counted(bring):
    member = {"relation": "mother", "relation_name": "A", "relation_age": 3}
    (taken,) = bring([*CASES, {"family_details_section": [member]}, {"owned_by": "x"}])

    found = brought(taken.list)

    assert found.left == [
        ("family_details_section.relation_age", 1),
        ("owned_by", 1),
        ("status", 1),
    ]
    assert found.silent == [6]
    assert found.rows == 6


def test_list_is_undone_as_one_and_what_was_added_since_stands(registered, registrar, at):
    person = Mention.objects.order_by("row__number").first().person
    later = Statement(property="mark", value={"text": "a scar"})
    add_statement(person=person, statement=later, by=registrar, at=at)

    count = undo_list(one=registered, reason="The wrong office", by=registrar, at=at)

    facts = profiles([person], user=registrar)[person.pk]
    assert count == 5
    assert facts["name"].known == ()
    assert [each.value for each in facts["mark"].known] == [{"text": "a scar"}]
    reasons = Assertion.objects.filter(answer=Answer.WITHDRAWN)
    assert {one.value["reason"] for one in reasons} == {"The wrong office"}


def test_list_is_undone_once_and_with_a_reason(registered, registrar, at):
    with pytest.raises(NoReason):
        undo_list(one=registered, reason=" ", by=registrar, at=at)
    undo_list(one=registered, reason="X", by=registrar, at=at)

    with pytest.raises(NothingToUndo):
        undo_list(one=registered, reason="X", by=registrar, at=at)


def posted(cases, **more):
    file = BytesIO(json.dumps(cases).encode())
    file.name = "cases.json"
    return {"system": "primero", "given_by": "X", "name": "December", "file": file} | more


def test_page_brings_a_file_in_and_shows_what_has_no_place(client, registrar):
    client.force_login(registrar)

    shown = client.post(reverse("exchange:bring"), posted(CASES), follow=True)

    assert shown.status_code == 200
    assert "4 records were taken in" in shown.content.decode()
    assert "status" in shown.content.decode()
    again = client.post(reverse("exchange:bring"), posted(CASES), follow=True)
    assert "Nothing was taken twice" in again.content.decode()


def test_page_names_what_cannot_be_taken_in(client, registrar):
    client.force_login(registrar)
    cases = [*CASES, {"case_id": "K-9", "sex": {"a": 1}}]

    refused = client.post(reverse("exchange:bring"), posted(cases))
    nothing = client.post(reverse("exchange:bring"), posted([7], leave_out="on"))
    broken = client.post(reverse("exchange:bring"), posted([]))
    taken = client.post(reverse("exchange:bring"), posted(cases, leave_out="on"), follow=True)

    assert refused.status_code == 422
    assert "cases.json, K-9, sex: This field holds dict" in refused.content.decode()
    assert "no record in this file" in nothing.content.decode()
    assert "no list of cases" in broken.content.decode()
    assert "1 fault keeps records out" in taken.content.decode()


def test_page_takes_back_what_a_list_stated(client, registered, registrar):
    client.force_login(registrar)
    address = reverse("exchange:undo", args=[registered.pk])

    asked = client.get(address)
    done = client.post(address, {"reason": "The wrong office"}, follow=True)

    assert asked.status_code == 200
    assert "statements are taken back" in done.content.decode()


def test_pages_of_a_list_of_another_office_are_not_there(client, registered, make_user):
    client.force_login(make_user("outsider", role=Role.REGISTRAR, region="IQ-NI"))

    for name in ("exchange:brought", "exchange:undo"):
        assert client.get(reverse(name, args=[registered.pk])).status_code == 404
