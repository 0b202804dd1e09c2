"""What is new for an account since it last looked; counts only, and only what still waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kinward.access import actions as access
from kinward.access.models import Look, Purpose, Role
from kinward.casework import actions as casework
from kinward.casework.models import Ended, Task, What
from kinward.tracing import actions, queries
from kinward.tracing.models import Candidate, Opinion

pytestmark = pytest.mark.django_db


@pytest.fixture
def huda(client, make_user):
    user = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")
    client.force_login(user)
    return user


def told(user, at):
    return {each.key: each.count for each in queries.news(user=user, at=at)}


def test_assignments_and_tasks_are_new_until_one_has_looked(huda, make_child, make_user, at):
    child = make_child(by=huda, region="IQ-BG")
    access.assign(
        subject=child.pk,
        to=huda,
        purpose=Purpose.TRACING,
        until=at + timedelta(days=30),
        by=make_user(role=Role.PROGRAMME_MANAGER),
        at=at,
    )
    to_do = casework.ToDo(what=What.CALL, due_on=at.date() + timedelta(days=5), account=huda)
    casework.set_task(person=child, to_do=to_do, by=huda, at=at)
    hour, later = at + timedelta(hours=1), at + timedelta(days=5)

    first = told(huda, hour)
    access.look(by=huda, at=hour)

    assert first == {"assigned": 1, "tasks": 1}
    assert told(huda, hour) == {}
    assert told(huda, later) == {"tasks_due": 1}  # it has come due since
    casework.end_task(task=Task.objects.get(), how=Ended.DONE, by=huda, at=later)
    assert told(huda, later) == {}


def test_very_likely_candidates_and_disputes_are_new_to_who_compares(make_candidate, make_user, at):
    anna, *others = [make_user(role=Role.TRACING_OFFICER) for _ in range(3)]
    make_candidate(probability=0.97)
    make_candidate(probability=0.5)
    disputed = make_candidate(probability=0.9)
    for reviewer, opinion in zip(others, (Opinion.SAME, Opinion.NOT_SAME), strict=True):
        actions.review_candidate(
            candidate=disputed, opinion=opinion, reason="made up", by=reviewer, at=at
        )
    hour = at + timedelta(hours=1)

    assert told(anna, hour) == {"very_likely": 1, "disputed": 1}
    assert told(others[0], hour) == {"very_likely": 1}
    access.look(by=anna, at=hour)
    assert told(anna, hour) == {}


def test_what_came_long_ago_is_not_new_to_who_never_looked(make_candidate, make_user, at):
    make_candidate(probability=0.97)

    assert told(make_user(role=Role.TRACING_OFFICER), at + queries.AT_FIRST) == {}


def test_referrals_are_new_to_the_office_they_are_offered_to(huda, make_child, make_user, at):
    zaur = make_user("zaur", role=Role.REGISTRAR, region="RU-DA")
    access.refer(
        subject=make_child(by=zaur, region="RU-DA"),
        purpose=Purpose.TRACING,
        reason="lives there",
        to_region="IQ-BG",
        by=zaur,
        at=at,
    )

    assert told(huda, at + timedelta(hours=1)) == {"referrals": 1}
    assert told(zaur, at + timedelta(hours=1)) == {}


def test_news_leads_to_lists_and_names_nobody(client, make_candidate, make_user):
    anna = make_user("anna", role=Role.TRACING_OFFICER)
    client.force_login(anna)
    candidate = make_candidate(probability=0.97)
    Candidate.objects.filter(pk=candidate.pk).update(first_found_at=timezone.now())

    page = client.get("/news/").content.decode()
    client.post("/news/seen/")

    assert "1 very likely candidate appeared" in page
    assert 'href="/matches/?band=very_likely&amp;sort=newest"' in page
    assert candidate.child.reference not in page
    assert "Nothing new came for you." in client.get("/news/").content.decode()
    assert Look.objects.get().account == anna


def test_who_acts_is_told_what_is_late_and_a_manager_what_is_escalated(make_child, make_user, at):
    salma = make_user("salma", role=Role.CASE_WORKER, region="IQ-BG")
    nadia = make_user("nadia", role=Role.PROGRAMME_MANAGER)
    make_child(by=make_user(role=Role.REGISTRAR, region="IQ-BG"), region="IQ-BG")
    late, soon = at + timedelta(days=200), at + timedelta(days=15)

    hers, all_of_it = (told(user, late) for user in (salma, nadia))
    queues = {
        user: {each.key: each.count for each in queries.work_queue(user=user, at=late)}
        for user in (salma, nadia)
    }

    assert hers == {}  # nothing of it came in the last fourteen days
    assert all_of_it == {}
    assert told(salma, soon)["overdue"] == 1
    assert queues[salma]["due"] == queues[nadia]["escalated"] > 0
    assert "escalated" not in queues[salma]
    assert "due" not in queues[nadia]
