from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kinward.access import actions as access
from kinward.access.models import Purpose, Role
from kinward.audit.models import Event
from kinward.casework import actions as casework
from kinward.casework.models import What
from kinward.tracing import actions
from kinward.tracing.models import Candidate, Opinion
from kinward.tracing.queries.work import queue as waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def claimed(make_child, make_request, make_candidate):
    """A child whom two requests are likely to look for."""
    child = make_child()
    Candidate.objects.all().delete()
    for _ in range(2):
        request = make_request()
        Candidate.objects.all().filter(sought__request=request).delete()
        make_candidate(child=child, request=request)
    return child


def test_work_shows_what_waits_as_counts_that_lead_there(client, officer, claimed):
    page = client.get("/").content.decode()

    assert "candidates wait for your opinion" in page
    assert 'href="/matches/?show=to_review&amp;sort=oldest"' in page
    assert 'href="/children/claimed/"' in page
    assert 'href="/requests/?sort=oldest"' in page


@pytest.fixture
def everything_waits(claimed, make_child, make_request, make_candidate, make_user):
    """One more of what is counted than of what is not, for accounts of four roles."""
    now = timezone.now()
    registrar = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")
    officers = [make_user(f"officer-{each}", role=Role.TRACING_OFFICER) for each in range(3)]
    disputed, seen = make_candidate(probability=0.9), make_candidate(probability=0.9)
    for officer, opinion in zip(officers, (Opinion.SAME, Opinion.NOT_SAME), strict=False):
        actions.review_candidate(
            candidate=disputed, opinion=opinion, reason="made up", by=officer, at=now
        )
    actions.review_candidate(
        candidate=seen, opinion=Opinion.SAME, reason="made up", by=officers[2], at=now
    )
    manager = make_user("manager", role=Role.PROGRAMME_MANAGER)
    own = make_child(by=registrar, region="IQ-BG")
    for role in (Role.REGISTRAR, Role.TRACING_OFFICER, Role.PROGRAMME_MANAGER):
        to_do = casework.ToDo(what=What.VISIT, due_on=now.date(), role=role)
        casework.set_task(person=own, to_do=to_do, by=registrar, at=now)
    access.assign(
        subject=make_child(region="SY-HA").pk,
        to=registrar,
        purpose=Purpose.TRACING,
        until=now + timedelta(days=9),
        by=manager,
        at=now,
    )
    elsewhere = make_user("zaur", role=Role.REGISTRAR, region="RU-DA")
    offered = make_child(by=elsewhere, region="RU-DA")
    access.refer(
        subject=offered,
        purpose=Purpose.TRACING,
        reason="lives there",
        to_region="IQ-BG",
        by=elsewhere,
        at=now,
    )
    return [registrar, officers[2], make_user("medi", role=Role.ENQUIRY_WORKER), manager]


def listed(response):
    """Return how many rows a list has, and when those of its page began to wait."""
    page = response.context["page"]
    rows = [
        getattr(row, "first_found_at", None) or getattr(row, "registered_at", 0) for row in page
    ]
    return page.paginator.count, rows


def test_each_count_opens_exactly_what_it_counts_oldest_first(client, everything_waits):
    counted = set()
    for user in everything_waits:
        client.force_login(user)
        for queue, address in client.get("/").context["queues"]:
            count, rows = listed(client.get(address))
            assert (queue.key, count) == (queue.key, queue.count)
            assert rows == sorted(rows)
            if queue.count:
                counted.add(queue.key)

    assert counted >= {
        *("tasks", "to_review", "disputed", "claimed", "referrals", "assigned"),
        *("unmatched_children", "requests"),
    }


def test_more_than_is_counted_is_said_to_be_more(make_child, make_user):
    registrar, now = make_user(role=Role.REGISTRAR), timezone.now()
    oldest, *_others = [make_child(by=registrar) for _ in range(3)]

    some = waiting("unmatched_children", user=registrar, at=now, most=2)
    every = waiting("unmatched_children", user=registrar, at=now, most=3)

    assert (some.count, some.more) == (2, True)
    assert (every.count, every.more) == (3, False)
    assert some.oldest_at == every.oldest_at == oldest.registered_at


@pytest.mark.parametrize(
    ("narrowed", "shown"),
    [
        ("", ["strong", "likely", "weak"]),
        ("&sort=oldest", ["weak", "strong", "likely"]),
        ("&sort=newest", ["likely", "strong", "weak"]),
        ("&band=very_likely", ["strong"]),
        ("&band=likely", ["likely"]),
        ("&band=possible&found=long", ["weak"]),
        ("&found=week", ["strong", "likely"]),
        ("&together=yes", []),
        ("&together=no", ["strong", "likely", "weak"]),
        ("&band=king&sort=%00&found=7&child=x", ["strong", "likely", "weak"]),
    ],
)
def test_candidates_are_narrowed_and_ordered_as_was_chosen(
    client, officer, make_candidate, narrowed, shown
):
    now = timezone.now()
    made = {
        "weak": (0.4, 2.0, 90),
        "strong": (0.97, 9.0, 2),
        "likely": (0.85, 5.0, 1),
    }
    names = {}
    for name, (probability, weight, days) in made.items():
        candidate = make_candidate(probability=probability, weight=weight)
        Candidate.objects.filter(pk=candidate.pk).update(first_found_at=now - timedelta(days=days))
        names[candidate.pk] = name

    page = client.get(f"/matches/?show=all{narrowed}")

    assert [names[each.candidate.pk] for each in page.context["candidates"]] == shown
    left_out = page.context["of_all"] - page.context["page"].paginator.count
    assert left_out == 3 - len(shown)
    assert ("Show the rest" in page.content.decode()) == page.context["narrowing"].narrows


def test_candidates_of_one_request_or_child_are_listed(client, officer, make_candidate):
    wanted, _other = make_candidate(), make_candidate()
    for name, key in (("child", wanted.child_id), ("request", wanted.sought.request_id)):
        page = client.get(f"/matches/?show=all&{name}={key}")
        assert [each.candidate.pk for each in page.context["candidates"]] == [wanted.pk]


def test_work_marks_what_needs_you(client, officer, claimed):
    page = client.get("/").content.decode()

    assert page.count("kw-queue--needs-you") == 2


def test_work_offers_a_registrar_to_register(client, make_user):
    client.force_login(make_user(role=Role.REGISTRAR, region="IQ-BG"))

    page = client.get("/").content.decode()

    assert 'href="/children/steps/"' in page
    assert 'href="/requests/take/"' not in page


def test_work_leads_who_reads_the_log_to_it(client, make_user):
    client.force_login(make_user(role=Role.AUDITOR))

    page = client.get("/").content.decode()

    assert "Your role reads the log, not the files." in page
    assert 'href="/log/"' in page


def test_work_says_when_nothing_waits_for_a_role(client, make_user):
    client.force_login(make_user(role=Role.MEDIC))

    assert "Nothing waits for your role here yet." in client.get("/").content.decode()


def test_navigation_holds_only_what_the_role_may_open(client, make_user):
    client.force_login(make_user(role=Role.ENQUIRY_WORKER, region="RU-DA"))

    page = client.get("/").content.decode()

    assert 'href="/requests/"' in page
    assert 'href="/children/"' not in page
    assert 'href="/matches/"' not in page
    assert 'href="/log/"' not in page


def test_claimed_lists_children_with_several_claimants_and_writes_down_whom(
    client, officer, claimed, make_child
):
    other = make_child()

    page = client.get("/children/claimed/").content.decode()

    assert claimed.reference in page
    assert other.reference not in page
    listed = Event.objects.filter(action="people.listed", actor="anna")
    assert set(listed.values_list("object_id", flat=True)) == {str(claimed.pk)}


def test_claimed_says_when_there_is_none(client, officer):
    assert "There is no such child now." in client.get("/children/claimed/").content.decode()


def test_unmatched_lists_children_without_a_candidate(client, officer, claimed, make_child):
    alone = make_child("عمر")
    Candidate.objects.filter(child=alone).delete()

    page = client.get("/children/unmatched/").content.decode()

    assert alone.reference in page
    assert claimed.reference not in page


@pytest.mark.parametrize("address", ["/children/claimed/", "/children/unmatched/"])
def test_waiting_children_are_refused_to_roles_without_children(client, make_user, address):
    client.force_login(make_user(role=Role.ENQUIRY_WORKER, region="RU-DA"))

    assert client.get(address).status_code == 403
