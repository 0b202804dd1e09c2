from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.views.defaults import permission_denied, server_error

from kinward.access.models import Role
from kinward.audit.models import Event

OPEN_TO_ALL = {
    "account_login",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_callback",
    "openid_connect_login",
    "access:sign_out",
    "access:invitation",
    "core:switch_language",
    "core:leave",
    "core:livez",
    "core:readyz",
    "core:verify",
    "casework:calendar",
    "figures:public",
    "figures:public_in",
    "figures:public_release",
    "figures:public_file",
    "field:app",
    "field:worker",
    "field:manifest",
}
ASKED_BY_PHONES = {
    f"field:{name}" for name in ("enrol", "state", "forms", "pack", "sync", "photo", "piece")
}
RECORD = "0190a1b2-0000-7000-8000-000000000000"
ARGUMENTS = {
    "pk": 1,
    "number": 1,
    "offset": 0,
    "kind": "name",
    "track": "movement",
    "entry": "visit",
    "part": "mind",
}  # whatever is not here is the identifier of a record


def named(resolver: URLResolver, space: str = "") -> list[tuple[str, tuple[str, ...]]]:
    found: list[tuple[str, tuple[str, ...]]] = []
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver) and each.namespace != "api":
            found += named(each, f"{each.namespace}:" if each.namespace else space)
        if isinstance(each, URLPattern) and each.name:  # unnamed: what the API has no operation for
            found.append((f"{space}{each.name}", tuple(each.pattern.converters)))
    return found


DOORS = [(name, wanted) for name, wanted in named(get_resolver()) if name not in OPEN_TO_ALL]
SCREENS = [(name, wanted) for name, wanted in DOORS if name not in ASKED_BY_PHONES]
OF_PHONES = [(name, wanted) for name, wanted in DOORS if name in ASKED_BY_PHONES]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "wanted"), OF_PHONES)
def test_every_door_of_phones_tells_the_anonymous_to_sign_in(client, name, wanted):
    address = reverse(name, kwargs={key: ARGUMENTS.get(key, RECORD) for key in wanted})

    response = client.get(address)

    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "wanted"), SCREENS)
def test_every_screen_asks_the_anonymous_to_sign_in(client, name, wanted):
    address = reverse(name, kwargs={key: ARGUMENTS.get(key, RECORD) for key in wanted})

    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={address}"


@pytest.mark.django_db
@pytest.mark.parametrize("there", ["foo", "access:nothing", "a\x00b", "\n/", "%s", ""])
def test_language_is_switched_whatever_page_is_named(client, there):
    response = client.post("/language/", {"next": there})

    assert response.status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role != Role.CLOCK])
def test_every_role_has_a_page_to_work_from(client, make_user, role):
    client.force_login(make_user(role=role))

    response = client.get("/")

    assert response.status_code == 200


@pytest.mark.django_db
def test_language_switch_returns_to_the_page_and_stays(client):
    response = client.post("/language/", {"switch_language": "ar", "next": "/sign-in/?next=/log/"})

    assert response["Location"] == "/sign-in/?next=/log/"
    page = client.get(response["Location"]).content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    assert "kinward/app.rtl.css" in page


@pytest.mark.django_db
@pytest.mark.parametrize("there", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_language_switch_goes_nowhere_else(client, there):
    response = client.post("/language/", {"switch_language": "ru", "next": there})

    assert response["Location"] == "/"


@pytest.mark.django_db
def test_language_switch_ignores_a_language_that_is_not_spoken(client):
    response = client.post("/language/", {"switch_language": "tlh", "next": "/sign-in/"})

    assert response.cookies == {}


@pytest.mark.django_db
def test_leaving_ends_the_session_and_shows_another_site(client, make_user):
    user = make_user()
    client.force_login(user)

    response = client.get("/leave/")

    assert Event.objects.filter(action="access.signed_out", actor=user.username).count() == 1
    assert response["Location"] == "https://www.wikipedia.org/"
    assert response["Clear-Site-Data"] == '"cache"'
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_leaving_by_another_sites_link_signs_nobody_out(client, make_user):
    client.force_login(make_user())

    client.get("/leave/", headers={"Sec-Fetch-Site": "cross-site"})

    assert "_auth_user_id" in client.session


@pytest.mark.django_db
def test_absent_page_is_shown_in_our_own_frame(client, make_user):
    client.force_login(make_user())

    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert "There is nothing here that you may see." in response.content.decode()


@pytest.mark.django_db
def test_form_without_its_token_says_what_to_do(make_user):
    client = Client(enforce_csrf_checks=True)

    response = client.post("/sign-in/", {"username": "x", "password": "y"})

    assert response.status_code == 403
    assert "Please send it again" in response.content.decode()


def test_failure_page_needs_nothing_but_itself(rf):
    response = server_error(rf.get("/"))

    assert response.status_code == 500
    assert "The mistake is ours." in response.content.decode()


@pytest.mark.django_db
def test_refused_page_of_django_is_shown_in_our_own_frame(rf):
    response = permission_denied(rf.get("/"), PermissionDenied())

    assert response.status_code == 403
    assert "Your role does not include it." in response.content.decode()


@pytest.mark.django_db
def test_pages_hold_no_inline_script_or_style(client, make_user):
    client.force_login(make_user())

    page = client.get("/").content.decode()

    assert "style=" not in page
    assert "<style" not in page
    assert "onclick" not in page
    assert "<script>" not in page
