from __future__ import annotations

import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from kinward.core.errors import KinwardError, NotAllowed, NotFound, NotSignedIn, RuleBroken, problem
from kinward.core.middleware import KeepNothing, LimitBodies, ShowErrors


def shown(error: Exception, accept: str) -> HttpResponse | None:
    request = RequestFactory().get("/", headers={"accept": accept})
    return ShowErrors(lambda _: HttpResponse()).process_exception(request, error)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (KinwardError("no"), 400),
        (NotSignedIn(), 401),
        (NotAllowed("no"), 403),
        (NotFound("no"), 404),
        (RuleBroken("no"), 409),
    ],
)
def test_refusal_is_a_problem_document_for_machines(error, status):
    response = shown(error, "application/problem+json")

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content) == problem(error)


@pytest.mark.django_db
def test_refusal_is_a_page_for_people(client, make_user):
    client.force_login(make_user())
    request = RequestFactory().get("/", headers={"accept": "text/html,*/*;q=0.8"})
    request.user = make_user()

    response = ShowErrors(lambda _: HttpResponse()).process_exception(
        request, RuleBroken("The group is empty.")
    )

    assert response.status_code == 409
    assert "The group is empty." in response.content.decode()


def test_failures_that_are_no_refusals_are_left_to_django():
    assert shown(ValueError("a bug"), "text/html") is None


def test_middleware_passes_requests_on():
    answer = HttpResponse("passed")

    assert ShowErrors(lambda _: answer)(RequestFactory().get("/")) is answer


def test_refusal_without_words_says_what_it_is():
    assert NotAllowed().said == "You may not do this"


def test_pages_are_not_kept():
    response = KeepNothing(lambda _: HttpResponse())(RequestFactory().get("/"))

    assert response["Cache-Control"] == "no-store"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_what_says_itself_how_long_it_keeps_is_left_alone():
    answer = HttpResponse(headers={"Cache-Control": "max-age=60"})

    assert KeepNothing(lambda _: answer)(RequestFactory().get("/"))["Cache-Control"] == "max-age=60"


@pytest.mark.django_db
def test_anonymous_people_are_shown_where_to_sign_in(client):
    response = client.get("/", headers={"accept": "text/html"})

    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in")


@pytest.mark.django_db
def test_anonymous_machines_are_told(client):
    response = client.get("/api/openapi.json")

    assert response.status_code == 401
    assert response.json()["title"] == "Sign in first"


@pytest.mark.django_db
def test_every_answer_carries_the_policy(client):
    policy = client.get("/api/openapi.json")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "size", "status"),
    [
        ("application/json", 1 << 20, 404),
        ("application/json", (1 << 20) + 1, 413),
        ("multipart/form-data; boundary=x", (24 << 20) + 1, 413),
    ],
)
def test_body_is_measured_before_it_is_read(client, make_user, kind, size, status):
    client.force_login(make_user())
    address = "/api/candidates/018f3c1e-0000-7000-8000-000000000000/reviews"
    body = b'{"opinion": "same", "reason": "same village"}'.ljust(min(size, 2 << 20))

    # What is declared counts: the server hands on no more than that.
    given = client.post(address, body, kind, CONTENT_LENGTH=size)

    assert given.status_code == status
    assert given["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_body_that_is_too_large_is_refused_with_a_page(client, make_user):
    client.force_login(make_user())

    given = client.post("/language/", {}, CONTENT_LENGTH=(24 << 20) + 1)

    assert given.status_code == 413
    assert "25165824" in given.content.decode()


@pytest.mark.parametrize("declared", ["-1", "many"])
def test_length_that_is_no_number_is_refused(rf, declared):
    request = rf.post("/api/x", {}, CONTENT_LENGTH=declared)

    given = LimitBodies(lambda _: HttpResponse())(request)

    assert given.status_code == 413


@pytest.mark.django_db
def test_form_of_too_many_fields_is_refused(client, make_user):
    client.force_login(make_user())

    given = client.post("/language/", {f"field-{number}": "x" for number in range(1_001)})

    assert given.status_code == 400
