"""What is due: read from the tracks, told to who acts, to managers once late, and to calendars."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.casework import actions, queries
from kinward.casework.models import Feed, FeedEnd, HoldKind, Track
from kinward.casework.rules import Case, Due, OpenHold, Urgency, clocks, due_on
from kinward.casework.tracks import TABLES, Best, Locate, Movement, Placement
from kinward.core.errors import NotAllowed

from .test_tracks import TODAY, complete, taken


def days(number):
    return TODAY + timedelta(days=number)


def told(case, today=TODAY):
    return {(one.track, one.to): one for one in due_on(case, TODAY, today)}


def test_every_clock_is_of_a_step_that_its_table_knows():
    for clock in clocks():
        assert TABLES[clock.track].move_to(clock.to, clock.at), clock
        assert clock.source
        assert clock.days > 0
    assert len({(clock.track, clock.at, clock.to) for clock in clocks()}) == len(clocks())


def test_new_case_is_told_what_is_due_counted_from_its_first_day():
    found = told(Case(tracks={}))

    assert found[Track.BEST_INTERESTS, Best.DONE].on == days(14)
    assert found[Track.BEST_INTERESTS, Best.DONE].by == Role.CASE_WORKER
    assert Track.MOVEMENT not in {track for track, _to in found}


def test_clock_runs_from_the_step_and_stops_with_the_next():
    waiting = complete(but={"best_interests": [taken(1, Best.REPORT, on=days(3))]})
    decided = complete(but={"best_interests": [taken(1, Best.APPROVED, on=days(3))]})

    assert told(waiting)[Track.BEST_INTERESTS, Best.APPROVED].on == days(17)
    assert told(waiting)[Track.BEST_INTERESTS, Best.APPROVED].by == Role.PANEL_MEMBER
    assert (Track.BEST_INTERESTS, Best.APPROVED) not in told(decided)


def test_papers_and_fitness_that_run_out_are_due_until_the_child_has_flown():
    ready = complete()
    flown = complete(but={"movement": [taken(8, Movement.FIT, until=TODAY), taken(9, "boarded")]})

    assert told(ready)[Track.MOVEMENT, Movement.FIT].runs_out
    assert told(ready)[Track.CIVIL_STATUS, "document_issued"].on == TODAY
    assert (Track.MOVEMENT, Movement.FIT) not in told(flown)
    assert told(flown)[Track.MOVEMENT, Movement.LANDED].escalate == 0


def test_next_step_about_a_hold_is_due():
    hold = OpenHold(
        id=UUID(int=9), kind=HoldKind.COURT, since=TODAY, next_by="case_worker", next_on=days(2)
    )

    (found,) = [one for one in due_on(complete(holds=(hold,)), TODAY, TODAY) if one.hold]

    assert (found.track, found.by, found.on) == (Track.HOST_RELEASE, "case_worker", days(2))


@pytest.mark.parametrize(
    "rows",
    [
        {"placement": [taken(1, Placement.CLOSED)]},
        {"locate": [taken(1, Locate.DECEASED)]},
    ],
)
def test_nothing_is_due_on_a_case_that_is_over(rows):
    assert due_on(complete(but=rows), TODAY, TODAY) == ()


@pytest.mark.parametrize(
    ("late", "urgency"),
    [
        (-8, Urgency.LATER),
        (-7, Urgency.SOON),
        (0, Urgency.SOON),
        (1, Urgency.OVERDUE),
        (14, Urgency.OVERDUE),
        (15, Urgency.ESCALATED),
    ],
)
def test_what_is_due_is_told_before_and_escalated_after(late, urgency):
    assert Due(track=Track.LOCATE, by="registrar", on=TODAY).urgency(days(late)) == urgency


@pytest.fixture
def at_its_day(child):
    """The day a child was registered on."""
    return child.registered_at.date()


@pytest.mark.django_db
def test_case_worker_and_manager_are_told_what_they_may_know_of(
    child, make_child, salma, nadia, at_its_day
):
    make_child("زيد", region="SY-HA")
    later = at_its_day + timedelta(days=40)

    hers, all_of_it = (queries.all_due(user=one, today=later) for one in (salma, nadia))

    assert {one.child for one in hers} == {child}
    assert len(all_of_it) == 2 * len(hers)
    assert [one.due.on for one in hers] == sorted(one.due.on for one in hers)
    (best,) = [one for one in hers if one.due.track == Track.BEST_INTERESTS]
    assert (best.words, best.late, best.urgency) == ("assessed", 26, Urgency.ESCALATED)


@pytest.mark.django_db
def test_pages_tell_what_is_due_by_urgency_by_day_and_by_month(client, child, salma, at_its_day):
    client.force_login(salma)
    on = at_its_day + timedelta(days=14)

    overdue = client.get(reverse("casework:due"), {"show": "overdue"}).content.decode()
    soon = client.get(reverse("casework:due"), {"show": "soon"}).content.decode()
    that_day = client.get(reverse("casework:due"), {"on": on.isoformat()})
    month = client.get(reverse("casework:due_month"), {"month": on.isoformat()[:7]})
    odd = client.get(reverse("casework:due_month"), {"month": "x"})

    assert child.reference in overdue
    assert "a programme manager is told" in overdue
    assert child.reference not in soon
    assert {one.due.on for one in that_day.context["page"]} == {on}
    counts = {day["on"]: day["count"] for week in month.context["weeks"] for day in week}
    assert counts[on] == 1
    assert odd.status_code == 200


@pytest.mark.django_db
def test_calendar_is_read_at_a_secret_address_and_tells_of_nobody(client, child, salma):
    client.force_login(salma)
    shown = client.post(reverse("casework:feed"), {"what": "open"}, follow=True)
    address = shown.context["token"]
    again = client.get(reverse("casework:due"))
    client.logout()

    answer = client.get(address)

    text = answer.content.decode().replace("\r\n ", "")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "things are due (" in text
    assert "Best interests" in text
    for secret in (child.reference, "رسلان", "IQ-BG", salma.username, str(child.pk)):
        assert secret not in text
    assert again.context["token"] == ""
    assert Event.objects.filter(action="casework.read_feed", actor=salma.username).count() == 1
    assert Feed.objects.get().digest not in address


@pytest.mark.django_db
def test_closed_address_and_that_of_a_closed_account_answer_nothing(client, salma, nadia, at):
    first = actions.open_feed(by=salma, at=at)
    second = actions.open_feed(by=salma, at=at)
    of_nadia = actions.open_feed(by=nadia, at=at)
    address = {one: reverse("casework:calendar", args=[one]) for one in (first, second, of_nadia)}

    before = [client.get(address[one]).status_code for one in (first, second, of_nadia)]
    client.force_login(salma)
    client.post(reverse("casework:feed"), {"what": "close"})
    with transaction.atomic():
        nadia.is_active = False
        nadia.save(update_fields=["is_active"])
    after = [client.get(address[one]).status_code for one in (second, of_nadia)]

    assert before == [404, 200, 200]
    assert after == [404, 404]
    assert FeedEnd.objects.count() == 2
    assert client.get(reverse("casework:calendar", args=["guessed"])).status_code == 404


@pytest.mark.django_db
def test_address_is_made_only_for_whom_something_is_due(make_user, at):
    huda = make_user("huda", role=Role.REGISTRAR)

    with pytest.raises(NotAllowed):
        actions.open_feed(by=huda, at=at)


@pytest.mark.django_db
def test_who_acts_is_reminded_and_a_manager_once_it_is_too_late(child, salma, nadia, at_its_day):
    """Of a new case the assessment is due after 14 days: shown 7 before, escalated 14 after."""

    def told(user, since, day):
        on = [at_its_day + timedelta(days=each) for each in (since, day)]
        found = queries.newly_due(user=user, since=on[0], today=on[1])
        return {urgency: count for urgency, count in found.items() if count}

    assert told(salma, 5, 6) == {}
    assert told(salma, 6, 7) == {Urgency.SOON: 1}
    assert told(salma, 7, 8) == {}
    assert told(salma, 14, 15) == {Urgency.OVERDUE: 1}
    assert told(nadia, 14, 15) == {}
    assert told(salma, 28, 29) == told(nadia, 28, 29) == {Urgency.ESCALATED: 1}
    assert told(nadia, -1, 29) == {Urgency.ESCALATED: 1}  # the case was not begun


@pytest.mark.django_db
def test_whoever_acts_on_one_track_is_told_of_their_own_steps_only(
    child, make_user, salma, at_its_day
):
    later = at_its_day + timedelta(days=90)
    layla = make_user("layla", role=Role.LEGAL_OFFICER, region="IQ-BG")
    huda = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")

    hers = queries.all_due(user=layla, today=later)

    assert {one.due.by for one in hers} == {Role.LEGAL_OFFICER}
    assert len(hers) < len(queries.all_due(user=salma, today=later))
    assert queries.all_due(user=huda, today=later) == []
    assert queries.newly_due(user=huda, since=at_its_day, today=later) == {}
