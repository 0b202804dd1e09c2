from __future__ import annotations

import pytest
from django.urls import reverse

from kinward.access import actions
from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed, RuleBroken
from kinward.core.jobs import enqueue
from kinward.core.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, make_user):
    user = make_user("omar", role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


@pytest.fixture
def given_up(at):
    job = enqueue("tracing.match", at=at, person="018f3c1e-0000-7000-8000-000000000001")
    Job.objects.update(given_up_at=at, attempts=8, failure="KeyError in find, line 9")
    job.refresh_from_db()
    return job


def test_given_up_work_is_shown_without_whom_it_is_about(client, administrator, given_up):
    page = client.get("/jobs/").content.decode()

    assert "tracing.match" in page
    assert "KeyError in find, line 9" in page
    assert given_up.arguments["person"] not in page


def test_given_up_work_is_tried_again_and_that_is_written_down(client, administrator, given_up):
    client.post(reverse("access:retry_job", args=[given_up.pk]))

    given_up.refresh_from_db()
    assert (given_up.given_up_at, given_up.attempts) == (None, 0)
    event = Event.objects.get(action="access.retried_job")
    assert (event.actor, event.details) == ("omar", {"job": "tracing.match"})
    assert client.post(reverse("access:retry_job", args=[given_up.pk])).status_code == 404
    assert "Nothing is given up" in client.get("/jobs/").content.decode()


def test_work_is_tried_again_by_administrators_and_once(make_user, administrator, given_up, at):
    with pytest.raises(NotAllowed):
        actions.retry_job(job=given_up, by=make_user(), at=at)
    given_up.given_up_at = None
    with pytest.raises(RuleBroken):
        actions.retry_job(job=given_up, by=administrator, at=at)
