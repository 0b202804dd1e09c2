"""Comparing everybody anew, some children at a time; what has not changed is left alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from kinward.access.models import clock
from kinward.audit.context import acting
from kinward.audit.models import Change, Event
from kinward.core import jobs
from kinward.core.errors import NotAllowed
from kinward.core.models import Job
from kinward.tracing import actions, matching
from kinward.tracing.actions import recomputing
from kinward.tracing.models import Candidate
from kinward.tracing.rules import RECOMPUTE

pytestmark = pytest.mark.django_db
FIGURES = ("pk", "weight", "probability", "model_version", "computed_at")


class Killed(BaseException):
    """What ends a process at once, where it stands."""


@pytest.fixture
def caseload(make_child, make_request, work, monkeypatch):
    """Three children, two of whom are asked for, compared; a part is a child."""
    monkeypatch.setattr(recomputing, "AT_A_TIME", 1)
    names = ("رسلان محمدوف", "زائرة سلطانوفا", "عمر")
    children = [make_child(name) for name in names]
    make_request("Руслан Магомедов")
    make_request("Заира Султанова")
    work()
    return children


def begin(at):
    with acting(clock()):
        return actions.recompute(by=clock(), at=at)


def stored():
    return list(Candidate.objects.order_by("pk").values_list(*FIGURES))


def test_what_has_not_changed_is_left_alone(caseload, work, at):
    before, changes = stored(), Change.objects.count()
    assert len(before) > 0

    begin(at + timedelta(days=1))
    with acting(clock()):
        jobs.drain(now=lambda: at + timedelta(days=1))

    assert (stored(), Change.objects.count()) == (before, changes)
    parts = Event.objects.filter(action="tracing.recomputed").values_list("details", flat=True)
    assert [each["children"] for each in parts] == [1, 1, 1]
    assert sum(each["new"] + each["changed"] + each["dropped"] for each in parts) == 0


def test_figures_that_are_not_those_of_today_are_put_right(caseload, at):
    right = stored()
    wrong = Candidate.objects.order_by("pk").first()
    Candidate.objects.filter(pk=wrong.pk).update(weight=1.0, probability=0.31)

    begin(at)
    with acting(clock()):
        jobs.drain(now=lambda: at)

    assert stored() == right


def test_killed_recomputation_goes_on_where_it_was(caseload, at, monkeypatch):
    begin(at)
    compared = []
    find_near = matching.find_near

    def kill_at_the_second(persons):
        compared.append(set(persons))
        if len(compared) == 2:
            raise Killed
        return find_near(persons)

    monkeypatch.setattr(matching, "find_near", kill_at_the_second)
    with acting(clock()), pytest.raises(Killed):
        jobs.drain(now=lambda: at)
    (left,) = Job.objects.unfinished().filter(kind=RECOMPUTE)
    assert (left.arguments["done"], left.arguments["of"]) == (1, 3)

    later = at + jobs.LEASE  # by then nobody holds the part that was being done
    assert begin(later) == left
    with acting(clock()):
        jobs.drain(now=lambda: later)

    assert Job.objects.unfinished().count() == 0
    assert [{child.pk} & done for child, done in zip(caseload, compared[:1], strict=False)] == [
        {caseload[0].pk}
    ]
    assert compared[1] == compared[2]  # the part that was killed is done again, and no other
    assert len(compared) == 4


def test_one_recomputation_runs_at_a_time(caseload, at):
    assert begin(at) == begin(at)


def test_recomputation_is_for_the_clock_and_for_who_compares(make_user, at):
    with pytest.raises(NotAllowed):
        actions.recompute(by=make_user(role="auditor"), at=at)


def test_recompute_command_compares_everybody(caseload, capsys):
    Candidate.objects.all().delete()

    call_command("recompute")

    assert Candidate.objects.count() > 0
    assert capsys.readouterr().out.splitlines() == ["begun", "done"]


def test_recompute_command_leaves_it_to_the_worker(caseload, capsys):
    call_command("recompute", "--later")

    assert Job.objects.unfinished().filter(kind=RECOMPUTE).count() == 1
    assert capsys.readouterr().out.splitlines() == ["begun", "left to `kinward work`"]


def test_page_tells_how_far_it_is_and_when_it_was_over(caseload, client, make_user, work, at):
    client.force_login(make_user(role="tracing_officer"))
    first = client.get("/matches/anew/").content.decode()

    client.post("/matches/anew/")
    with acting(clock()):
        jobs.do(jobs.take(at=timezone.now()), now=timezone.now)
    half = client.get("/matches/anew/").content.decode()
    Job.objects.unfinished().update(failure="KeyError", attempts=1)
    failed = client.get("/matches/anew/").content.decode()
    Job.objects.unfinished().update(given_up_at=at)
    given_up = client.get("/matches/anew/").content.decode()
    client.post("/matches/anew/")
    with acting(clock()):
        jobs.drain(now=timezone.now)

    assert "Everybody was not compared anew yet." in first
    assert "1 of 3 children are compared." in half
    assert '<progress class="kw-progress" id="far" max="3" value="1">' in half
    assert "A part has failed and is tried again." in failed
    assert "after 1 of 3 children" in given_up
    assert "Everybody was last compared anew" in client.get("/matches/anew/").content.decode()
    assert Event.objects.filter(action="tracing.asked_to_recompute").count() == 2


def test_pages_of_a_child_and_of_a_request_lead_to_their_candidates(
    client, make_candidate, make_user
):
    client.force_login(make_user(role="tracing_officer"))
    one, other = make_candidate(probability=0.97), make_candidate(probability=0.97)
    request = one.sought.request_id

    of_child = client.get(f"/children/{one.child_id}/candidates/").content.decode()
    of_request = client.get(f"/requests/{request}/").content.decode()
    narrowed = client.get(f"/matches/?show=all&request={request}").content.decode()

    assert f'href="/matches/?show=all&amp;child={one.child_id}"' in of_child
    assert f'href="/matches/?show=all&amp;request={request}"' in of_request
    assert f'href="/tasks/about/{one.sought.person_id}/"' in of_request
    assert [str(each.pk) in narrowed for each in (one, other)] == [True, False]
