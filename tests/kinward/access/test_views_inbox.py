from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone

from kinward.access import actions
from kinward.access.models import (
    Approval,
    ApprovalKind,
    BreakGlass,
    Emergency,
    EmergencyReview,
    Purpose,
    Referral,
    Role,
)
from kinward.audit.models import Event
from kinward.core.ids import is_reference


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def offered(child, here, now):
    return actions.refer(
        subject=child,
        purpose=Purpose.TRACING,
        reason="The mother lives there.",
        to_region="SY-HA",
        by=here,
        at=now,
    )


@pytest.fixture
def used(child, there, now):
    return actions.break_glass(
        subject=child,
        reference=child.reference,
        emergency=Emergency.DANGER,
        reason="Police at the camp.",
        by=there,
        at=now,
    )


@pytest.fixture
def asked(make_user, now):
    return actions.request_approval(
        kind=ApprovalKind.EXPORT,
        payload={"format": "pfif", "rows": 30},
        reason="For the family court.",
        by=make_user("anna", role=Role.TRACING_OFFICER),
        at=now,
    )


def page_of(client, who, address):
    client.force_login(who)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_offered_child_is_shown_by_reference_and_reason_only(client, offered, child, there):
    page = page_of(client, there, "/referrals/")

    assert child.reference in page
    assert "The mother lives there." in page
    assert "رسلان" not in page
    assert str(child.pk) not in page
    assert f"/referrals/{offered.pk}/answer/" in page


def test_child_is_taken_over_from_the_list(client, offered, child, here, there):
    client.force_login(there)

    response = client.post(f"/referrals/{offered.pk}/answer/", {"answer": "yes"}, follow=True)

    assert "You have taken the child over." in response.content.decode()
    assert client.get(f"/children/{child.pk}/").status_code == 200
    assert f"/referrals/{offered.pk}/answer/" not in response.content.decode()
    client.force_login(here)
    assert client.get(f"/children/{child.pk}/").status_code == 404


def test_child_is_not_taken_over_for_a_reason(client, offered, child, there):
    client.force_login(there)
    address = f"/referrals/{offered.pk}/answer/"

    assert client.post(address, {"answer": "no"}).status_code == 409
    response = client.post(address, {"answer": "no", "reason": "No room."}, follow=True)

    assert "No room." in response.content.decode()
    assert [step.step for step in offered.steps.all()] == ["rejected"]


def test_referral_is_withdrawn_from_the_list(client, offered, child, here, there):
    assert "/withdraw/" not in page_of(client, there, "/referrals/")
    assert f"/referrals/{offered.pk}/withdraw/" in page_of(client, here, "/referrals/")

    response = client.post(f"/referrals/{offered.pk}/withdraw/", follow=True)

    assert "The referral is withdrawn." in response.content.decode()
    assert [step.step for step in offered.steps.all()] == ["withdrawn"]


def test_referral_of_others_is_absent(client, offered, make_user):
    client.force_login(make_user(role=Role.REGISTRAR, region="RU-DA"))

    for verb in ("answer", "withdraw"):
        assert client.post(f"/referrals/{offered.pk}/{verb}/", {"answer": "yes"}).status_code == 404


def test_child_is_referred_from_its_page(client, child, here, make_user):
    make_user("madina", role=Role.REGISTRAR, region="RU-DA")
    client.force_login(here)
    address = f"/children/{child.pk}/refer/"
    assert address in client.get(f"/children/{child.pk}/").content.decode()
    assert client.get(address).status_code == 200

    response = client.post(
        address,
        {"to_region": "RU-DA", "purpose": "tracing", "reason": "The mother lives there."},
        follow=True,
    )

    assert response.redirect_chain == [("/referrals/", 302)]
    offered = Referral.objects.get()
    assert (offered.to_region, offered.purpose, offered.subject) == ("RU-DA", "tracing", child.pk)


def test_child_is_referred_to_one_account(client, child, here, there):
    client.force_login(here)
    asked = {"to_account": "yusuf", "purpose": "tracing", "reason": "He knows the family."}

    client.post(f"/children/{child.pk}/refer/", asked)

    assert Referral.objects.get().to_account == there
    refused = client.post(f"/children/{child.pk}/refer/", asked | {"to_account": "nobody"})
    assert refused.status_code == 404


@pytest.mark.parametrize("to", [{}, {"to_region": "RU-DA", "to_account": "yusuf"}])
def test_referral_goes_to_an_office_or_to_an_account(client, child, here, there, make_user, to):
    make_user("madina", role=Role.REGISTRAR, region="RU-DA")
    client.force_login(here)

    response = client.post(
        f"/children/{child.pk}/refer/", {"purpose": "tracing", "reason": "…", **to}
    )

    assert response.status_code == 422
    assert "not both" in response.content.decode()
    assert not Referral.objects.exists()


def emergency(reference, **changed):
    return {
        "reference": reference,
        "emergency": "danger",
        "reason": "Police at the camp.",
    } | changed


def test_glass_is_broken_by_exact_reference(client, child, there, officer):
    client.force_login(there)
    assert client.get("/emergency/").status_code == 200

    spoken = f"c-{child.reference[2:].replace('-', '').lower()}"
    response = client.post("/emergency/", emergency(spoken))

    assert response.headers["Location"] == f"/children/{child.pk}/"
    page = client.get(f"/children/{child.pk}/").content.decode()
    assert "open to you for four hours" in page
    assert "رسلان" in page
    assert client.get(f"/children/{child.pk}/facts/name/").status_code == 404
    assert "An account" not in page_of(client, officer, "/notices/")
    assert child.reference in page_of(client, officer, "/notices/")


def test_glass_is_broken_only_by_who_has_just_proved_who_they_are(
    client, child, there, secret, code, pass_time
):
    TOTP.activate(there, secret)
    client.force_login(there)
    client.get("/emergency/")
    pass_time(6)
    sent = emergency(child.reference, once="k-1")

    asked = client.post("/emergency/", sent)

    assert asked["Location"] == "/sign-in/confirm/?next=%2Femergency%2F"
    assert not BreakGlass.objects.exists()
    client.post("/sign-in/confirm/", {"code": code()})
    carried_on = client.get("/sign-in/carry-on/").context["held"].fields
    assert client.post("/emergency/", dict(carried_on))["Location"] == f"/children/{child.pk}/"


def test_miss_shows_what_any_absent_page_shows_and_stays_in_the_log(client, there):
    client.force_login(there)
    signs = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    (missed,) = (text for sign in signs if is_reference(text := f"C-222-222-22{sign}", "C"))

    response = client.post("/emergency/", emergency(missed))

    assert response.status_code == 404
    assert "There is nothing here that you may see." in response.content.decode()
    assert Event.objects.get(action="access.missed_break_glass").details["reference"] == missed


def test_mistyped_reference_uses_up_no_try(client, there):
    client.force_login(there)

    response = client.post("/emergency/", emergency("C-222-222-22O"))

    assert response.status_code == 422
    assert not Event.objects.filter(action="access.missed_break_glass").exists()


def test_absent_page_leads_to_the_emergency_only_for_those_who_may(client, there, make_user):
    address = "/children/018f3c1e-0000-7000-8000-000000000000/"
    client.force_login(there)
    assert "/emergency/" in client.get(address).content.decode()
    client.force_login(make_user(role=Role.TRACING_OFFICER))
    assert "/emergency/" not in client.get(address).content.decode()
    assert client.get("/emergency/").status_code == 403


def test_use_is_reviewed_from_the_list(client, used, officer, there):
    page = page_of(client, officer, "/emergencies/")
    assert "waits for your review" in page
    assert "Police at the camp." in page

    response = client.post(
        f"/emergencies/{used.pk}/review/",
        {"finding": "not_needed", "reason": "Nobody was in danger."},
        follow=True,
    )

    assert "Nobody was in danger." in response.content.decode()
    assert EmergencyReview.objects.get().finding == "not_needed"
    assert BreakGlass.objects.count() == 1


def test_approval_is_given_or_refused_from_the_inbox(client, asked, manager):
    page = page_of(client, manager, "/approvals/")
    assert "For the family court." in page
    assert "pfif" in page

    response = client.post(f"/approvals/{asked.pk}/answer/", {"answer": "yes"}, follow=True)

    assert "You have approved it." in response.content.decode()
    assert [step.step for step in asked.steps.all()] == ["approved"]
    assert client.post(f"/approvals/{asked.pk}/answer/", {"answer": "yes"}).status_code == 409


def test_approval_is_refused_with_a_reason(client, asked, manager):
    client.force_login(manager)
    asked_again = {"answer": "no", "reason": "Ask the court first."}

    response = client.post(f"/approvals/{asked.pk}/answer/", asked_again, follow=True)

    assert "Ask the court first." in response.content.decode()
    assert [step.step for step in asked.steps.all()] == ["refused"]


def test_requester_sees_but_does_not_answer(client, asked, make_user):
    page = page_of(client, asked.requester, "/approvals/")

    assert "For the family court." in page
    assert "/answer/" not in page
    client.force_login(make_user(role=Role.AUDITOR))
    assert client.get("/approvals/").status_code == 403
    client.force_login(make_user(role=Role.REGISTRAR))
    assert client.post(f"/approvals/{asked.pk}/answer/", {"answer": "yes"}).status_code == 404


def test_approval_that_ran_out_says_so(client, manager, make_user, now):
    actions.request_approval(
        kind=ApprovalKind.EXPORT,
        payload={},
        reason="Late.",
        by=make_user(role=Role.TRACING_OFFICER),
        at=now - timedelta(days=3),
    )

    page = page_of(client, manager, "/approvals/")

    assert "run out" in page
    assert f"/approvals/{Approval.objects.get().pk}/answer/" not in page


@pytest.mark.parametrize(
    ("role", "address", "says"),
    [
        (Role.REGISTRAR, "/referrals/", "Nothing is offered to your office"),
        (Role.PROGRAMME_MANAGER, "/approvals/", "Nobody asks for anything"),
        (Role.DATA_PROTECTION_OFFICER, "/emergencies/", "No child was opened"),
        (Role.PROGRAMME_MANAGER, "/notices/", "There is nothing to tell you."),
    ],
)
def test_empty_lists_say_what_would_fill_them(client, make_user, role, address, says):
    assert says in page_of(client, make_user(role=role), address)


def test_nothing_is_answered_by_not_choosing(
    client, offered, asked, used, here, there, manager, officer
):
    for who, address in (
        (there, f"/referrals/{offered.pk}/answer/"),
        (manager, f"/approvals/{asked.pk}/answer/"),
        (officer, f"/emergencies/{used.pk}/review/"),
    ):
        client.force_login(who)
        response = client.post(address, {"answer": "", "finding": "", "reason": "…"})
        assert response.status_code == 409
        assert "Choose an answer" in response.content.decode()

    assert not offered.steps.exists()
    assert not asked.steps.exists()
    assert not EmergencyReview.objects.exists()


def test_work_leads_to_what_the_role_answers(client, here, officer):
    assert "/referrals/" in page_of(client, here, "/")
    assert "/emergencies/" in page_of(client, officer, "/")
    assert "/referrals/" not in page_of(client, officer, "/")


# Somebody else was faster


def test_second_answer_to_an_approval_comes_back_with_who_was_first(client, asked, make_user, now):
    first, second = (
        make_user(role=Role.DATA_PROTECTION_OFFICER, full_name=name) for name in ("Lea", "Max")
    )
    actions.approve(approval=asked, by=first, at=now)
    client.force_login(second)

    late = client.post(
        f"/approvals/{asked.pk}/answer/",
        {"answer": "no", "reason": "Ask the court first."},
        headers={"accept": "text/html"},
    )

    page = late.content.decode()
    assert late.status_code == 409
    assert "This has been answered already: approved." in page
    assert "It was \u2068Lea\u2069" in page
    assert "Ask the court first.</blockquote>" in page
    assert asked.steps.count() == 1


def test_second_answer_to_a_referral_comes_back_with_who_was_first(client, offered, make_user, now):
    first, second = (
        make_user(role=Role.REGISTRAR, region="SY-HA", full_name=name) for name in ("Lea", "Max")
    )
    actions.accept_referral(referral=offered, by=first, at=now)
    client.force_login(second)

    late = client.post(
        f"/referrals/{offered.pk}/answer/",
        {"answer": "no", "reason": "No bed is free."},
        headers={"accept": "text/html"},
    )

    page = late.content.decode()
    assert late.status_code == 409
    assert "It was \u2068Lea\u2069" in page
    assert "No bed is free.</blockquote>" in page


def test_second_review_of_an_emergency_comes_back_with_who_was_first(client, used, make_user, now):
    first, second = (
        make_user(role=Role.DATA_PROTECTION_OFFICER, full_name=name) for name in ("Lea", "Max")
    )
    actions.review_emergency(use=used, finding="needed", reason="Seen.", by=first, at=now)
    client.force_login(second)

    late = client.post(
        f"/emergencies/{used.pk}/review/",
        {"finding": "not_needed", "reason": "A call was enough."},
        headers={"accept": "text/html"},
    )

    page = late.content.decode()
    assert late.status_code == 409
    assert "It was \u2068Lea\u2069" in page
    assert "A call was enough.</blockquote>" in page
    assert EmergencyReview.objects.count() == 1


def test_offer_of_a_child_offered_meanwhile_comes_back_with_what_was_typed(
    client, child, offered, make_user
):
    make_user("madina", role=Role.REGISTRAR, region="RU-DA")
    client.force_login(make_user(role=Role.REGISTRAR, region=child.region))
    typed = {"to_region": "RU-DA", "purpose": "tracing", "reason": "An aunt lives there."}

    late = client.post(f"/children/{child.pk}/refer/", typed)

    page = late.content.decode()
    assert late.status_code == 409
    assert "This child is offered to another office already." in page
    assert "An aunt lives there.</textarea>" in page
    assert Referral.objects.count() == 1
