from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.urls import reverse
from django.utils import timezone
from reliability import made

from kinward.access import actions
from kinward.access.models import Approval, ApprovalKind, Role, User
from kinward.access.queries import resets_of, version_of_account
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed, RuleBroken

PASSWORD = "seven wet herons at dusk"
MANAGER = Role.PROGRAMME_MANAGER
NEW = "eight dry cranes at dawn"


@pytest.fixture
def administrator(make_user):
    return make_user("zaur", role=Role.ADMINISTRATOR)


@pytest.fixture
def colleague(make_user):
    return make_user("zoya", role=Role.ADMINISTRATOR)


def actions_about(user) -> list[str]:
    events = Event.objects.filter(object_id=str(user.pk)).order_by("at", "id")
    return [event.action for event in events]


AMIRA = {
    "username": "amira",
    "full_name": "Amira Test",
    "role": "registrar",
    "region": "IQ-BG",
    "reason": "She registers in Baghdad from Monday.",
}


def open_amira(client):
    """Ask for the account, have a manager agree, and open it; returns the last answer."""
    asked = client.post("/accounts/open/", AMIRA)
    if asked.status_code != 302:
        return asked
    approval = Approval.objects.get(kind=ApprovalKind.ROLE_GRANT)
    actions.approve(approval=approval, by=made.account(role=MANAGER), at=timezone.now())
    amira = User.objects.get(username="amira")
    sent = {"what": "carry_out", "approval": approval.pk}
    return client.post(reverse("access:role", args=[amira.pk]), sent)


def test_administrator_alone_gets_into_no_account(client, administrator, make_child):
    client.force_login(administrator)
    page = client.post("/accounts/open/", AMIRA | {"role": "tracing_officer"}, follow=True)
    amira, approval = User.objects.get(username="amira"), Approval.objects.get()
    role = reverse("access:role", args=[amira.pk])

    tried = [
        client.post(role, {"what": what, "approval": approval.pk})
        for what in ("carry_out", "approve")
    ]
    tried.append(client.post(reverse("access:invite", args=[amira.pk]), as_seen(amira)))
    tried.append(client.post(f"/approvals/{approval.pk}/answer/", {"answer": "yes"}))

    assert "A second person has to approve." in page.content.decode()
    assert [answer.status_code for answer in tried] == [409] * 4
    assert not any(b"/sign-in/invitation/" in answer.content for answer in tried)
    amira.refresh_from_db()
    assert (amira.is_active, amira.has_usable_password()) == (False, False)
    assert "waits for a second person" in client.get("/accounts/").content.decode()


def test_second_administrator_agrees_on_the_page_of_the_account(client, administrator, colleague):
    client.force_login(administrator)
    client.post("/accounts/open/", AMIRA)
    amira, approval = User.objects.get(username="amira"), Approval.objects.get()
    role = reverse("access:role", args=[amira.pk])

    client.force_login(colleague)
    page = client.get(reverse("access:account", args=[amira.pk])).content.decode()
    agreed = client.post(role, {"what": "approve", "approval": approval.pk})
    client.force_login(administrator)
    invited = client.post(role, {"what": "carry_out", "approval": approval.pk})

    assert AMIRA["reason"] in page
    assert agreed.status_code == 302
    assert link_in(invited)
    assert actions_about(amira) == ["access.opened", "access.gave_role"]


def test_refused_account_stays_shut_and_can_be_asked_for_once_more(
    client, administrator, colleague
):
    client.force_login(administrator)
    client.post("/accounts/open/", AMIRA)
    amira, approval = User.objects.get(username="amira"), Approval.objects.get()
    role = reverse("access:role", args=[amira.pk])
    twice = client.post(role, as_seen(amira, what="ask", reason="I ask again."))
    actions.refuse(approval=approval, reason="Nobody knows her.", by=colleague, at=timezone.now())

    page = client.get(reverse("access:account", args=[amira.pk])).content.decode()
    unseen = client.post(role, {"what": "ask", "reason": "Her office wrote."})
    again = client.post(role, as_seen(amira, what="ask", reason="Her office wrote."))

    assert (twice.status_code, unseen.status_code) == (409, 409)
    assert "Ask once more" in page
    assert again.status_code == 302
    assert Approval.objects.filter(kind=ApprovalKind.ROLE_GRANT).count() == 2


@pytest.mark.parametrize("what", ["reset", "role"])
@pytest.mark.parametrize("named", ["", "a\x00b", "018f3c1e-0000-7000-8000-000000000000"])
def test_approval_that_is_none_is_absent(client, administrator, colleague, what, named):
    client.force_login(administrator)

    address = reverse(f"access:{what}", args=[colleague.pk])

    assert client.post(address, {"what": "approve", "approval": named}).status_code == 404


def as_seen(user, **typed):
    """What is sent by an administrator who opened the account as it stands."""
    return {"seen": version_of_account(user)} | typed


def link_in(response) -> str:
    return re.search(r"http://testserver(/sign-in/invitation/[^<]+)<", response.content.decode())[1]


def take_up(client, link, password=NEW):
    page = client.get(link)
    return client.post(page["Location"], {"new_password1": password, "new_password2": password})


def test_account_is_opened_by_invitation(client, administrator):
    client.force_login(administrator)
    invited = open_amira(client)
    client.post("/sign-out/")

    response = take_up(client, link_in(invited))

    amira = User.objects.get(username="amira")
    assert (amira.role, amira.region) == ("registrar", "IQ-BG")
    assert amira.check_password(NEW)
    assert response["Location"] == "/my-sign-in/"
    assert "Set up a second factor now" in client.get("/my-sign-in/").content.decode()
    assert client.get("/children/")["Location"] == "/my-sign-in/"
    assert client.get("/my-sign-in/app/").status_code == 200
    assert actions_about(amira) == [
        "access.opened",
        "access.gave_role",
        "access.invitation_taken_up",
    ]


def test_invitation_is_good_once(client, administrator):
    client.force_login(administrator)
    link = link_in(open_amira(client))
    client.post("/sign-out/")
    take_up(client, link)
    client.post("/sign-out/")

    page = client.get(link).content.decode()

    assert "This invitation is no longer good" in page


def test_new_invitation_voids_the_one_before(client, administrator):
    client.force_login(administrator)
    first = link_in(open_amira(client))
    amira = User.objects.get(username="amira")
    second = link_in(client.post(reverse("access:invite", args=[amira.pk]), as_seen(amira)))
    client.post("/sign-out/")

    assert "no longer good" in client.get(first).content.decode()
    assert client.get(second).status_code == 302


def test_invitation_to_a_closed_account_is_void(client, administrator, at):
    client.force_login(administrator)
    link = link_in(open_amira(client))
    amira = User.objects.get(username="amira")
    actions.close_account(user=amira, by=administrator, at=at)
    client.post("/sign-out/")

    assert "no longer good" in client.get(link).content.decode()


def test_weak_password_is_not_taken(client, administrator):
    client.force_login(administrator)
    link = link_in(open_amira(client))
    client.post("/sign-out/")

    response = take_up(client, link, password="short")

    assert response.status_code == 422
    assert not User.objects.get(username="amira").has_usable_password()


def test_account_that_exists_is_not_opened_again(client, administrator, make_user):
    make_user("amira")
    client.force_login(administrator)

    assert open_amira(client).status_code == 409


def test_form_says_what_is_wrong(client, administrator):
    client.force_login(administrator)

    response = client.post("/accounts/open/", {"username": "two words", "role": "clock"})

    assert response.status_code == 422
    assert "letters, digits" in response.content.decode()
    assert User.objects.count() == 1


@pytest.mark.parametrize("role", [Role.TRACING_OFFICER, Role.AUDITOR])
def test_accounts_are_closed_to_anyone_else(client, make_user, role):
    someone = make_user(role=role)
    client.force_login(someone)

    for name in ("access:accounts", "access:open_account"):
        assert client.get(reverse(name)).status_code == 403
    for name in ("access:invite", "access:reset", "access:close_account"):
        assert client.post(reverse(name, args=[someone.pk])).status_code == 403
    assert client.get(reverse("access:account", args=[someone.pk])).status_code == 403


def test_administration_takes_a_fresh_proof_and_keeps_the_form(
    client, administrator, pass_time, code
):
    secret = generate_totp_secret()
    TOTP.activate(administrator, secret)
    client.force_login(administrator)
    pass_time(6)

    asked = client.post("/accounts/open/", AMIRA)
    proved = client.post(asked["Location"], {"code": code(secret=secret)})
    page = client.get(proved["Location"]).content.decode()

    assert asked["Location"] == "/sign-in/confirm/?next=%2Faccounts%2Fopen%2F"
    assert not User.objects.filter(username="amira").exists()
    assert proved["Location"] == "/sign-in/carry-on/"
    assert 'name="username" value="amira"' in page
    assert "needs a fresh proof" in client.get("/sign-in/confirm/").content.decode()


def test_closing_an_account_ends_its_sessions(client, administrator, with_app, give_password, code):
    elsewhere = type(client)()
    give_password(elsewhere)
    elsewhere.post("/sign-in/code/", {"code": code()})
    assert elsewhere.get("/children/").status_code == 200
    client.force_login(administrator)
    page = client.get(reverse("access:account", args=[with_app.pk])).content.decode()

    response = client.post(reverse("access:close_account", args=[with_app.pk]))

    assert "Open sessions" in page
    assert response.status_code == 302
    assert elsewhere.get("/children/").status_code == 302
    assert actions_about(with_app)[-2:] == ["access.session_ended", "access.closed"]
    assert "This account is closed." in client.get(response["Location"]).content.decode()


def test_second_factor_is_reset_by_two_people(client, administrator, colleague, with_app):
    SocialAccount.objects.create(user=with_app, provider="oidc", uid="subject-1")
    address = reverse("access:reset", args=[with_app.pk])
    page = reverse("access:account", args=[with_app.pk])
    client.force_login(administrator)
    client.post(
        address, as_seen(with_app, what="ask", reason="Telephone stolen; I know his voice.")
    )
    approval = client.get(page).context["asked"]
    alone = client.post(address, {"what": "approve", "approval": approval.pk})
    early = client.post(address, {"what": "carry_out", "approval": approval.pk})
    client.force_login(colleague)
    seen = client.get(page).content.decode()
    client.post(address, {"what": "approve", "approval": approval.pk})
    not_hers = client.post(address, {"what": "carry_out", "approval": approval.pk})
    client.force_login(administrator)

    done = client.post(address, {"what": "carry_out", "approval": approval.pk})

    assert (alone.status_code, early.status_code, not_hers.status_code) == (409, 409, 409)
    assert "Telephone stolen; I know his voice." in seen
    assert link_in(done).startswith("/sign-in/invitation/")
    assert not Authenticator.objects.filter(user=with_app).exists()
    assert not SocialAccount.objects.filter(user=with_app).exists()
    with_app.refresh_from_db()
    assert not with_app.has_usable_password()
    assert "access.second_factor_reset" in actions_about(with_app)
    again = client.post(address, {"what": "carry_out", "approval": approval.pk})
    assert again.status_code == 409


def test_reset_may_be_refused(client, administrator, colleague, with_app):
    address = reverse("access:reset", args=[with_app.pk])
    client.force_login(administrator)
    client.post(address, as_seen(with_app, what="ask", reason="He wrote to me."))
    approval = client.get(reverse("access:account", args=[with_app.pk])).context["asked"]
    client.force_login(colleague)

    client.post(address, {"what": "refuse", "approval": approval.pk, "reason": "Call him first."})

    assert client.get(reverse("access:account", args=[with_app.pk])).context["asked"] is None
    assert Authenticator.objects.filter(user=with_app).count() == 2


def test_reset_of_one_account_is_no_reset_of_another(
    client, administrator, colleague, make_user, at
):
    one, other = make_user("one"), make_user("other")
    approval = actions.request_approval(
        kind="mfa_reset",
        payload={"account": str(one.pk)},
        reason="Key lost.",
        by=administrator,
        at=at,
    )
    actions.approve(approval=approval, by=colleague, at=at)

    with pytest.raises(actions.NotApproved):
        actions.reset_second_factor(user=other, approval=approval, by=administrator, at=at)


def test_only_administrators_invite_and_reset(make_user, at):
    someone = make_user()

    with pytest.raises(NotAllowed):
        actions.invite(user=someone, by=make_user(), at=at)
    with pytest.raises(NotAllowed):
        actions.reset_second_factor(user=someone, approval=None, by=make_user(), at=at)


def test_closed_account_is_not_invited(administrator, make_user, at):
    user = make_user()
    actions.close_account(user=user, by=administrator, at=at)

    with pytest.raises(RuleBroken):
        actions.invite(user=user, by=administrator, at=at)


@pytest.fixture
def two_browsers(client, with_app, give_password, code):
    """The officer, signed in here and elsewhere."""
    elsewhere = type(client)(REMOTE_ADDR="192.0.2.9", HTTP_USER_AGENT="Mozilla Firefox/1 (Windows)")
    for browser, shown in ((client, code()), (elsewhere, code(steps=1))):
        give_password(browser)
        browser.post("/sign-in/code/", {"code": shown})
    return client, elsewhere


def test_sessions_are_listed_and_one_is_ended(two_browsers, with_app):
    here, elsewhere = two_browsers
    page = here.get("/my-sign-in/").content.decode()
    session = UserSession.objects.get(ip="192.0.2.9")

    response = here.post("/my-sign-in/sessions/", {"session": session.pk})

    assert "Firefox · Windows" in page
    assert "192.0.2.9" in page
    assert "another device" in page
    assert response["Location"] == "/my-sign-in/"
    assert elsewhere.get("/children/").status_code == 302
    assert here.get("/children/").status_code == 200
    assert "access.session_ended" in actions_about(with_app)


def test_all_other_sessions_are_ended_at_once(two_browsers):
    here, elsewhere = two_browsers

    here.post("/my-sign-in/sessions/")

    assert elsewhere.get("/children/").status_code == 302
    assert here.get("/children/").status_code == 200


def test_session_of_someone_else_is_not_ended(client, two_browsers, make_user):
    here, _ = two_browsers
    client = type(client)()
    client.force_login(make_user("karim"))

    client.post("/my-sign-in/sessions/", {"session": UserSession.objects.first().pk})

    assert here.get("/children/").status_code == 200


def test_changing_the_password_ends_every_other_session(two_browsers, with_app):
    here, elsewhere = two_browsers
    assert here.get("/my-sign-in/password/").status_code == 200

    changed = here.post(
        "/my-sign-in/password/",
        {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW},
    )

    with_app.refresh_from_db()
    assert changed["Location"] == "/my-sign-in/"
    assert with_app.check_password(NEW)
    assert elsewhere.get("/children/").status_code == 302
    assert here.get("/children/").status_code == 200
    assert "access.password_changed" in actions_about(with_app)


def test_wrong_password_changes_nothing(two_browsers, with_app):
    here, elsewhere = two_browsers

    response = here.post(
        "/my-sign-in/password/",
        {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW},
    )

    with_app.refresh_from_db()
    assert response.status_code == 422
    assert with_app.check_password(PASSWORD)
    assert elsewhere.get("/children/").status_code == 200


# Two administrators at once


def test_invitation_that_another_gave_meanwhile_is_not_voided(
    client, administrator, colleague, with_app, at
):
    before = as_seen(with_app)
    actions.invite(user=with_app, by=colleague, at=at)
    client.force_login(administrator)

    late = client.post(reverse("access:invite", args=[with_app.pk]), before)

    page = late.content.decode()
    assert late.status_code == 409
    assert "It was \u2068zoya\u2069" in page
    assert f'name="seen" value="{version_of_account(with_app)}"' in page
    assert actions_about(with_app).count("access.invited") == 1


def test_reset_that_another_asked_for_meanwhile_is_not_asked_for_again(
    client, administrator, colleague, with_app
):
    address = reverse("access:reset", args=[with_app.pk])
    both = as_seen(with_app, what="ask", reason="Telephone stolen; I know his voice.")
    client.force_login(colleague)
    client.post(address, both)
    client.force_login(administrator)

    late = client.post(address, both)

    assert late.status_code == 409
    assert "Telephone stolen; I know his voice.</blockquote>" in late.content.decode()
    assert resets_of(user=with_app).count() == 1


def test_answer_to_a_reset_changes_the_version(administrator, colleague, with_app, at):
    asked = actions.ask_for_reset(
        user=with_app, reason="Lost.", seen=version_of_account(with_app), by=administrator, at=at
    )
    before = version_of_account(with_app)

    actions.approve(approval=asked, by=colleague, at=at)

    assert version_of_account(with_app) != before


def test_account_can_be_closed_whatever_became_of_it(
    client, administrator, colleague, with_app, at
):
    actions.invite(user=with_app, by=colleague, at=at)
    client.force_login(administrator)

    response = client.post(reverse("access:close_account", args=[with_app.pk]))

    assert response.status_code == 302
    again = client.post(
        reverse("access:close_account", args=[with_app.pk]), headers={"accept": "text/html"}
    )
    assert again.status_code == 409
    assert "It was \u2068zaur\u2069" in again.content.decode()
