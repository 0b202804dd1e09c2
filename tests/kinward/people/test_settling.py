"""Two people correct one statement: nothing either of them wrote is lost."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.urls import reverse

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.people import actions
from kinward.people.models import Assertion
from kinward.people.rules import profile

pytestmark = pytest.mark.django_db
WHO = {"said_by": "mother", "method": "interview", "certainty": "confirmed"}


@pytest.fixture
def registrar(make_user):
    return make_user("huda", role=Role.REGISTRAR, region="IQ-BG", full_name="Huda Salman")


@pytest.fixture
def colleague(make_user):
    return make_user("noor", role=Role.REGISTRAR, region="IQ-BG", full_name="Noor Aziz")


@pytest.fixture
def child(make_child, say, registrar):
    return make_child(statements=[say("born", edtf="2012")], by=registrar)


@pytest.fixture
def first(child):
    """The statement that both correct."""
    return child.assertions.get(property="born")


@pytest.fixture
def correct(child, colleague, say, at):
    """Have the colleague correct a statement: correct(first, edtf="2010")."""

    def make(statement, **value):
        said = say(statement.property, **value)
        changed = {"corrects": statement.pk}
        return actions.add_statement(
            person=child,
            statement=type(said)(property=said.property, value=said.value, **changed),
            by=colleague,
            at=at,
        )

    return make


def address(name, statement):
    path = reverse(f"people:{name}", args=[statement.person_id, statement.property])
    return f"{path}?corrects={statement.pk}"


def typed(edtf="2011", **more):
    return {"born-0-edtf": edtf, "born-0-answer": "not_asked"} | WHO | more


def born(child):
    """What stands about the birth, in the order it was said."""
    said = profile(child.assertions.order_by("recorded_at", "id")).get("born")
    return [saying.value["edtf"] for saying in said.sayings]


def test_correction_that_nobody_overtook_is_recorded(client, registrar, child, first):
    client.force_login(registrar)

    response = client.post(address("add_statement", first), typed())

    assert response["Location"] == reverse("people:facts", args=[child.pk])
    assert born(child) == ["2011"]


def test_independent_statement_never_conflicts(client, registrar, child, first, correct):
    client.force_login(registrar)
    correct(first, edtf="2010")

    response = client.post(reverse("people:add_statement", args=[child.pk, "born"]), typed())

    assert response.status_code == 302
    assert sorted(born(child)) == ["2010", "2011"]


def test_correction_of_what_was_corrected_meanwhile_shows_both(
    client, registrar, child, first, correct
):
    client.force_login(registrar)
    theirs = correct(first, edtf="2010")

    response = client.post(address("add_statement", first), typed(source="list, page 4"))

    page = response.content.decode()
    assert response.status_code == 409
    assert "It was \u2068Noor Aziz\u2069" in page
    assert re.search(r"What stands now.*2010", page, re.DOTALL)
    assert 'value="2011"' in page
    assert 'value="list, page 4"' in page
    assert f'name="seen" value="{theirs.pk}"' in page
    assert born(child) == ["2010"]


def test_merge_screen_is_in_the_log_as_a_reading(client, registrar, child, first, correct):
    client.force_login(registrar)
    correct(first, edtf="2010")

    client.post(address("add_statement", first), typed())

    read = Event.objects.filter(action="people.read", actor="huda", object_id=str(child.pk))
    assert read.count() == 1


@pytest.mark.parametrize(
    ("stays", "stand"), [("theirs", ["2010"]), ("both", ["2010", "2011"]), ("mine", ["2011"])]
)
def test_settling_does_what_was_chosen(client, registrar, child, first, correct, stays, stand):
    client.force_login(registrar)
    theirs = correct(first, edtf="2010")

    response = client.post(address("settle", first), typed(stays=stays, seen=theirs.pk))

    assert response["Location"] == reverse("people:facts", args=[child.pk])
    assert sorted(born(child)) == stand


def test_correction_of_theirs_that_was_overtaken_too_conflicts_again(
    client, registrar, child, first, correct
):
    client.force_login(registrar)
    theirs = correct(first, edtf="2010")
    last = correct(theirs, edtf="2009")

    response = client.post(address("settle", first), typed(stays="mine", seen=theirs.pk))

    assert response.status_code == 409
    assert f'name="seen" value="{last.pk}"' in response.content.decode()
    assert born(child) == ["2009"]


def test_settling_without_a_choice_is_sent_back_with_all_that_was_typed(
    client, registrar, child, first, correct
):
    client.force_login(registrar)
    theirs = correct(first, edtf="2010")

    response = client.post(address("settle", first), typed(seen=theirs.pk))

    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="2011"' in page
    assert "2010" in page
    assert born(child) == ["2010"]


def test_merge_screen_keeps_what_was_typed_in_another_language(client, registrar, first, correct):
    client.force_login(registrar)
    theirs = correct(first, edtf="2010")
    asked = typed(stays="both", seen=theirs.pk, switch_language="ar")

    response = client.post(address("settle", first), asked)

    page = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="ar" dir="rtl"' in page
    assert 'value="2011"' in page
    assert re.search(r'value="both"[^>]*checked', page)


def test_reloading_the_merge_screen_shows_what_stands(client, registrar, first, correct):
    client.force_login(registrar)
    correct(first, edtf="2010")

    response = client.get(address("settle", first))

    assert response.status_code == 200
    assert "2010" in response.content.decode()


def test_what_one_may_not_read_is_not_shown_and_not_corrected(
    client, make_user, registrar, colleague, make_child, say, at
):
    child = make_child(statements=[say("songs_and_words", text="A song.")], by=registrar)
    first = child.assertions.get(property="songs_and_words")
    hidden = actions.add_statement(
        person=child,
        statement=type(say("name"))(
            property="songs_and_words",
            value={"text": "They called us ISIS children."},
            corrects=first.pk,
        ),
        keeping="The child’s own words.",
        by=colleague,
        at=at,
    )
    client.force_login(registrar)
    mine = {"songs_and_words-0-text": "Two songs.", "songs_and_words-0-answer": "not_asked"} | WHO

    shown = client.post(address("add_statement", first), mine)
    forced = client.post(address("settle", first), mine | {"stays": "mine", "seen": hidden.pk})

    assert shown.status_code == 409
    assert "They called us" not in shown.content.decode()
    assert "It cannot be shown" in shown.content.decode()
    assert 'value="mine"' not in shown.content.decode()
    assert forced.status_code == 422
    assert not Assertion.objects.filter(corrects=hidden).exists()


def test_nothing_is_settled_without_a_statement(client, registrar, child):
    client.force_login(registrar)
    path = reverse("people:settle", args=[child.pk, "born"])

    assert client.get(path)["Location"] == reverse("people:add_statement", args=[child.pk, "born"])
    assert client.get(f"{path}?corrects={child.pk}").status_code == 404


def test_every_row_of_a_correction_is_recorded(client, registrar, child):
    first = child.assertions.get(property="name")
    client.force_login(registrar)
    rows = {"name-0-text": "Ruslan", "name-0-answer": "not_asked", "name-1-text": "Rus"}

    client.post(address("add_statement", first), rows | WHO)

    said = (
        child.assertions.filter(property="name").order_by("id").values_list("corrects", flat=True)
    )
    assert list(said) == [None, first.pk, None]


def test_statement_sent_twice_is_no_conflict(client, registrar, child, first):
    client.force_login(registrar)

    answers = [client.post(address("add_statement", first), typed(once="k-1")) for _ in range(2)]

    assert [given.status_code for given in answers] == [302, 302]
    assert born(child) == ["2011"]


@pytest.mark.parametrize("seen", ["not an id", "", "018f3c1e-0000-7000-8000-000000000000"])
def test_correction_of_what_nobody_said_is_not_taken(
    client, registrar, child, first, correct, seen
):
    client.force_login(registrar)
    correct(first, edtf="2010")

    with transaction.atomic():
        response = client.post(address("settle", first), typed(stays="mine", seen=seen))

    assert response.status_code == 422
    assert born(child) == ["2010"]
