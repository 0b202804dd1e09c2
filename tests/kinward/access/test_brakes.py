"""A bot that copies the list is stopped, and told of."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from reliability import copying

from kinward.access.models import Notice, Role
from kinward.access.queries import files_among, files_read
from kinward.access.rules import limits
from kinward.audit.actions import record, record_reads
from kinward.audit.models import Event


@pytest.fixture
def many(here):
    """A list of 230 children."""
    return copying.list_of(230, by=here)


@pytest.fixture
def bot(client, make_user):
    client.force_login(make_user("bot", role=Role.REGISTRAR, region="IQ-BG"))
    return client


def test_bot_that_copies_the_list_is_stopped_at_200_children(bot, many, manager, officer):
    children, refusals = copying.copy(bot, [f"/children/?page={page}" for page in range(1, 11)])

    assert len(children) == 200
    assert [refused.status_code for refused in refusals] == [403, 403]
    page = refusals[0].content.decode()
    assert "That is enough for one day" in page
    assert "ask your data-protection officer" in page
    assert not set(copying.LINK.findall(page))


@pytest.mark.no_cover
def test_bot_that_opens_one_by_one_is_stopped_at_200_children(bot, many):
    answers = [bot.get(f"/children/{child.pk}/facts/").status_code for child in many[:203]]

    assert answers == [200] * 200 + [403] * 3


def test_list_of_who_is_looked_for_is_no_way_round_the_stop(
    client, make_user, make_request, officer, monkeypatch
):
    monkeypatch.setattr(limits, "MOST_CHILDREN_A_DAY", 25)  # 200 requests take their time
    for number in range(26):
        make_request(f"Руслан {number}")
    client.force_login(make_user("copyist", role=Role.ENQUIRY_WORKER, region="RU-DA"))

    answers = [client.get(f"/requests/?page={page}") for page in (1, 2, 1)]

    assert [answer.status_code for answer in answers] == [200, 403, 200]
    assert "Руслан 0" not in answers[1].content.decode()
    assert [notice.news for notice in Notice.objects.filter(recipient=officer)] == ["stopped"]


def test_child_and_who_may_look_for_it_are_counted_once(make_candidate, make_request):
    pairs = [make_candidate() for _ in range(3)]
    brothers = make_request("Руслан", "Заира")

    both = [str(side) for each in pairs for side in (each.child_id, each.sought.person_id)]
    family = [
        str(brothers.enquirer_id),
        *map(str, brothers.sought.values_list("person", flat=True)),
    ]

    assert [files_among(some) for some in (both, family, [*both, *family], [])] == [3, 1, 4, 0]


def test_photograph_opened_again_counts_as_its_child(many, here, at):
    record("people.opened_file", many[0], by=here, at=at)

    assert files_read(here, at=at) == 1


def test_stop_and_alarm_are_told_once_and_stay_in_the_log(bot, many, manager, officer):
    copying.copy(bot, [f"/children/?page={page}" for page in range(1, 11)])

    for who in (manager, officer):
        told = Notice.objects.filter(recipient=who).order_by("told_at")
        assert [notice.news for notice in told] == ["many_read", "stopped"]
        assert {notice.about.username for notice in told} == {"bot"}
    assert Event.objects.filter(action="access.stopped").count() == 1
    assert Event.objects.filter(action="access.many_read").count() == 1


def test_log_holds_exactly_who_was_shown(bot, many):
    children, _refusals = copying.copy(bot, [f"/children/?page={page}" for page in range(1, 11)])

    logged = Event.objects.filter(actor="bot", kind="people.person")
    assert {f"/children/{event.object_id}/" for event in logged} == children


def test_children_read_before_stay_open_after_the_stop(bot, many):
    copying.copy(bot, [f"/children/?page={page}" for page in range(1, 11)])

    assert bot.get("/children/?page=1").status_code == 200
    assert bot.get(f"/children/{many[-1].pk}/").status_code == 200
    assert bot.get(f"/children/{many[0].pk}/").status_code == 403


def test_tomorrow_goes_on(bot, many, here):
    yesterday = timezone.now() - timedelta(days=1)
    account = type(here).objects.get(username="bot")
    record_reads("people.listed", many[:200], by=account, at=yesterday)

    assert bot.get(f"/children/{many[-1].pk}/").status_code == 200


def test_alarm_is_raised_at_three_times_what_is_usual_for_the_account(bot, many, here, officer):
    account = type(here).objects.get(username="bot")
    for day in range(1, 7):
        record_reads("people.read", many[:8], by=account, at=timezone.now() - timedelta(days=day))

    for child in many[:24]:
        bot.get(f"/children/{child.pk}/facts/")
    assert not Notice.objects.exists()
    bot.get(f"/children/{many[24].pk}/facts/")

    assert [notice.news for notice in Notice.objects.filter(recipient=officer)] == ["many_read"]


def test_references_without_names_are_not_counted(client, many, manager):
    client.force_login(manager)

    _children, refusals = copying.copy(client, [f"/children/?page={page}" for page in range(1, 11)])

    assert refusals == []


def test_api_is_braked_like_the_screens(bot, many):
    copying.copy(bot, [f"/children/?page={page}" for page in range(1, 9)])
    before = Event.objects.filter(actor="bot", kind="people.person").count()

    response = bot.get(f"/api/children/{many[0].pk}/candidates")

    assert response.status_code == 403
    assert response.json()["title"] == "That is enough for one day"
    assert Event.objects.filter(actor="bot", kind="people.person").count() == before
    assert Event.objects.filter(action="access.stopped").count() == 1
