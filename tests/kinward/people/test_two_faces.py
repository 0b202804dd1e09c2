"""`decide` and `visible` say the same: held together over random worlds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from reliability import faces, opened

from kinward.access import policy
from kinward.access.models import Grant, Purpose, Role, Way
from kinward.access.rules import Permission
from kinward.people.models import Person

FEW = 480  # records, each under three operations for six readers; the benchmark takes 10,000


@pytest.mark.django_db
@pytest.mark.usefixtures("as_owner")
@pytest.mark.parametrize("seed", [1, 2])
def test_seen_is_exactly_what_is_decided(seed):
    found = faces.run(FEW, seed=seed)

    compared = FEW * len(faces.READERS) * len(faces.OPERATIONS)
    assert found.differing == 0
    assert found.records == FEW
    assert 0.1 < found.shown / compared < 0.9


@pytest.mark.django_db
@pytest.mark.usefixtures("as_owner")
def test_face_that_forgets_that_what_was_given_ends_is_found_out():
    with opened.face():
        found = faces.run(FEW // 4)

    assert found.differing > 0


def test_decision_about_a_stored_record_reads_what_was_given(make_child, make_user, at):
    child, manager = make_child(), make_user(role=Role.PROGRAMME_MANAGER)
    worker = make_user(role=Role.REGISTRAR, region="RU-DA")
    Grant.objects.create(
        subject=child.pk,
        way=Way.ASSIGNED,
        account=worker,
        purpose=Purpose.TRACING,
        since=at,
        until=at + timedelta(days=1),
        given_by=manager,
    )
    statement_ = child.assertions.get()

    def allowed(actor, subject, **changed):
        asked = {"purpose": None, "at": at} | changed
        return policy.decide(actor, Permission.SEE_CHILDREN, subject, **asked).allow

    assert allowed(worker, child)
    assert allowed(worker, statement_)
    assert not allowed(worker, child, at=at + timedelta(days=1))
    assert not allowed(worker, child, purpose=Purpose.OVERSIGHT)
    assert not allowed(make_user(role=Role.REGISTRAR, region="RU-DA"), child)
    assert not allowed(AnonymousUser(), child)
    assert not allowed(make_user(role=Role.MEDIC), child)


def test_anonymous_sees_nothing(make_child):
    make_child()

    seen = policy.visible(
        Person.objects.all(), actor=AnonymousUser(), operation=Permission.SEE_CHILDREN
    )

    assert list(seen) == []
