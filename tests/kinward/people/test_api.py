"""Children for machines: the same doors, the same words, the same log as the screens."""

from __future__ import annotations

import pytest

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.people.models import Person
from kinward.people.properties import PROPERTIES

pytestmark = pytest.mark.django_db
NAME = {
    "property": "name",
    "value": {"text": "رسلان"},
    "said_by": "child",
    "method": "interview",
}
AGREES = {
    "purpose": "tracing",
    "state": "given",
    "giver": "child",
    "form_version": "1",
    "language": "ar",
}


@pytest.fixture
def huda(client, make_user):
    user = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")
    client.force_login(user)
    return user


def send(client, path, body):
    return client.post(f"/api/{path}", body, content_type="application/json")


def test_children_are_told_page_by_page_and_none_twice(client, huda, make_child):
    made = [make_child(by=huda) for _ in range(5)]

    first = client.get("/api/children?limit=2").json()
    made.append(make_child(by=huda))
    second = client.get(f"/api/children?limit=4&after={first['next']}").json()

    told = [each["id"] for each in first["items"] + second["items"]]
    assert told == [str(child.pk) for child in made]
    assert (first["next"], second["next"]) == (told[1], None)


def test_list_costs_the_same_for_one_and_for_ten(
    client, huda, make_child, django_assert_num_queries, django_assert_max_num_queries
):
    make_child(by=huda)
    client.get("/api/children")
    with django_assert_max_num_queries(40) as few:
        client.get("/api/children")
    for _ in range(9):
        make_child(by=huda)

    with django_assert_num_queries(len(few)):
        answer = client.get("/api/children")

    assert len(answer.json()["items"]) == 10


def test_child_is_read_with_who_said_what_and_what_contradicts(client, huda, make_child, say):
    child = make_child(
        by=huda,
        statements=[
            say("sex", code="male"),
            say("sex", code="female", said_by="worker"),
        ],
    )

    told = client.get(f"/api/children/{child.pk}").json()

    facts = {each["property"]: each for each in told["facts"]}
    assert (told["reference"], told["names"]) == (child.reference, ["رسلان"])
    assert (facts["name"]["contradicted"], facts["sex"]["contradicted"]) == (False, True)
    assert [each["value"]["code"] for each in facts["sex"]["statements"]] == ["male", "female"]
    assert [each["said_by"] for each in facts["sex"]["statements"]] == ["child", "worker"]
    assert Event.objects.filter(action="people.read", object_id=str(child.pk)).count() == 1


def test_machine_reads_only_compartments_open_to_its_account(client, make_user, make_child, say):
    child = make_child(statements=[say("found_at", text="Anytown")])
    client.force_login(make_user("zaur", role=Role.TRACING_OFFICER))

    told = client.get(f"/api/children/{child.pk}").json()

    assert PROPERTIES["found_at"].compartment == "location"
    assert [each["property"] for each in told["facts"]] == ["name"]


def test_child_of_another_office_is_absent(client, huda, make_child):
    child = make_child(region="SY-HA")

    assert client.get(f"/api/children/{child.pk}").status_code == 404
    assert send(client, f"children/{child.pk}/statements", NAME).status_code == 404
    assert send(client, f"children/{child.pk}/consents", AGREES).status_code == 404
    assert client.get(f"/api/children/{child.pk}/consents").status_code == 404


def test_child_is_registered_with_its_consent(client, huda):
    told = send(client, "children", {"statements": [NAME], "consents": [AGREES]})

    assert (told.status_code, told.json()["names"]) == (201, ["رسلان"])
    child = Person.objects.get(pk=told.json()["id"])
    assert (child.registered_by, child.region) == (huda, "IQ-BG")
    consents = client.get(f"/api/children/{child.pk}/consents").json()["items"]
    assert [(each["purpose"], each["state"]) for each in consents] == [("tracing", "given")]
    assert client.get(f"/api/children/{child.pk}").json()["may_be_traced"] is True


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"property": "affiliation"}, 409),
        ({"value": {"text": ""}}, 409),
        ({"value": {"text": "a\0b"}}, 422),
        ({"value": {"text": "D3S1358 15/16, vWA 14/17"}}, 409),
        ({"said_by": "nobody"}, 422),
        ({"as_of": "the day before"}, 409),
        ({"more": "than there is"}, 422),
    ],
)
def test_statement_that_cannot_be_kept_is_refused_and_nothing_is_stored(client, huda, more, status):
    answer = send(client, "children", {"statements": [NAME | more]})

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert not Person.objects.exists()


def test_statement_is_added_corrected_and_withdrawn(client, huda, make_child):
    child = make_child(by=huda)
    path = f"children/{child.pk}/statements"

    first = send(client, path, NAME | {"value": {"text": "Ruslan"}}).json()
    better = send(client, path, NAME | {"value": {"text": "Ruslana"}, "corrects": first["id"]})
    again = send(client, path, NAME | {"value": {"text": "Rus"}, "corrects": first["id"]})
    gone = send(
        client, f"{path}/{better.json()['id']}/withdrawal", {"reason": "It is another child's."}
    )

    assert (better.status_code, again.status_code, gone.status_code) == (201, 409, 201)
    assert again.json()["stands"] == better.json()["id"]
    assert gone.json()["answer"] == "withdrawn"
    assert "Ruslana" not in client.get(f"/api/children/{child.pk}").json()["names"]


def test_registering_is_not_for_every_role(client, make_user):
    client.force_login(make_user("zaur", role=Role.TRACING_OFFICER))

    assert send(client, "children", {"statements": [NAME]}).status_code == 403


def test_kinds_of_fact_are_those_of_open_compartments(client, make_user):
    client.force_login(make_user("zaur", role=Role.TRACING_OFFICER))

    told = {each["id"]: each for each in client.get("/api/properties").json()}

    assert told["name"] == {
        "id": "name",
        "label": "Name",
        "shape": "name",
        "compartment": "identity",
        "several": True,
    }
    assert "found_at" not in told
