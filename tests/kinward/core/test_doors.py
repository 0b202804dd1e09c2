from __future__ import annotations

from types import ModuleType
from uuid import uuid4

import pytest
from django.core.checks import run_checks
from django.http import HttpResponse
from django.urls import clear_url_caches, include, path
from ninja import NinjaAPI, Router

from kinward.access.models import Role
from kinward.core.doors import carrying, doors, needs, open_to_accounts, undeclared
from kinward.urls import urlpatterns

SECRET = "Ruslan is at the hospital"


def forgotten(request):
    return HttpResponse(SECRET)


def moved_on(request):
    return HttpResponse(status=302, headers={"Location": "/"})


@pytest.fixture
def beside(settings):
    """Put further addresses beside Kinward's own."""

    def put(*patterns):
        module = ModuleType("addresses_of_a_test")
        module.urlpatterns = [*urlpatterns, *patterns]
        settings.ROOT_URLCONF = module
        clear_url_caches()

    yield put
    clear_url_caches()


def test_every_door_of_kinward_says_who_may_come_in():
    found = [address for address, _name, _view in doors()]

    assert undeclared() == []
    assert {"sign-in/", "children/<uuid:child_id>/", "api/openapi.json"} <= set(found)
    assert "POST /candidates/{uuidstr:candidate_id}/reviews" in found


def test_start_is_refused_while_an_address_says_nothing(beside):
    beside(path("forgotten/", include([path("deep/", forgotten)])))

    (error,) = [each for each in run_checks(tags=["urls"]) if each.id == "kinward.E002"]

    assert error.msg == "forgotten/deep/ does not say who may come in."


def test_start_is_refused_while_an_operation_says_nothing(settings, monkeypatch):
    router = Router()
    router.get("/forgotten")(lambda request: SECRET)
    api = NinjaAPI(urls_namespace="of-a-test")
    api.add_router("/beside", router)
    monkeypatch.setattr("kinward.api.beside", api, raising=False)
    settings.API = "kinward.api.beside"

    assert undeclared() == ["GET /beside/forgotten"]


def test_forgotten_view_shows_nothing(client, make_user, beside):
    beside(path("forgotten/", forgotten))
    client.force_login(make_user())

    response = client.get("/forgotten/")

    assert response.status_code == 403
    assert SECRET not in response.content.decode()
    assert "Nobody has said who may open this." in response.content.decode()


def test_forgotten_view_shows_machines_nothing(client, make_user, beside):
    beside(path("forgotten/", forgotten))
    client.force_login(make_user())

    response = client.get("/forgotten/", headers={"Accept": "application/json"})

    assert (response.status_code, response.json()["status"]) == (403, 403)


def test_answer_that_shows_nothing_goes_through(client, make_user, beside):
    beside(path("moved-on/", moved_on))
    client.force_login(make_user())

    assert client.get("/moved-on/").status_code == 302


def test_addresses_of_others_are_put_behind_a_policy(client, make_user, beside):
    beside(*carrying(open_to_accounts, [path("theirs/", include([path("deep/", forgotten)]))]))
    client.force_login(make_user())

    assert client.get("/theirs/deep/").content.decode() == SECRET
    assert undeclared() == []


def test_policies_of_one_view_add_up(client, make_user, beside):
    beside(path("both/", needs("people.see_children")(needs("tracing.take_request")(forgotten))))

    for role in (Role.REGISTRAR, Role.ENQUIRY_WORKER):
        client.force_login(make_user(role=role))
        assert client.get("/both/").status_code == 403


def without_chance(response, *secrets):
    """The body without what differs each time: the token against forgery, and what was asked."""
    body = response.content.decode()
    tokens = {response.context["csrf_token"]} if response.context else set()
    for text in {str(each) for each in (*tokens, *secrets)}:
        body = body.replace(text, "…")
    return body


@pytest.mark.parametrize(
    "address",
    [
        "/children/{}/",
        "/children/{}/facts/",
        "/children/{}/facts/name/",
        "/children/{}/timeline/",
        "/children/{}/log/",
        "/children/{}/candidates/",
        "/api/children/{}/candidates",
    ],
)
def test_unseen_and_absent_look_alike_to_the_last_byte(client, make_child, make_user, address):
    unseen = make_child(region="IQ-BG")
    seen = make_child(region="SY-HA")
    client.force_login(make_user(role=Role.REGISTRAR, region="SY-HA"))

    refused, absent = (
        client.get(address.format(one), headers={"Accept-Language": "en"})
        for one in (unseen.pk, uuid4())
    )

    assert client.get(address.format(seen.pk)).status_code == 200
    assert refused.status_code == absent.status_code == 404
    gone = [part for part in absent.wsgi_request.path.split("/") if len(part) == 36]
    assert without_chance(refused, unseen.pk) == without_chance(absent, *gone)
    assert refused.headers.items() >= {("Cache-Control", "no-store")}
    assert sorted(refused.headers) == sorted(absent.headers)
