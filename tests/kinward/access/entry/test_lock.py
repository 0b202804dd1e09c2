from __future__ import annotations

import json
import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from kinward.audit.models import Event
from kinward.people.models import Assertion

pytestmark = pytest.mark.django_db
TYPED = {"name-0-text": "زينب", "said_by": "child", "certainty": "confirmed", "method": "interview"}


@pytest.fixture
def signed_in(client, with_app):
    client.force_login(with_app)
    client.get("/")
    return client


def test_session_that_is_used_stays_open(signed_in, pass_time):
    for minutes in (10, 20, 30):
        pass_time(minutes)
        assert signed_in.get("/children/").status_code == 200


def test_session_left_alone_asks_who_sits_there(signed_in, pass_time):
    pass_time(16)

    response = signed_in.get("/children/")

    assert response["Location"] == "/sign-in/confirm/?next=%2Fchildren%2F"
    assert "it was locked" in signed_in.get(response["Location"]).content.decode()


def test_locked_session_stays_locked_whatever_is_asked(signed_in, pass_time):
    pass_time(16)
    signed_in.get("/children/")
    pass_time(17)

    assert signed_in.get("/matches/").status_code == 302
    assert signed_in.get("/my-sign-in/").status_code == 302


def test_right_code_opens_it_where_one_was(signed_in, pass_time, code):
    pass_time(16)
    signed_in.get("/children/")

    response = signed_in.post("/sign-in/confirm/", {"code": code(), "next": "/children/"})

    assert response["Location"] == "/children/"
    assert signed_in.get("/children/").status_code == 200


def test_right_code_opens_it_whatever_page_is_named(signed_in, code):
    response = signed_in.post("/sign-in/confirm/", {"code": code(), "next": "no-page"})

    assert (response.status_code, response["Location"]) == (302, "no-page")


def test_wrong_code_keeps_it_locked(signed_in, pass_time, code):
    pass_time(16)
    signed_in.get("/children/")

    response = signed_in.post("/sign-in/confirm/", {"code": code(steps=500)})

    assert response.status_code == 422
    assert signed_in.get("/children/").status_code == 302


def test_opening_leads_nowhere_else(signed_in, code):
    response = signed_in.post("/sign-in/confirm/", {"code": code(), "next": "https://x.example/"})

    assert response["Location"] == "/"


def test_form_that_meets_the_lock_is_sealed_and_carried_on(
    signed_in, make_child, with_app, pass_time, code
):
    child = make_child()
    address = reverse("people:add_statement", args=[child.pk, "name"])
    before = Assertion.objects.count()
    pass_time(16)

    met = signed_in.post(address, TYPED)
    stored = Session.objects.get(pk=signed_in.session.session_key)
    opened = signed_in.post("/sign-in/confirm/", {"code": code(), "next": address})
    page = signed_in.get(opened["Location"]).content.decode()

    assert "زينب" not in met["Location"]
    assert Assertion.objects.count() == before
    assert "زينب" not in json.dumps(stored.get_decoded(), ensure_ascii=False)
    assert opened["Location"] == "/sign-in/carry-on/"
    assert re.search(r'<form method="post" action="([^"]+)" data-carry-on', page)[1] == address
    for name, value in TYPED.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert page.count("csrfmiddlewaretoken") >= 1
    assert signed_in.get("/sign-in/carry-on/")["Location"] == "/"


def test_password_is_never_kept(signed_in, pass_time, code):
    pass_time(16)
    signed_in.post(
        "/my-sign-in/password/", {"old_password": "a", "new_password1": "b", "x": "kept"}
    )
    signed_in.post("/sign-in/confirm/", {"code": code()})

    page = signed_in.get("/sign-in/carry-on/").content.decode()

    assert 'name="x" value="kept"' in page
    assert "old_password" not in page
    assert "new_password1" not in page


def test_form_of_someone_else_is_not_shown(signed_in, pass_time, make_user):
    pass_time(16)
    signed_in.post("/requests/take/", TYPED)
    kept = signed_in.session["held_form"]
    signed_in.force_login(make_user("karim"))
    session = signed_in.session
    session["held_form"] = kept
    session.save()

    assert signed_in.get("/sign-in/carry-on/")["Location"] == "/"


def test_open_page_is_covered_instead_of_replaced(signed_in, pass_time):
    pass_time(16)

    response = signed_in.post("/names/reading/", {"text": "x"}, headers={"HX-Request": "true"})

    assert response.status_code == 204
    assert response["HX-Trigger"] == "kinward:locked"


def test_script_locks_asks_and_opens(signed_in, code):
    script = {"headers": {"Accept": "application/json"}}
    locked = signed_in.post("/sign-in/lock/", **script)
    refused = signed_in.post("/sign-in/here/", **script)
    ways = signed_in.get("/sign-in/confirm/", **script).json()
    wrong = signed_in.post("/sign-in/confirm/", {"code": code(steps=500)}, **script)
    opened = signed_in.post("/sign-in/confirm/", {"code": code()}, **script)

    assert (locked.status_code, refused.status_code) == (204, 401)
    assert ways == {"code": True, "password": False, "passkey": None}
    assert wrong.status_code == 422
    assert "not right" in wrong.json()["detail"]
    assert opened.status_code == 204
    assert signed_in.post("/sign-in/here/", **script).status_code == 204


def test_lock_is_a_button_too(signed_in):
    assert signed_in.post("/sign-in/lock/")["Location"] == "/sign-in/confirm/"
    assert signed_in.get("/children/").status_code == 302


def test_account_without_second_factor_shows_its_password(client, worker, settings, pass_time):
    settings.DEMO = True
    client.force_login(worker, proved=False)
    client.get("/")
    pass_time(16)
    client.get("/children/")

    wrong = client.post("/sign-in/confirm/", {"password": "wrong"})
    right = client.post(
        "/sign-in/confirm/", {"password": "seven wet herons at dusk", "next": "/children/"}
    )

    assert wrong.status_code == 422
    assert right["Location"] == "/children/"
    assert client.get("/children/").status_code == 200


def test_session_ends_after_a_working_day_and_keeps_what_was_sent(
    client, with_app, give_password, code, pass_time
):
    client.force_login(with_app)
    client.get("/")
    for minutes in range(14, 480, 14):
        pass_time(minutes)
        client.get("/")
    pass_time(481)

    over = client.post("/requests/take/", {"told": "Ищу детей."})
    give_password(client, next="/sign-in/carry-on/")
    again = client.post("/sign-in/code/", {"code": code()})

    assert over["Location"] == "/sign-in/?next=%2Fsign-in%2Fcarry-on%2F"
    assert again["Location"] == "/sign-in/carry-on/"
    assert "Ищу детей." in client.get("/sign-in/carry-on/").content.decode()


def test_api_is_told_that_the_session_is_locked(signed_in, pass_time):
    pass_time(16)

    response = signed_in.get("/api/openapi.json")

    assert response.status_code == 401
    assert response.json()["detail"] == "This session must prove again who uses it."


def test_confirming_too_often_is_slowed_down(signed_in, code):
    for _ in range(10):
        signed_in.post("/sign-in/confirm/", {"code": code(steps=500)})

    response = signed_in.post("/sign-in/confirm/", {"code": code()})

    assert response.status_code == 429
    assert "Too many tries" in response.content.decode()


def test_given_factor_is_written_down(signed_in, code):
    signed_in.post("/sign-in/confirm/", {"code": code()})

    event = Event.objects.get(action="access.second_factor_given")
    assert (event.actor, event.details) == ("timur", {"kind": "totp"})
