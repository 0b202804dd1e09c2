"""Where an account is written to: chosen by its owner, sealed, and tried out."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from kinward.access import actions
from kinward.access.models import Pace, Role, User, clock
from kinward.audit.context import acting
from kinward.audit.models import Event
from kinward.core import jobs
from kinward.core.mailing import Server, server_at

CHOSEN = {"address": "huda@office.example", "pace": "week", "language": "ar"}


@pytest.fixture(autouse=True)
def sends_mail(settings):
    settings.SENDS_MAIL, settings.ADDRESS = True, "https://kinward.example"


@pytest.fixture
def huda(client, make_user):
    user = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")
    client.force_login(user)
    return user


def deliver(at):
    with acting(clock()):
        jobs.drain(now=lambda: at)


@pytest.mark.django_db
def test_choosing_mail_keeps_it_sealed_and_tries_the_address(client, huda, work):
    response = client.post("/my-sign-in/mail/", CHOSEN)

    huda.refresh_from_db()
    assert (response.status_code, response.url) == (302, "/my-sign-in/")
    assert (huda.mail_address, huda.mail_pace, huda.language) == tuple(CHOSEN.values())
    with connection.cursor() as cursor:
        cursor.execute("SELECT mail_address FROM access_user WHERE username = 'huda'")
        assert b"office" not in bytes(cursor.fetchone()[0])
    event = Event.objects.get(action="access.chose_mail")
    assert event.details == {"address": True, "pace": "week"}


@pytest.mark.django_db
def test_first_mail_says_what_to_expect_and_names_nobody(huda, at):
    actions.choose_mail(**CHOSEN | {"pace": Pace.WEEK}, by=huda, at=at)
    deliver(at)

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["huda@office.example"], "يكتب Kinward إلى هذا العنوان")
    assert "https://kinward.example/my-sign-in/mail/" in sent.body
    assert "huda" not in sent.body


@pytest.mark.django_db
def test_address_that_stays_is_not_tried_again_and_one_taken_away_not_at_all(huda, at):
    choice = CHOSEN | {"pace": Pace.WEEK, "by": huda, "at": at}
    actions.choose_mail(**choice)
    actions.choose_mail(**choice | {"pace": Pace.DAY})
    actions.choose_mail(**choice | {"address": ""})

    deliver(at)

    assert mail.outbox == []
    assert Event.objects.filter(action="access.tried_mail").count() == 1


@pytest.mark.django_db
def test_no_address_is_refused_in_words(client, huda):
    response = client.post("/my-sign-in/mail/", CHOSEN | {"address": "huda at office"})

    assert response.status_code == 422
    assert "Enter a valid email address" in response.content.decode()
    assert User.objects.get(username="huda").mail_address == ""


@pytest.mark.django_db
def test_address_given_at_opening_is_tried_once_the_account_is_open(make_user, at):
    asks, agrees = (make_user(role=Role.ADMINISTRATOR) for _ in range(2))
    user = actions.open_account(
        username="nur", role=Role.REGISTRAR, mail_address="nur@office.example", by=asks, at=at
    )
    asked = actions.ask_for_role(user=user, reason="new", by=asks, at=at)
    deliver(at)
    before = len(mail.outbox)
    actions.approve(approval=asked, by=agrees, at=at)
    actions.give_role(user=user, approval=asked, by=asks, at=at)

    deliver(at)

    assert before == 0
    assert [each.to for each in mail.outbox] == [["nur@office.example"]]


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("", Server()),
        (
            "smtps://post%40x:p%3Aw@mail.example",
            Server(
                host="mail.example",
                port=465,
                user="post@x",
                password="p:w",
                tls_from_the_start=True,
            ),
        ),
        ("smtp://mail.example:25", Server(host="mail.example", port=25, starts_tls=True)),
        ("smtp://localhost:25", Server(host="localhost", port=25)),
    ],
)
def test_mail_server_is_only_spoken_to_over_tls(url, server):
    assert server_at(url) == server


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtps://", "smtp://x:y"])
def test_what_is_no_mail_server_is_refused(url):
    with pytest.raises(ImproperlyConfigured):
        server_at(url)
