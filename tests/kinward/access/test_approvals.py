from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kinward.access import actions
from kinward.access.models import Approval, ApprovalKind, ApprovalStep, Role, Step, clock
from kinward.access.rules import may_answer, may_ask, time_to_answer, usable
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed, RuleBroken

PAYLOAD = {"child": "018f3c1e-0000-7000-8000-000000000000", "format": "pfif"}
EXPORT = ApprovalKind.EXPORT


@pytest.fixture
def officer(make_user):
    return make_user("anna", role=Role.TRACING_OFFICER)


@pytest.fixture
def asked(officer, at):
    return actions.request_approval(
        kind=EXPORT, payload=PAYLOAD, reason=" For the family court. ", by=officer, at=at
    )


@pytest.fixture
def approved(asked, manager, at):
    actions.approve(approval=asked, by=manager, at=at)
    return asked


def use(approval, by, at, payload=PAYLOAD, kind=EXPORT):
    return actions.use_approval(approval=approval, kind=kind, payload=payload, by=by, at=at)


def test_approval_is_asked_for_with_exactly_what_may_be_done(asked, officer, at):
    stored = Approval.objects.get()

    assert (stored.kind, stored.payload, stored.requester) == ("export", PAYLOAD, officer)
    assert stored.reason == "For the family court."
    assert stored.expires_at == at + timedelta(days=3)
    event = Event.objects.get(action="access.requested_approval")
    assert (event.actor, event.details) == ("anna", {"approval_of": "export"})


def test_hash_is_the_same_whatever_the_order_of_the_keys(officer, asked, at):
    turned = dict(reversed(PAYLOAD.items()))

    again = actions.request_approval(kind=EXPORT, payload=turned, reason="…", by=officer, at=at)

    assert again.payload_hash == asked.payload_hash
    assert len(asked.payload_hash) == 64


def test_approval_is_not_asked_for_by_who_may_not_or_without_a_reason(make_user, officer, at):
    with pytest.raises(NotAllowed):
        actions.request_approval(
            kind=EXPORT, payload=PAYLOAD, reason="…", by=make_user(role=Role.REGISTRAR), at=at
        )
    with pytest.raises(actions.NoReason):
        actions.request_approval(kind=EXPORT, payload=PAYLOAD, reason=" ", by=officer, at=at)

    assert not Approval.objects.exists()


def test_approval_is_not_asked_for_or_given_by_a_closed_account(asked, make_user, at):
    with pytest.raises(NotAllowed):
        actions.request_approval(
            kind=EXPORT,
            payload=PAYLOAD,
            reason="…",
            by=make_user(role=Role.TRACING_OFFICER, is_active=False),
            at=at,
        )
    with pytest.raises(NotAllowed):
        actions.approve(
            approval=asked, by=make_user(role=Role.PROGRAMME_MANAGER, is_active=False), at=at
        )


def test_approved_is_used_once_by_who_asked(approved, officer, at):
    used = use(approved, officer, at)

    assert (used.step, used.taken_by) == (Step.USED, officer)
    with pytest.raises(actions.NotApproved):
        use(approved, officer, at)
    assert [step.step for step in approved.steps.all()] == ["approved", "used"]
    assert Event.objects.filter(action="access.used_approval").count() == 1


def test_approved_is_used_by_the_system_itself(approved, at):
    assert use(approved, clock(), at).taken_by is None


def test_not_yet_approved_is_not_used(asked, officer, at):
    with pytest.raises(actions.NotApproved):
        use(asked, officer, at)


def test_approved_allows_nothing_else_nobody_else_and_no_later(approved, officer, manager, at):
    for wrong in (
        {"payload": PAYLOAD | {"format": "csv"}},
        {"kind": ApprovalKind.DISCLOSURE},
        {"by": manager},
        {"at": approved.expires_at},
    ):
        with pytest.raises(actions.NotApproved):
            use(approved, **({"by": officer, "at": at} | wrong))

    assert [step.step for step in approved.steps.all()] == ["approved"]


def test_nobody_approves_what_they_asked_for(make_user, at):
    manager = make_user(role=Role.PROGRAMME_MANAGER)
    own = actions.request_approval(kind=EXPORT, payload=PAYLOAD, reason="…", by=manager, at=at)

    with pytest.raises(actions.SamePerson):
        actions.approve(approval=own, by=manager, at=at)

    assert not own.steps.exists()


def test_database_itself_refuses_one_person_as_both(asked, officer, at):
    for who in (officer, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApprovalStep.objects.create(
                approval=asked, step=Step.APPROVED, requester=officer, taken_by=who, taken_at=at
            )


def test_database_itself_refuses_a_second_answer_and_a_second_use(approved, officer, make_user, at):
    other = make_user(role=Role.DATA_PROTECTION_OFFICER)
    use(approved, officer, at)

    for step, who in ((Step.REFUSED, other), (Step.APPROVED, other), (Step.USED, officer)):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApprovalStep.objects.create(
                approval=approved,
                step=step,
                requester=officer,
                taken_by=who,
                taken_at=at,
                reason="…",
            )


def test_refused_is_not_used_and_says_why(asked, officer, manager, at):
    with pytest.raises(actions.NoReason):
        actions.refuse(approval=asked, reason=" ", by=manager, at=at)

    refused = actions.refuse(approval=asked, reason="Ask the court first.", by=manager, at=at)

    assert (refused.step, refused.reason) == (Step.REFUSED, "Ask the court first.")
    with pytest.raises(actions.NotApproved):
        use(asked, officer, at)
    with pytest.raises(RuleBroken):
        actions.approve(approval=asked, by=manager, at=at)


def test_answer_comes_from_who_may_and_in_time(asked, make_user, manager, at):
    with pytest.raises(NotAllowed):
        actions.approve(approval=asked, by=make_user(role=Role.AUDITOR), at=at)
    with pytest.raises(RuleBroken):
        actions.approve(approval=asked, by=manager, at=asked.expires_at)
    just_before = asked.expires_at - timedelta(microseconds=1)

    assert actions.approve(approval=asked, by=manager, at=just_before).taken_at == just_before


# Written by hand: who asks, who answers, for how many days.
EXPECTED = {
    "export": (
        "tracing_officer second_reviewer programme_manager",
        "data_protection_officer programme_manager",
        3,
    ),
    "disclosure": ("tracing_officer programme_manager", "data_protection_officer", 3),
    "erasure": (
        "data_protection_officer programme_manager",
        "data_protection_officer programme_manager",
        60,
    ),
    "hold_lift": (
        "data_protection_officer",
        "data_protection_officer programme_manager",
        3,
    ),
    "role_grant": (
        "administrator",
        "data_protection_officer programme_manager administrator",
        3,
    ),
    "mfa_reset": ("administrator", "data_protection_officer programme_manager administrator", 3),
    "key_rotation": ("administrator", "data_protection_officer administrator", 3),
    "wording": (
        "registrar enquiry_worker tracing_officer second_reviewer case_worker",
        "tracing_officer second_reviewer programme_manager data_protection_officer",
        3,
    ),
    "claim": ("tracing_officer second_reviewer", "tracing_officer second_reviewer", 14),
    "merging": ("tracing_officer second_reviewer", "tracing_officer second_reviewer", 14),
    "gate": ("case_worker operation_lead", "programme_manager", 7),
    "letter": (
        "case_worker programme_manager",
        "programme_manager data_protection_officer",
        14,
    ),
    "archive": ("programme_manager", "data_protection_officer", 7),
}


@pytest.mark.parametrize("kind", list(ApprovalKind))
def test_approval_takes_the_roles_and_the_time_expected(kind):
    ask, answer, days = EXPECTED[kind]

    assert {str(role) for role in Role if may_ask(role, kind)} == set(ask.split())
    assert {str(role) for role in Role if may_answer(role, kind)} == set(answer.split())
    assert time_to_answer(kind) == timedelta(days=days)


def test_usable_is_given_unused_and_in_time(at):
    later = at + timedelta(seconds=1)

    assert usable(frozenset({Step.APPROVED}), expires_at=later, at=at)
    assert not usable(frozenset({Step.APPROVED}), expires_at=at, at=at)
    for steps in ({}, {Step.REFUSED}, {Step.APPROVED, Step.USED}):
        assert not usable(frozenset(steps), expires_at=later, at=at)
