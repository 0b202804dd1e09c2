from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from kinward.access import actions
from kinward.access.management.commands import open_account
from kinward.access.models import Role, User, clock
from kinward.access.queries import accounts, may, open_compartments, signed_in
from kinward.access.rules import Permission
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed, NotSignedIn, RuleBroken

PASSWORD = "seven wet herons at dusk"


@pytest.fixture
def administrator(make_user):
    return make_user("zaur", role=Role.ADMINISTRATOR)


def test_account_is_opened_by_an_administrator(administrator, at):
    user = actions.open_account(
        username="amira",
        password=PASSWORD,
        role=Role.REGISTRAR,
        full_name="Amira Test",
        region="IQ-BG",
        language="ar",
        by=administrator,
        at=at,
    )

    stored = User.objects.get(username="amira")
    assert (stored.pk, stored.role, stored.region, stored.language) == (
        user.pk,
        "registrar",
        "IQ-BG",
        "ar",
    )
    assert stored.check_password(PASSWORD)
    assert stored.password.startswith("argon2$")
    assert stored.opened_at == at
    assert not stored.is_active  # until a second person agrees
    event = Event.objects.get(action="access.opened")
    assert (event.actor, event.object_id) == ("zaur", str(user.pk))
    assert PASSWORD not in str(event.details)


@pytest.mark.parametrize("role", [Role.TRACING_OFFICER, Role.PROGRAMME_MANAGER, Role.AUDITOR])
def test_account_is_not_opened_by_anyone_else(make_user, at, role):
    with pytest.raises(NotAllowed):
        actions.open_account(
            username="friend",
            password=PASSWORD,
            role=Role.REGISTRAR,
            by=make_user(role=role),
            at=at,
        )

    assert not User.objects.filter(username="friend").exists()


@pytest.mark.django_db
def test_first_account_is_opened_on_the_machine_itself(at):
    user = actions.open_account(
        username="zaur", password=PASSWORD, role=Role.ADMINISTRATOR, by=clock(), at=at
    )

    assert user.role == Role.ADMINISTRATOR


@pytest.mark.parametrize("role", [Role.TRACING_OFFICER, Role.AUDITOR])
def test_machine_opens_only_accounts_that_agree_to_others(administrator, at, role):
    with pytest.raises(NotAllowed):
        actions.open_account(username="thief", password=PASSWORD, role=role, by=clock(), at=at)


def test_role_is_given_upon_exactly_what_was_agreed(administrator, make_user, at):
    manager = make_user(role=Role.PROGRAMME_MANAGER)
    first, second = (
        actions.open_account(username=name, role=Role.REGISTRAR, by=administrator, at=at)
        for name in ("amira", "basma")
    )
    asked = actions.ask_for_role(user=first, reason="She registers.", by=administrator, at=at)
    for user, given in ((first, asked), (second, asked)):
        with pytest.raises(actions.NotApproved):
            actions.give_role(user=user, approval=given, by=administrator, at=at)
    actions.approve(approval=asked, by=manager, at=at)

    with pytest.raises(actions.NotApproved):
        actions.give_role(user=second, approval=asked, by=administrator, at=at)
    with pytest.raises(NotAllowed):
        actions.give_role(user=first, approval=asked, by=manager, at=at)
    opened = actions.give_role(user=first, approval=asked, by=administrator, at=at)

    assert may(opened, Permission.REGISTER_CHILD)
    with pytest.raises(actions.AccountChanged):
        actions.ask_for_role(user=opened, reason="Once more.", by=administrator, at=at)


def test_closed_account_is_not_opened_anew_by_two(administrator, make_user, at):
    closed = actions.close_account(user=make_user(), by=administrator, at=at)

    with pytest.raises(actions.AccountChanged):
        actions.ask_for_role(user=closed, reason="She is back.", by=administrator, at=at)


def test_machine_opens_no_third_account(administrator, make_user, at):
    actions.open_account(
        username="zoya", password=PASSWORD, role=Role.PROGRAMME_MANAGER, by=clock(), at=at
    )

    with pytest.raises(NotAllowed):
        actions.open_account(
            username="thief", password=PASSWORD, role=Role.ADMINISTRATOR, by=clock(), at=at
        )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"username": "zaur"}, "such an account already"),
        ({"role": Role.CLOCK}, "no person may have that role"),
        ({"password": "short"}, "too short"),
    ],
)
def test_unfit_account_is_not_opened(administrator, at, changed, said):
    asked = {"username": "amira", "password": PASSWORD, "role": Role.REGISTRAR} | changed

    with pytest.raises(actions.UnfitAccount, match=said):
        actions.open_account(**asked, by=administrator, at=at)

    assert list(User.objects.all()) == [administrator]


def test_closed_account_may_nothing(administrator, make_user, at):
    officer = make_user(role=Role.TRACING_OFFICER)
    assert may(officer, Permission.REVIEW_CANDIDATE)

    closed = actions.close_account(user=officer, by=administrator, at=at)

    assert not may(closed, Permission.REVIEW_CANDIDATE)
    assert not closed.has_perm("tracing.review_candidate")
    assert open_compartments(closed) == frozenset()
    assert Event.objects.filter(action="access.closed", object_id=str(officer.pk)).count() == 1


def test_account_is_closed_once(administrator, make_user, at):
    user = make_user()
    actions.close_account(user=user, by=administrator, at=at)

    with pytest.raises(RuleBroken):
        actions.close_account(user=user, by=administrator, at=at)


def test_account_is_not_closed_by_anyone_else(make_user, at):
    user = make_user()

    with pytest.raises(NotAllowed):
        actions.close_account(user=user, by=make_user(), at=at)

    assert User.objects.get(pk=user.pk).is_active


def test_accounts_are_seen_by_administrators_only(administrator, make_user):
    officer = make_user()

    assert set(accounts(user=administrator)) == {administrator, officer}
    assert list(accounts(user=officer)) == []


def test_database_itself_refuses_an_account_for_the_clock(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("kinward", role=Role.CLOCK)


def test_account_is_greeted_by_its_name_or_else_its_username(make_user):
    assert make_user("amira", full_name="Amira Test").get_full_name() == "Amira Test"
    assert make_user("zaur").get_full_name() == "zaur"


def test_anonymous_may_nothing():
    assert not any(may(AnonymousUser(), permission) for permission in Permission)


def test_signed_in_is_who_makes_the_request(make_user):
    request = RequestFactory().get("/")
    request.user = make_user()

    assert signed_in(request) == request.user


def test_signed_in_refuses_the_anonymous():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    with pytest.raises(NotSignedIn):
        signed_in(request)


@pytest.mark.django_db
def test_command_opens_the_first_account(monkeypatch, nobody_acts):
    monkeypatch.setattr(open_account, "getpass", lambda _: PASSWORD)
    said = StringIO()

    call_command("open_account", "zaur", "--full-name", "Zaur Test", stdout=said)

    assert User.objects.get().full_name == "Zaur Test"
    assert said.getvalue() == "zaur may sign in.\n"


def test_command_opens_the_second_who_agrees(monkeypatch, administrator, nobody_acts):
    monkeypatch.setattr(open_account, "getpass", lambda _: PASSWORD)

    call_command("open_account", "maria", "--role", "programme_manager", stdout=StringIO())

    assert may(User.objects.get(username="maria"), Permission.SEE_APPROVALS)


def test_command_says_in_one_line_why_it_refuses(monkeypatch, administrator, make_user):
    make_user(role=Role.DATA_PROTECTION_OFFICER)
    monkeypatch.setattr(open_account, "getpass", lambda _: PASSWORD)

    with pytest.raises(CommandError, match="You may not open accounts"):
        call_command("open_account", "thief")
