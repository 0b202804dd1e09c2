"""Mail about what is new: counts and a link, in the language of its reader, as often as chosen."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from kinward.access import actions as access
from kinward.access.models import Mailed, Pace, Role, User, clock
from kinward.audit.context import acting
from kinward.audit.models import Event
from kinward.casework import actions as casework
from kinward.casework.models import What
from kinward.core import jobs
from kinward.core.errors import NotAllowed
from kinward.core.models import Job
from kinward.tracing import actions
from kinward.tracing.queries.mailing import MAIL_NEWS

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOWHERE = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(autouse=True)
def sends_mail(settings):
    settings.SENDS_MAIL, settings.ADDRESS = True, "https://kinward.example"


@pytest.fixture
def huda(make_user, at):
    user = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")
    chosen = {"address": "huda@office.example", "pace": Pace.DAY, "language": "en"}
    with acting(user):
        access.choose_mail(**chosen, by=user, at=at - HOUR)
    deliver(at - HOUR)
    mail.outbox.clear()
    user.refresh_from_db()
    return user


@pytest.fixture
def child(huda, make_child):
    return make_child("رسلان محمدوف", by=huda, region="IQ-BG")


def set_task(child, by, at, *, days=5):
    to_do = casework.ToDo(what=What.CALL, due_on=at.date() + timedelta(days=days), role=by.role)
    return casework.set_task(person=child, to_do=to_do, by=by, at=at)


def deliver(at):
    with acting(clock()):
        return jobs.drain(now=lambda: at)


def write(at):
    """Ask for mails and deliver them; returns how many were asked for."""
    with acting(clock()):
        asked = actions.mail_news(by=clock(), at=at)
    deliver(at)
    return asked


def test_mail_tells_counts_and_a_link_and_nothing_else(huda, child, at):
    task = set_task(child, huda, at)

    asked = write(at + HOUR)

    (sent,) = mail.outbox
    assert (asked, sent.to) == (1, ["huda@office.example"])
    assert sent.subject == "Something waits for you in Kinward"
    assert "– 1 task was set for you\n" in sent.body
    assert "https://kinward.example/news/" in sent.body
    job = Job.objects.get(kind=MAIL_NEWS)
    assert sent.extra_headers["Message-ID"] == f"<{job.pk}@kinward.example>"
    for secret in (child.reference, "رسلان", huda.full_name, str(child.pk), str(task.pk)):
        assert not secret or secret not in sent.subject + sent.body
    event = Event.objects.get(action="access.mailed")
    assert (event.actor, event.object_id) == ("kinward", str(huda.pk))


def test_mail_speaks_the_language_of_its_reader(huda, child, at):
    User.objects.filter(pk=huda.pk).update(language="ru")
    set_task(child, huda, at)

    write(at + HOUR)

    (sent,) = mail.outbox
    assert sent.subject == "В Kinward вас что-то ждёт"
    assert "for you" not in sent.body


def test_mail_is_written_at_the_pace_that_was_chosen_and_tells_each_thing_once(huda, child, at):
    day = timedelta(days=1)
    set_task(child, huda, at)
    first = write(at + HOUR)
    set_task(child, huda, at + 2 * HOUR)

    assert (first, write(at + 3 * HOUR), write(at + day)) == (1, 0, 0)
    assert write(at + HOUR + day) == 1
    assert "1 task was set for you" in mail.outbox[1].body  # the first was told of
    assert write(at + HOUR + 2 * day) == 0  # nothing has come since
    assert Mailed.objects.filter(account=huda).count() == 2


def test_tasks_that_come_due_are_told(huda, child, at):
    set_task(child, huda, at, days=3)
    access.look(by=huda, at=at + HOUR)

    assert write(at + 2 * HOUR) == 0
    assert write(at + timedelta(days=3)) == 1
    assert "1 task is due" in mail.outbox[0].body


@pytest.mark.parametrize(
    "changed",
    [{"mail_pace": Pace.NEVER}, {"mail_address": b""}, {"is_active": False}],
)
def test_nobody_is_written_to_who_did_not_choose_it(huda, child, at, changed):
    set_task(child, huda, at)
    asked_before = actions.mail_news(by=clock(), at=at + HOUR)
    User.objects.filter(pk=huda.pk).update(**changed)

    deliver(at + HOUR)  # chosen after it was asked for, and before it was sent

    assert asked_before == 1
    assert mail.outbox == []
    assert write(at + timedelta(days=2)) == 0


def test_installation_that_sends_no_mail_asks_for_none(huda, child, at, settings):
    settings.SENDS_MAIL = False
    set_task(child, huda, at)

    assert write(at + HOUR) == 0
    access.choose_mail(address="h@x.example", pace=Pace.DAY, language="ar", by=huda, at=at)
    assert Job.objects.unfinished().count() == 0


def test_mail_that_was_seen_to_before_it_is_sent_is_not_sent(huda, child, at):
    set_task(child, huda, at)
    actions.mail_news(by=clock(), at=at + HOUR)
    access.look(by=huda, at=at + HOUR)

    deliver(at + HOUR)

    assert (mail.outbox, Mailed.objects.count()) == ([], 0)


def test_failed_mail_is_tried_again_and_told(huda, child, at, settings, client):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = NOWHERE, "127.0.0.1", 9
    set_task(child, huda, at)

    write(at + HOUR)

    client.force_login(huda)
    job = Job.objects.get(kind=MAIL_NEWS)
    assert job.failure.startswith("ConnectionRefusedError")
    assert (job.attempts, job.done_at, Mailed.objects.count()) == (1, None, 0)
    assert "the last mail did not go out" in client.get("/my-sign-in/").content.decode()
    assert "did not go out" in client.get("/my-sign-in/mail/").content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert write(at + 2 * HOUR) == 0  # asked for once, and sent now
    assert len(mail.outbox) == 1
    assert "did not go out" not in client.get("/my-sign-in/").content.decode()


def test_mail_is_written_by_the_system_only(huda, at):
    with pytest.raises(NotAllowed):
        actions.mail_news(by=huda, at=at)


def test_command_asks_for_mails(huda, child):
    set_task(child, huda, timezone.now())
    said = StringIO()

    call_command("mail_news", stdout=said)

    assert said.getvalue() == "1 mails asked for\n"
