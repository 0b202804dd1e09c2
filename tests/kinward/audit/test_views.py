from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from kinward.access.models import Role
from kinward.audit import triggers
from kinward.audit.actions import record, record_reads, record_refusal
from kinward.audit.models import Event, Link, Verification, Wrong
from kinward.audit.sealing import checkpoint, seal
from kinward.core.jobs import drain

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client, make_user):
    user = make_user("auditor", role=Role.AUDITOR)
    client.force_login(user)
    return user


def test_log_shows_who_did_what_to_which_record(client, auditor, make_child):
    child = make_child()

    page = client.get("/log/").content.decode()

    assert "registered" in page
    assert str(child.pk)[:8] in page
    assert "registrar" in page


def test_log_never_shows_a_name(client, auditor, make_child):
    make_child("رسلان")

    page = client.get("/log/").content.decode()

    assert Event.objects.filter(action="people.registered").exists()
    assert "رسلان" not in page


@pytest.mark.parametrize("role", [Role.TRACING_OFFICER, Role.REGISTRAR, Role.ADMINISTRATOR])
def test_log_is_refused_to_who_reads_files(client, make_user, role):
    client.force_login(make_user(role=role))

    response = client.get("/log/")

    assert response.status_code == 403
    assert "Your role does not include it." in response.content.decode()


def test_log_is_narrowed_by_record_account_action_and_day(
    client, auditor, make_child, make_user, at
):
    mine, other = make_child(), make_child()
    record("people.read", mine, by=make_user("amira"), at=at)

    asked = {"record": mine.pk, "actor": "amira", "action": "people.r", "since": "2019-01-02"}
    page = client.get("/log/", asked)

    (day,) = page.context["days"]
    assert (day.actor, [told.action for told in day.told]) == ("amira", ["people.read"])
    assert str(other.pk)[:-6] not in page.content.decode()


def test_log_is_searched_by_the_references_of_people_and_requests(
    client, auditor, make_child, make_request
):
    child, request = make_child(), make_request()

    for record_, action in ((child, "people.registered"), (request, "tracing.took_request")):
        page = client.get("/log/", {"record": record_.reference.lower()})
        assert page.context["subject"] == str(record_.pk)
        assert action in {told.action for day in page.context["days"] for told in day.told}


def test_log_is_narrowed_by_purpose_kind_of_act_and_last_day(client, auditor, make_child, at):
    child = make_child()
    now = {"by": auditor, "at": at + timedelta(days=2)}
    record_reads("people.read", [child], purpose="tracing", **now)
    record_reads("people.read", [child], purpose="protection", **now)
    record_reads("people.listed", [child], purpose="tracing", **now)

    def found(**asked):
        page = client.get("/log/", asked).context["page"]
        return [(event.action, event.purpose) for event in page if event.actor == "auditor"]

    assert found(purpose="protection") == [("people.read", "protection")]
    assert found(act="listed") == [("people.listed", "tracing")]
    assert found(purpose="tracing", act="read") == [("people.read", "tracing")]
    assert found(act="listed", until="2019-01-03") == []


def test_account_is_shown_with_all_it_did_day_by_day(client, auditor, make_user, make_child):
    zaur, now = make_user("zaur", role=Role.REGISTRAR), timezone.now()
    child, other = make_child(), make_child()
    record_reads("people.read", [child, child], by=zaur, at=now)
    record_reads("people.listed", [child, other], by=zaur, at=now)
    record_refusal([child.pk], by=zaur, at=now, status=404, route="children/")
    record("access.stopped", zaur, by=zaur, at=now)
    record("access.missed_break_glass", zaur, by=zaur, at=now)

    page = client.get("/log/accounts/", {"actor": "zaur"})

    (row,) = page.context["accounts"]
    assert {name: count for name, count in row.items() if count} == {
        "actor": "zaur",
        "opened": 1,
        "listed": 2,
        "denied": 1,
        "braked": 1,
        "emergencies": 1,
    }
    ((day, told),) = [(each.day, each.told) for each in page.context["days"]]
    assert day == timezone.localdate(now)
    assert [(each.action, each.times) for each in told] == [
        ("people.read", 2),
        ("people.listed", 2),
        ("audit.refused", 1),
        ("access.stopped", 1),
        ("access.missed_break_glass", 1),
    ]
    assert Event.objects.filter(action="audit.searched").count() == 1


# Verifying


def test_log_is_verified_from_its_page(client, auditor, make_child):
    make_child()
    seal()
    before = Link.objects.count()

    client.post("/log/verification/")

    made = Verification.objects.get()
    assert (made.asked_by, made.links, made.wrong) == ("auditor", before, "")
    page = client.get("/log/verification/").content.decode()
    assert "The log is whole." in page
    assert Event.objects.filter(action="audit.verified").count() == 1


@pytest.mark.usefixtures("as_owner")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The event at place {} was changed, or is none of ours."),
        ("ru", "Событие на месте {} изменено или не наше."),
        ("ar", "غُيِّر الحدث في الموضع {}، أو ليس من أحداثنا."),
    ],
)
def test_what_is_wrong_is_told_in_the_language_of_the_reader(
    client, auditor, make_child, language, words
):
    make_child()
    seal()
    link = Link.objects.filter(event__isnull=False).first()
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET actor = 'layla' WHERE id = %s", [key_of(link.event)])
    triggers.install(connection)

    client.post("/log/verification/")

    made = Verification.objects.get()
    assert (made.wrong, made.places) == (Wrong.CHANGED, {"place": link.pk})
    page = client.get("/log/verification/", headers={"accept-language": language})
    assert words.format(link.pk) in page.content.decode()


def key_of(event):
    """The identifier as this database keeps it."""
    return event.pk.hex if connection.vendor == "sqlite" else event.pk


def test_anchors_at_hand_are_checked_too(client, auditor, make_child, settings, tmp_path, at):
    settings.ANCHORS = [str(tmp_path)]
    make_child()
    seal()
    checkpoint(at=at)

    client.post("/log/verification/")

    made = Verification.objects.get()
    assert (made.anchors, made.checkpoints, made.wrong) == (1, 1, "")
    assert made.added_since == 0


def test_long_log_is_verified_by_a_job(client, auditor, make_child, monkeypatch):
    monkeypatch.setattr("kinward.audit.actions.AT_ONCE", 3)
    make_child()
    seal()

    client.post("/log/verification/")
    page = client.get("/log/verification/").content.decode()

    assert "It is being checked." in page
    assert not Verification.objects.exists()
    drain(now=timezone.now)
    assert Verification.objects.get().asked_by == "auditor"
    assert "It is being checked." not in client.get("/log/verification/").content.decode()


def test_log_says_that_a_day_cannot_be_read(client, auditor):
    response = client.get("/log/", {"since": "yesterday"})

    assert response.status_code == 422
    assert 'href="#id_since"' in response.content.decode()


def test_log_says_when_nothing_is_like_that(client, auditor):
    response = client.get("/log/", {"actor": "nobody"})

    assert "Nothing in the log is like this." in response.content.decode()


def test_reading_the_log_is_in_the_log(client, auditor, make_child, make_user):
    record("people.read", make_child(), by=make_user("amira"), at=timezone.now())

    client.get("/log/", {"actor": "amira"})

    searched = Event.objects.get(action="audit.searched")
    assert searched.actor == "auditor"
    assert searched.details["asked"] == {"actor": "amira"}


@pytest.mark.parametrize(
    ("address", "asked"),
    [("/log/", "record"), ("/log/", "actor"), ("/log/", "action"), ("/log/accounts/", "actor")],
)
def test_name_typed_into_the_log_by_mistake_does_not_stay_there(client, auditor, address, asked):
    assert client.get(address, {asked: "Ruslan Magomedov"}).status_code == 200

    searched = Event.objects.get(action="audit.searched")
    assert "(unknown)" in searched.details["asked"].values()
    assert "Ruslan" not in str(searched.details)


def test_log_costs_the_same_for_one_event_and_for_thirty(
    client, auditor, make_child, django_assert_num_queries, django_assert_max_num_queries
):
    make_child()
    client.get("/log/")
    with django_assert_max_num_queries(20) as few:
        client.get("/log/")
    for _ in range(10):
        make_child()

    with django_assert_num_queries(len(few)):
        client.get("/log/")


def test_log_is_paged_and_keeps_what_was_asked(client, auditor, make_child, at):
    child = make_child()
    for _ in range(60):
        record("people.read", child, by=auditor, at=at)

    page = client.get("/log/", {"action": "people.read", "page": "2"})

    assert len(page.context["page"]) == 25
    assert "?action=people.read&amp;page=3" in page.content.decode()
    assert "26 to 50 of 60" in page.content.decode()
