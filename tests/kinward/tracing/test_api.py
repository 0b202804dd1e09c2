from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest
from jsonschema import Draft202012Validator

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.tracing.actions import review_candidate, undo_judgement
from kinward.tracing.models import Candidate, Opinion

DOCUMENT = json.loads(
    (Path(__file__).parents[3] / "docs/reference/openapi.json").read_text(encoding="utf-8")
)
REVIEW = {"opinion": "same", "reason": "same father, same village"}
LIST, REVIEWS = "/api/children/{}/candidates", "/api/candidates/{}/reviews"
ONE = "/api/candidates/{}"


@pytest.fixture
def officer(make_user, client):
    user = make_user("zaur", role=Role.TRACING_OFFICER)
    client.force_login(user)
    return user


@pytest.fixture
def second(make_user):
    return make_user("karim", role=Role.SECOND_REVIEWER, full_name="Karim Hadi")


def settle(candidate, reviewers, at):
    """Have the reviewers agree."""
    for by in reviewers:
        review_candidate(candidate=candidate, opinion=Opinion.SAME, reason="Same.", by=by, at=at)


def post(client, candidate, body=REVIEW, *, seen=None):
    """Send an opinion of a candidate as it stands, or as it was `seen`."""
    found = Candidate.objects.filter(pk=candidate).first()
    tag = f'"{found.version if found else "0" * 32}"' if seen is None else seen
    content = json.dumps(body)
    headers = {"if-match": tag} if tag else {}
    return client.post(REVIEWS.format(candidate), content, "application/json", headers=headers)


def check_against_document(content, name):
    """Assert that the content is as the document's component says."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    Draft202012Validator(schema).validate(content)


def test_candidates_of_a_child_are_listed_with_their_reasons(client, officer, make_candidate):
    candidate = make_candidate()

    response = client.get(LIST.format(candidate.child_id))

    assert response.status_code == 200
    check_against_document(response.json(), "CandidatesOut")
    (item,) = response.json()["items"]
    assert item["id"] == str(candidate.pk)
    assert item["child_reference"] == candidate.child.reference
    assert item["request_reference"] == candidate.sought.request.reference
    assert (item["band"], item["verdict"]) == ("very_likely", "open")
    assert item["reasons"][0]["words"]


def test_every_candidate_shown_is_in_the_log(client, officer, make_candidate, make_child):
    child = make_child()
    shown = [make_candidate(child=child) for _ in range(2)]

    client.get(LIST.format(child.pk))

    logged = Event.objects.filter(action="tracing.read_candidates", actor="zaur")
    people = [child, *(each.sought.person for each in shown)]
    assert set(logged.values_list("object_id", flat=True)) == {
        str(each.pk) for each in [*people, *shown]
    }


def test_list_can_be_read_in_parts(client, officer, make_candidate, make_child):
    child = make_child()
    for weight in (3.0, 2.0, 1.0):
        make_candidate(child=child, weight=weight)
    make_candidate(child=child, probability=0.1)

    response = client.get(LIST.format(child.pk), {"limit": 1, "offset": 1})

    assert [item["weight"] for item in response.json()["items"]] == [2.0]
    assert (response.json()["count"], response.json()["not_shown"]) == (3, 1)


def test_list_costs_the_same_however_long(
    client, officer, make_candidate, make_child, django_assert_num_queries, of_passage
):
    child = make_child()
    make_candidate(child=child)
    client.get(LIST.format(child.pk))
    with django_assert_num_queries(19 + 7 * of_passage):
        client.get(LIST.format(child.pk))
    for _ in range(9):  # more, and the brake on reading looks closer
        make_candidate(child=child)

    with django_assert_num_queries(19 + 7 * of_passage):
        response = client.get(LIST.format(child.pk))

    assert len(response.json()["items"]) == 10


def test_review_is_recorded(client, officer, make_candidate):
    candidate = make_candidate()

    response = post(client, candidate.pk)

    assert response.status_code == 201
    check_against_document(response.json(), "ReviewOut")
    review = candidate.reviews.get()
    assert (review.reviewer, review.opinion, review.reason) == (
        officer,
        "same",
        "same father, same village",
    )


def test_second_review_is_refused_as_a_problem(client, officer, make_candidate):
    candidate = make_candidate()
    post(client, candidate.pk)

    response = post(client, candidate.pk)

    assert response.status_code == 409
    assert response["Content-Type"] == "application/problem+json"
    check_against_document(response.json(), "Problem")
    assert response.json()["detail"] == "You have already reviewed this candidate."
    assert candidate.reviews.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"opinion": "same"},
        {"opinion": "perhaps", "reason": "x"},
        {"opinion": "same", "reason": ""},
        {"opinion": "same", "reason": 7},
        {"opinion": "same", "reason": "x" * 4_001},
        {"opinion": "same", "reason": "x", "round": 9},
        [],
    ],
)
def test_review_that_cannot_be_understood_is_refused(client, officer, make_candidate, body):
    candidate = make_candidate()

    response = post(client, candidate.pk, body)

    assert response.status_code == 422
    check_against_document(response.json(), "Problem")
    assert candidate.reviews.count() == 0


def test_refusal_does_not_repeat_what_was_sent(client, officer, make_candidate):
    response = post(client, make_candidate().pk, {"opinion": "Руслан", "reason": "x"})

    assert "Руслан" not in response.content.decode()


def test_body_that_is_no_json_is_refused(client, officer, make_candidate):
    response = client.post(REVIEWS.format(make_candidate().pk), "{", "application/json")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.ENQUIRY_WORKER, Role.AUDITOR, Role.MEDIC])
def test_unseen_candidate_looks_like_an_absent_one(client, make_user, make_candidate, role):
    candidate = make_candidate()
    client.force_login(make_user(role=role, region="IQ-NI"))

    unseen = post(client, candidate.pk)
    absent = post(client, uuid4())

    assert (unseen.status_code, absent.status_code) == (404, 404)
    assert unseen.content == absent.content
    assert candidate.reviews.count() == 0


def test_unseen_child_looks_like_an_absent_one(client, make_user, make_candidate):
    candidate = make_candidate()
    client.force_login(make_user(role=Role.AUDITOR))

    unseen = client.get(LIST.format(candidate.child_id))
    absent = client.get(LIST.format(uuid4()))

    assert (unseen.status_code, unseen.content) == (absent.status_code, absent.content)
    assert unseen.status_code == 404


def test_registrar_is_told_of_the_child_but_of_no_candidate(client, make_user, make_candidate):
    candidate = make_candidate()
    client.force_login(make_user(role=Role.REGISTRAR, region="IQ-BG"))

    response = client.get(LIST.format(candidate.child_id))

    assert response.json() == {"items": [], "count": 0, "not_shown": 0}


def test_anonymous_is_told_to_sign_in(client, make_candidate):
    candidate = make_candidate()

    for response in (client.get(LIST.format(candidate.child_id)), post(client, candidate.pk)):
        assert response.status_code == 401
        check_against_document(response.json(), "Problem")
    assert candidate.reviews.count() == 0


def test_review_from_another_site_is_refused(make_client, make_user, make_candidate):
    candidate = make_candidate()
    client = make_client(enforce_csrf_checks=True)
    client.force_login(make_user())

    response = post(client, candidate.pk)

    assert response.status_code == 403
    assert candidate.reviews.count() == 0


def test_words_are_in_the_language_asked_for(client, officer, make_candidate):
    child = make_candidate().child_id

    english = client.get(LIST.format(child), headers={"accept-language": "en"}).json()
    russian = client.get(LIST.format(child), headers={"accept-language": "ru"}).json()

    assert english["items"][0]["reasons"][0]["words"] != russian["items"][0]["reasons"][0]["words"]


def test_candidate_is_read_with_its_version(client, officer, make_candidate):
    candidate = make_candidate()

    response = client.get(ONE.format(candidate.pk))

    assert response.status_code == 200
    check_against_document(response.json(), "CandidateOut")
    assert response["ETag"] == f'"{candidate.version}"'
    assert response.json()["version"] == candidate.version
    logged = Event.objects.filter(actor="zaur", action__in=["tracing.read", "people.read"])
    assert set(logged.values_list("object_id", flat=True)) == {
        str(candidate.pk),
        str(candidate.child_id),
        str(candidate.sought.person_id),
    }


def test_list_names_the_versions_of_what_it_shows(client, officer, second, make_candidate, at):
    candidate = make_candidate()
    before = client.get(LIST.format(candidate.child_id))
    same = client.get(LIST.format(candidate.child_id))
    settle(candidate, [officer, second], at)

    after = client.get(LIST.format(candidate.child_id))

    assert before.json()["items"][0]["version"] == candidate.version
    assert before["ETag"] == same["ETag"] != after["ETag"]


@pytest.mark.parametrize("seen", ["", "*", 'W/"1"'])
def test_review_without_a_version_is_refused(client, officer, make_candidate, seen):
    candidate = make_candidate()

    response = post(client, candidate.pk, seen=seen)

    assert response.status_code == 428
    check_against_document(response.json(), "Problem")
    assert candidate.reviews.count() == 0


def test_review_of_what_was_judged_meanwhile_is_told_both_versions(
    client, officer, second, make_candidate, at
):
    candidate = make_candidate()
    had = candidate.version
    settle(candidate, [officer, second], at)
    undo_judgement(judgement=candidate.judgements.get(), reason="A song.", by=second, at=at)
    candidate.refresh_from_db()

    response = post(client, candidate.pk, seen=f'"{had}"')

    told = response.json()
    assert response.status_code == 409
    assert response["Content-Type"] == "application/problem+json"
    check_against_document(told, "ConflictOut")
    assert (told["had"], told["stands"]) == (had, candidate.version)
    assert told["now"] == {"round": 2, "verdict": "open"}
    assert (told["changed_by"], told["changed_at"]) == ("Karim Hadi", at.isoformat())
    assert told["sent"] == REVIEW
    assert candidate.reviews.filter(round=2).count() == 0
    assert post(client, candidate.pk, seen=f'"{told["stands"]}"').status_code == 201


def test_review_tells_the_version_it_made(client, officer, make_candidate):
    candidate = make_candidate()

    response = post(client, candidate.pk)

    assert response["ETag"] == f'"{candidate.version}"'


SAID = {
    "property": "name",
    "value": {"text": "Патимат"},
    "said_by": "relative",
    "method": "interview",
}
ASKED = {
    "enquirer": [SAID],
    "sought": [{"relation": "child", "statements": [SAID | {"value": {"text": "Руслан"}}]}],
    "told": "Ищу сына.",
    "language": "ru",
}


@pytest.fixture
def madina(client, make_user):
    user = make_user("madina", role=Role.ENQUIRY_WORKER, region="RU-DA")
    client.force_login(user)
    return user


def test_request_is_taken_listed_and_read(client, madina):
    taken = client.post("/api/requests", ASKED, content_type="application/json")

    listed = client.get("/api/requests").json()
    told = client.get(f"/api/requests/{taken.json()['id']}").json()

    assert taken.status_code == 201
    assert [each["reference"] for each in listed["items"]] == [told["reference"]]
    assert (told["told"], told["region"]) == ("Ищу сына.", "RU-DA")
    names = [said["value"]["text"] for facts in told["facts"].values() for said in facts]
    assert sorted(names) == ["Патимат", "Руслан"]
    check_against_document(told, "WholeRequestOut")


def test_everybody_named_in_a_list_of_requests_is_in_the_log(client, madina):
    client.post("/api/requests", ASKED, content_type="application/json")

    (listed,) = client.get("/api/requests").json()["items"]

    logged = Event.objects.filter(action="people.listed", actor="madina")
    assert set(logged.values_list("object_id", flat=True)) == {
        each["person_id"] for each in listed["sought"]
    }


def test_who_compares_blind_reads_not_who_asks_nor_their_words(client, officer, make_request):
    request = make_request("Руслан")

    told = client.get(f"/api/requests/{request.pk}").json()

    assert told["told"] == ""
    assert list(told["facts"]) == [request.sought.get().person.reference]


def test_request_without_anybody_looked_for_is_refused(client, madina):
    answer = client.post("/api/requests", ASKED | {"sought": []}, content_type="application/json")

    assert answer.status_code == 422
    assert "sought" in answer.json()["detail"]


def test_request_of_another_office_is_absent(client, madina, make_request):
    request = make_request("Руслан", region="RU-CE")

    assert client.get(f"/api/requests/{request.pk}").status_code == 404
    assert client.get("/api/requests").json() == {"items": [], "next": None}
