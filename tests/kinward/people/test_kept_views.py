"""Views of lists that an account keeps: choices only, its own only."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.urls import reverse

from kinward.access.models import Role
from kinward.people.models import KeptView

pytestmark = pytest.mark.django_db
KEEP = "/views/keep/"


@pytest.fixture
def anna(client, make_user):
    user = make_user("anna", role=Role.TRACING_OFFICER)
    client.force_login(user)
    return user


def test_view_is_kept_once_and_leads_back(client, anna):
    chosen = {"of": "matches", "show": "all", "band": "likely", "sort": "oldest"}

    for _ in range(2):
        response = client.post(KEEP, chosen)

    kept = KeptView.objects.get()
    assert (kept.account, kept.of, kept.said) == (
        anna,
        "matches",
        "band=likely&show=all&sort=oldest",
    )
    assert response["Location"] == f"/matches/?{kept.said}"
    page = client.get("/").content.decode()
    assert "Matches · All · likely the same · what waits longest" in page


@pytest.mark.parametrize(
    "chosen",
    [
        {"of": "children"},
        {"of": "children", "reference": "C-7KQ", "name": "Ruslan", "sort": "Ruslan"},
        {"of": "matches", "show": "to_review", "sort": "strongest", "child": "Ruslan"},
    ],
)
def test_nothing_that_was_typed_is_kept(client, anna, chosen):
    response = client.post(KEEP, chosen)

    assert (response.status_code, KeptView.objects.count()) == (409, 0)


def test_view_of_no_list_is_not_kept(client, anna):
    assert client.post(KEEP, {"of": "names", "sort": "oldest"}).status_code == 404


def test_view_of_one_request_says_its_identifier_only(client, anna):
    key = UUID("018f3c1e-0000-7000-8000-000000000000")

    client.post(KEEP, {"of": "matches", "request": str(key)})

    assert KeptView.objects.get().said == f"request={key}"


def test_views_are_of_their_account_alone(client, anna, make_user):
    client.post(KEEP, {"of": "requests", "sort": "oldest"})
    let_go = reverse("tracing:let_go_of_view", args=[KeptView.objects.get().pk])
    client.force_login(make_user("omar", role=Role.TRACING_OFFICER))

    seen = "Views you keep" in client.get("/").content.decode()
    of_another = client.post(let_go).status_code
    client.force_login(anna)
    own = client.post(let_go).status_code

    assert (seen, of_another, own, KeptView.objects.count()) == (False, 404, 302, 0)


def test_no_more_than_thirty_views_are_kept(client, anna):
    keys = [f"018f3c1e-0000-7000-8000-0000000000{number:02}" for number in range(31)]

    answers = [client.post(KEEP, {"of": "matches", "child": key}).status_code for key in keys]

    assert answers == [302] * 30 + [409]
