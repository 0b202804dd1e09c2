from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kinward.access import actions, queries
from kinward.access.models import Grant, GrantEnd, Purpose, Referral, Role, Way
from kinward.access.policy import standing_grants
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.people.models import Assertion, Person

DAY = timedelta(days=1)


def sees(user, child, at):
    return Person.objects.visible_to(user, at=at).filter(pk=child.pk).exists()


@pytest.fixture
def offered(child, here, at):
    return refer(child, here, at, to_region="SY-HA")


def refer(child, by, at, **changed):
    plain = {"purpose": Purpose.TRACING, "reason": " The mother lives there. "}
    return actions.refer(subject=child, **(plain | changed), by=by, at=at)


def assign(child, to, by, at, **changed):
    plain = {"purpose": Purpose.TRACING, "until": at + 7 * DAY}
    return actions.assign(subject=child.pk, to=to, **(plain | changed), by=by, at=at)


def test_assignment_opens_one_child_until_it_ends(child, make_child, there, manager, at):
    other = make_child()
    assert not sees(there, child, at)

    grant = assign(child, there, manager, at)

    assert sees(there, child, at)
    assert not sees(there, other, at)
    assert not sees(there, child, grant.until)
    event = Event.objects.get(action="access.assigned")
    assert event.details == {"subject": str(child.pk), "to": "yusuf"}


def test_assignment_is_ended_before_its_time_once(child, there, manager, at):
    grant = assign(child, there, manager, at)

    actions.end_assignment(grant=grant, by=manager, at=at + DAY)

    assert sees(there, child, at)
    assert not sees(there, child, at + DAY)
    with pytest.raises(RuleBroken):
        actions.end_assignment(grant=grant, by=manager, at=at + DAY)


def test_assignment_is_given_and_ended_by_managers_only(child, here, there, manager, at):
    with pytest.raises(NotAllowed):
        assign(child, there, here, at)
    grant = assign(child, there, manager, at)
    with pytest.raises(NotAllowed):
        actions.end_assignment(grant=grant, by=here, at=at)

    assert not GrantEnd.objects.exists()


def test_assignment_fits_its_role_its_purpose_and_half_a_year(child, there, manager, make_user, at):
    closed = make_user(role=Role.REGISTRAR, is_active=False)
    for wrong in (
        {"to": make_user(role=Role.ESCORT)},
        {"to": closed},
        {"purpose": Purpose.OVERSIGHT},
        {"until": at},
        {"until": at + timedelta(days=180, microseconds=1)},
    ):
        with pytest.raises(actions.UnfitGrant):
            assign(child, **({"to": there, "by": manager, "at": at} | wrong))

    assert assign(child, there, manager, at, until=at + timedelta(days=180))


def test_referral_moves_the_child_once_it_is_accepted(child, here, there, offered, at):
    statements = Assertion.objects.count()
    assert (sees(here, child, at), sees(there, child, at)) == (True, False)

    actions.accept_referral(referral=offered, by=there, at=at)

    assert (sees(here, child, at), sees(there, child, at)) == (False, True)
    assert Assertion.objects.count() == statements
    assert Person.objects.count() == 1
    assert offered.reason == "The mother lives there."
    assert offered.reference == child.reference


def test_referral_to_one_person_opens_the_child_to_nobody_else(child, here, there, make_user, at):
    colleague = make_user(role=Role.REGISTRAR, region="SY-HA")
    offered = refer(child, here, at, to_account=there)
    with pytest.raises(NotAllowed):
        actions.accept_referral(referral=offered, by=colleague, at=at)

    actions.accept_referral(referral=offered, by=there, at=at)

    assert sees(there, child, at)
    assert not sees(colleague, child, at)


def test_rejected_referral_moves_nothing(child, here, there, offered, at):
    with pytest.raises(actions.NoReason):
        actions.reject_referral(referral=offered, reason=" ", by=there, at=at)

    step = actions.reject_referral(referral=offered, reason="No room.", by=there, at=at)

    assert (step.step, step.reason) == ("rejected", "No room.")
    assert (sees(here, child, at), sees(there, child, at)) == (True, False)
    with pytest.raises(RuleBroken):
        actions.accept_referral(referral=offered, by=there, at=at)
    assert refer(child, here, at, to_region="RU-DA")


def test_withdrawn_referral_brings_the_child_back(child, here, there, offered, at):
    actions.accept_referral(referral=offered, by=there, at=at)

    actions.withdraw_referral(referral=offered, by=here, at=at + DAY)

    assert (sees(here, child, at + DAY), sees(there, child, at + DAY)) == (True, False)
    with pytest.raises(RuleBroken):
        actions.withdraw_referral(referral=offered, by=here, at=at + DAY)


def test_withdrawn_offer_is_not_accepted_any_more(child, here, there, offered, at):
    actions.withdraw_referral(referral=offered, by=here, at=at)

    with pytest.raises(RuleBroken):
        actions.accept_referral(referral=offered, by=there, at=at)
    assert not Grant.objects.exists()


def test_referral_is_withdrawn_by_the_office_that_made_it_only(
    child, there, make_user, manager, offered, at
):
    for other in (there, manager):
        with pytest.raises(NotAllowed):
            actions.withdraw_referral(referral=offered, by=other, at=at)

    colleague = make_user(role=Role.REGISTRAR, region="IQ-BG")
    assert actions.withdraw_referral(referral=offered, by=colleague, at=at)


def test_child_goes_on_to_a_third_office_and_leaves_the_second(
    child, here, there, offered, make_user, at
):
    third = make_user(role=Role.REGISTRAR, region="RU-DA")
    actions.accept_referral(referral=offered, by=there, at=at)

    onward = refer(child, there, at, to_region="RU-DA")
    actions.accept_referral(referral=onward, by=third, at=at + DAY)

    then = at + DAY
    assert [sees(who, child, then) for who in (here, there, third)] == [False, False, True]
    assert standing_grants(then).count() == 1
    # The first offer was overtaken: withdrawing it brings nothing back.
    actions.withdraw_referral(referral=offered, by=here, at=then)
    assert [sees(who, child, then) for who in (here, there, third)] == [False, False, True]


def test_referral_is_made_by_who_may_and_reaches_the_child(child, there, manager, at):
    with pytest.raises(NotAllowed):
        refer(child, manager, at, to_region="SY-HA")
    with pytest.raises(NotFound):
        refer(child, there, at, to_region="RU-DA")

    assert not Referral.objects.exists()


def test_referral_goes_to_somebody_else_who_takes_children_over(child, here, there, make_user, at):
    for wrong in (
        {},
        {"to_account": there, "to_region": "SY-HA"},
        {"to_region": "IQ-BG"},
        {"to_account": here},
        {"to_account": make_user(role=Role.MEDIC)},
        {"to_account": there, "purpose": Purpose.OVERSIGHT},
        {"to_region": "SY-HA", "purpose": Purpose.OVERSIGHT},
    ):
        with pytest.raises(actions.UnfitGrant):
            refer(child, here, at, **wrong)
    with pytest.raises(actions.NoReason):
        refer(child, here, at, to_region="SY-HA", reason=" ")


def test_child_is_offered_to_one_office_at_a_time(child, here, offered, at):
    with pytest.raises(RuleBroken):
        refer(child, here, at, to_region="RU-DA")


def test_referrals_are_seen_by_the_two_offices_only(offered, here, there, make_user, manager):
    elsewhere = make_user(role=Role.REGISTRAR, region="RU-DA")
    nowhere = make_user(role=Role.REGISTRAR)

    for who in (here, there):
        assert list(queries.referrals(user=who)) == [offered]
    for who in (elsewhere, nowhere, manager):
        assert list(queries.referrals(user=who)) == []
    assert queries.is_for(offered, there)
    assert not queries.is_for(offered, here)


def test_database_itself_refuses_grants_to_nobody_or_without_an_end(child, there, manager, at):
    plain = {
        "subject": child.pk,
        "way": Way.ASSIGNED,
        "account": there,
        "purpose": Purpose.TRACING,
        "since": at,
        "until": at + DAY,
        "given_by": manager,
    }
    for wrong in (
        {"account": None},
        {"region": "SY-HA"},
        {"until": None},
        {"until": at},
        {"way": Way.EVERYWHERE},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.create(**(plain | wrong))
