from __future__ import annotations

import pytest

from kinward.audit.models import Event

PASSWORD = "a made-up password"

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(make_user):
    return make_user("amira", password=PASSWORD, full_name="Amira Salman")


def sign_in(client, **typed):
    return client.post("/sign-in/", {"login": "amira", "password": PASSWORD} | typed)


def test_sign_in_opens_a_session_and_is_logged(client, account):
    response = sign_in(client)

    assert response["Location"] == "/"
    assert client.session["_auth_user_id"] == str(account.pk)
    assert Event.objects.get(action="access.signed_in").actor == "amira"


def test_sign_in_goes_where_one_wanted_to_go(client, account):
    assert sign_in(client, next="/matches/")["Location"] == "/matches/"


@pytest.mark.parametrize("there", ["https://elsewhere.example/", "//elsewhere.example"])
def test_sign_in_goes_nowhere_else(client, account, there):
    assert sign_in(client, next=there)["Location"] == "/"


@pytest.mark.parametrize("typed", [{"password": "wrong"}, {"login": "nobody"}])
def test_sign_in_never_says_which_of_the_two_is_wrong(client, account, typed):
    response = sign_in(client, **typed)

    assert response.status_code == 422
    assert "This account and password do not fit together." in response.content.decode()
    assert not Event.objects.filter(action="access.signed_in").exists()


def test_sign_in_refuses_a_closed_account_in_the_same_words(client, account):
    type(account).objects.filter(pk=account.pk).update(is_active=False)

    response = sign_in(client)

    assert response.status_code == 422
    assert "This account and password do not fit together." in response.content.decode()


def test_sign_in_says_what_is_missing(client, account):
    response = sign_in(client, password="")

    assert response.status_code == 422
    assert 'href="#id_password"' in response.content.decode()


def test_sign_in_keeps_the_account_but_never_the_password_in_another_language(client, account):
    response = sign_in(client, switch_language="ru")

    page = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="ru"' in page
    assert 'value="amira"' in page
    assert PASSWORD not in page
    assert "_auth_user_id" not in client.session


def test_sign_in_speaks_the_language_of_the_account(client, make_user):
    make_user("leyla", password=PASSWORD, language="ar")

    response = sign_in(client, login="leyla")

    assert response.cookies["language"].value == "ar"


def test_sign_in_leaves_the_language_this_browser_chose(client, make_user):
    make_user("leyla", password=PASSWORD, language="ar")
    client.cookies["language"] = "ru"

    response = sign_in(client, login="leyla")

    assert "language" not in response.cookies


def test_sign_in_sends_on_who_is_signed_in_already(client, account):
    client.force_login(account)

    assert client.get("/sign-in/")["Location"] == "/"


def test_sign_out_closes_the_session_clears_the_cache_and_is_logged(client, account):
    client.force_login(account)

    response = client.post("/sign-out/")

    assert response["Location"] == "/sign-in/"
    assert response["Clear-Site-Data"] == '"cache"'
    assert "_auth_user_id" not in client.session
    assert Event.objects.get(action="access.signed_out").actor == "amira"


def test_sign_out_takes_more_than_following_a_link(client, account):
    client.force_login(account)

    response = client.get("/sign-out/")

    assert response.status_code == 405
    assert "_auth_user_id" in client.session
