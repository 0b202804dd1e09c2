from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kinward.access import actions, queries
from kinward.access.models import (
    BreakGlass,
    Emergency,
    EmergencyReview,
    Finding,
    Grant,
    Notice,
    Role,
)
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed, RuleBroken
from kinward.people.models import Assertion, Person

HOUR = timedelta(hours=1)


def break_glass(child, by, at, **changed):
    asked = {"emergency": Emergency.DANGER, "reason": " Police at the camp. "} | changed
    reference = child.reference if child else "C-222-222-222"
    return actions.break_glass(subject=child, reference=reference, **asked, by=by, at=at)


def review(use, by, at, **changed):
    asked = {"finding": Finding.NEEDED, "reason": "The office confirmed it."} | changed
    return actions.review_emergency(use=use, **asked, by=by, at=at)


def read(user, child, at):
    said = Assertion.objects.visible_to(user, at=at).filter(person=child)
    return set(said.values_list("property", flat=True))


def test_emergency_opens_one_child_for_four_hours_without_evidence(
    make_child, say, here, there, at
):
    child = make_child(
        by=here, statements=[say("mark", text="scar"), say("mother", text="Патимат")]
    )
    other = make_child(by=here)

    break_glass(child, there, at)

    assert read(there, child, at) == {"name", "mother"}
    assert read(there, child, at + 4 * HOUR) == set()
    assert read(there, other, at) == set()
    assert list(Person.objects.visible_to(there, at=at)) == [child]


def test_managers_and_data_protection_are_told_at_once_by_reference(
    child, there, manager, officer, here, at
):
    use = break_glass(child, there, at)

    assert {notice.recipient for notice in Notice.objects.all()} == {manager, officer}
    for notice in Notice.objects.all():
        assert (notice.news, notice.about, notice.told_at) == ("glass_broken", there, at)
        assert notice.reference == child.reference
    assert [each.recipient for each in queries.notices(user=officer)] == [officer]
    assert list(queries.notices(user=here)) == []
    event = Event.objects.get(action="access.broke_glass")
    assert (event.actor, event.object_id) == ("yusuf", str(use.pk))
    assert use.reason == "Police at the camp."


def test_manager_who_breaks_glass_is_not_who_is_told(child, manager, officer, at):
    break_glass(child, manager, at)

    assert [notice.recipient for notice in Notice.objects.all()] == [officer]
    assert read(manager, child, at) == {"name"}


def test_emergency_takes_a_role_and_a_reason(child, there, make_user, at):
    with pytest.raises(NotAllowed):
        break_glass(child, make_user(role=Role.AUDITOR), at)
    with pytest.raises(actions.NoReason):
        break_glass(child, there, at, reason=" ")

    assert not Grant.objects.exists()


def test_three_tries_a_day_and_misses_count(child, there, at):
    assert break_glass(None, there, at) is None
    break_glass(child, there, at)
    break_glass(child, there, at)

    with pytest.raises(actions.TooMany):
        break_glass(child, there, at + 23 * HOUR)

    assert break_glass(child, there, at + 24 * HOUR)
    assert Event.objects.get(action="access.missed_break_glass").details == {
        "reference": "C-222-222-222",
        "emergency": "danger",
    }


def test_emergency_is_reviewed_once_by_data_protection(child, there, manager, officer, at):
    use = break_glass(child, there, at)
    assert list(queries.emergencies(user=officer)) == [use]
    assert list(queries.emergencies(user=manager)) == []
    with pytest.raises(NotAllowed):
        review(use, manager, at)
    with pytest.raises(actions.NoReason):
        review(use, officer, at, reason="")

    done = review(use, officer, at, finding=Finding.NOT_NEEDED)

    assert (done.finding, done.reviewer, done.account) == ("not_needed", officer, there)
    with pytest.raises(RuleBroken):
        review(use, officer, at)


def test_database_itself_refuses_a_review_of_ones_own_use(child, there, at):
    use = break_glass(child, there, at)

    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyReview.objects.create(
            use=use,
            account=there,
            reviewer=there,
            finding=Finding.NEEDED,
            reason="…",
            reviewed_at=at,
        )


def test_account_is_suspended_when_no_review_comes_in_72_hours(child, there, officer, at):
    use = break_glass(child, there, at)

    assert not queries.is_suspended(there, at=at + 72 * HOUR - timedelta(microseconds=1))
    assert queries.is_suspended(there, at=at + 72 * HOUR)
    assert not queries.is_suspended(officer, at=at + 72 * HOUR)

    review(use, officer, at + 80 * HOUR)

    assert not queries.is_suspended(there, at=at + 80 * HOUR)


def test_suspended_account_is_shut_out_at_once(client, child, there):
    client.force_login(there)
    assert client.get("/").status_code == 200

    break_glass(child, there, timezone.now() - 72 * HOUR)

    assert client.get("/").headers["Location"] == "/sign-in/?next=/"
    assert BreakGlass.objects.count() == 1
