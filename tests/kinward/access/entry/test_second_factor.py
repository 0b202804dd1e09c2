from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings

from kinward.access.entry.limits import needs_second_factor
from kinward.access.entry.seal import unseal
from kinward.access.models import Role
from kinward.access.rules import Permission, grants
from kinward.audit.models import Event
from kinward.core.ids import uuid7

pytestmark = pytest.mark.django_db

OF_CHILDREN = [each for each in Permission if each.startswith(("people.", "tracing."))]


def names_of(action: str) -> list[str]:
    return [event.actor for event in Event.objects.filter(action=action)]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CLOCK])
def test_every_role_that_sees_a_child_needs_a_second_factor(role):
    sees = any(grants(role, permission) for permission in OF_CHILDREN)

    assert needs_second_factor(role) or not sees


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER])
def test_who_keeps_accounts_or_reads_the_log_needs_one_too(role):
    assert needs_second_factor(role)


def test_everybody_needs_one_who_is_permitted_anything():
    assert all(needs_second_factor(role) for role in Role)
    assert not needs_second_factor("nobody")


@pytest.mark.parametrize("address", ["/", "/children/", "/requests/", "/matches/", "/accounts/"])
def test_session_without_second_factor_reaches_nothing(client, worker, address):
    client.force_login(worker, proved=False)

    response = client.get(address)

    assert (response.status_code, response["Location"]) == (302, "/my-sign-in/")


def test_session_without_second_factor_is_told_so_by_the_api(client, worker):
    client.force_login(worker, proved=False)

    response = client.get(f"/api/children/{uuid7()}/candidates")

    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 401


def test_demo_waives_the_second_factor_and_says_so(client, worker, give_password, settings):
    settings.DEMO = True

    page = client.get("/sign-in/").content.decode()
    response = give_password(client)

    assert "asks for no second factor" in page
    assert response["Location"] == "/"
    assert client.get("/children/").status_code == 200


def test_first_page_after_signing_in_says_nothing_of_the_account_but_its_name(
    client, worker, give_password, settings
):
    settings.DEMO = True
    give_password(client)

    first = client.get("/", follow=True).content.decode()

    assert "moj-alert" not in first
    assert "&lt;User" not in first


def test_real_sign_in_page_waives_nothing(client, db):
    assert "asks for no second factor" not in client.get("/sign-in/").content.decode()


def test_second_factor_is_asked_for_after_the_password(client, with_app, give_password, code):
    first = give_password(client, next="/matches/")
    before = client.get("/children/")
    second = client.post("/sign-in/code/", {"code": code()})

    assert first["Location"] == "/sign-in/code/"
    assert before.status_code == 302
    assert second["Location"] == "/matches/"
    assert client.get("/children/").status_code == 200
    signed_in = Event.objects.get(action="access.signed_in")
    assert (signed_in.actor, signed_in.details) == ("timur", {"given": ["password", "totp"]})


def test_code_is_good_once(client, client_elsewhere, with_app, give_password, code):
    shown = code()
    give_password(client)
    client.post("/sign-in/code/", {"code": shown})
    give_password(client_elsewhere)

    replayed = client_elsewhere.post("/sign-in/code/", {"code": shown})

    assert replayed.status_code == 422
    assert "used already" in replayed.content.decode()
    assert client_elsewhere.get("/children/").status_code == 302


@pytest.fixture
def client_elsewhere(client):
    return type(client)(REMOTE_ADDR="192.0.2.7")


def test_wrong_code_lets_nobody_in_and_is_logged(client, with_app, give_password, code):
    give_password(client)

    response = client.post("/sign-in/code/", {"code": code(steps=500)})

    assert response.status_code == 422
    assert "_auth_user_id" not in client.session
    assert names_of("access.second_factor_refused") == ["kinward"]


def test_codes_cannot_be_guessed_on_and_on(client, with_app, give_password, code):
    give_password(client)
    for _ in range(5):
        client.post("/sign-in/code/", {"code": code(steps=500)})

    response = client.post("/sign-in/code/", {"code": code()})

    assert response.status_code == 429
    assert "Too many tries." in response.content.decode()


def test_recovery_code_lets_in_once(client, with_app, give_password):
    kept = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    give_password(client)
    first = client.post("/sign-in/code/", {"code": kept[0]})
    client.post("/sign-out/")
    give_password(client)

    again = client.post("/sign-in/code/", {"code": kept[0]})

    assert first["Location"] == "/"
    assert again.status_code == 422


def test_seeds_are_sealed_in_the_database(with_app, secret):
    stored = Authenticator.objects.get(type="totp").data["secret"]

    assert secret not in stored
    assert unseal(stored, use="second_factor") == secret


def test_app_is_set_up_from_a_session_that_has_none(client, worker, give_password, code):
    give_password(client)
    page = client.get("/my-sign-in/app/")
    secret = client.session["mfa.totp.secret"]
    wrong = client.post("/my-sign-in/app/", {"code": "000000"})
    done = client.post("/my-sign-in/app/", {"code": code(secret=secret)})
    codes = client.get("/my-sign-in/codes/").content.decode()

    assert "<svg" in page.content.decode()
    assert "<?xml" not in page.content.decode()
    assert wrong.status_code == 422
    assert done["Location"] == "/my-sign-in/codes/"
    assert codes.count("kw-key") == 10
    assert "kw-key" not in client.get("/my-sign-in/codes/").content.decode()
    assert client.get("/children/").status_code == 200
    assert names_of("access.second_factor_added") == ["timur", "timur"]


def test_who_has_a_factor_cannot_add_one_without_giving_it(client, with_app):
    client.force_login(with_app, proved=False)

    response = client.get("/my-sign-in/passkey/")

    assert response["Location"] == "/sign-in/confirm/?next=%2Fmy-sign-in%2Fpasskey%2F"


def test_app_is_removed_after_a_fresh_proof_only(client, with_app, pass_time, code):
    client.force_login(with_app)
    pass_time(6)

    asked = client.post("/my-sign-in/app/remove/")
    confirmed = client.post(
        "/sign-in/confirm/", {"code": code(), "next": "/my-sign-in/app/remove/"}
    )
    removed = client.post("/my-sign-in/app/remove/")

    assert asked["Location"].startswith("/sign-in/confirm/")
    assert confirmed["Location"] == "/my-sign-in/app/remove/"
    assert removed["Location"] == "/my-sign-in/all/"
    assert not Authenticator.objects.exists()
    assert "access.second_factor_removed" in Event.objects.values_list("action", flat=True)


def test_new_recovery_codes_void_the_old(client, with_app):
    old = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    client.force_login(with_app)

    assert client.get("/my-sign-in/codes/new/").status_code == 200
    response = client.post("/my-sign-in/codes/new/")

    new = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert response["Location"] == "/my-sign-in/codes/"
    assert set(old).isdisjoint(new)


def test_nobody_signs_up_or_resets_by_mail(client, db):
    for address in ("signup", "password/reset", "email", "accounts/login"):
        assert client.get(f"/{address}/").status_code == 404


def test_account_closed_between_its_two_factors_is_refused(client, with_app, give_password, code):
    give_password(client)
    type(with_app).objects.update(is_active=False)

    response = client.post("/sign-in/code/", {"code": code()})

    assert response["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_settings_of_single_sign_on_are_off_unless_an_issuer_is_named():
    assert settings.OIDC_ISSUER == ""
    assert settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] == []
