"""A machine acts by a token: for one purpose, for what it was let do, up to a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kinward.access import actions, queries
from kinward.access.models import Purpose, Role, Token
from kinward.access.rules import Permission
from kinward.audit.models import Event
from kinward.core.doors import policies_of_operations
from kinward.core.errors import NotFound

pytestmark = pytest.mark.django_db
SEE = Permission.SEE_CHILDREN
PAGE = "/my-sign-in/machines/"


@pytest.fixture
def owner(make_user):
    return make_user("huda", role=Role.REGISTRAR, region="IQ-BG")


@pytest.fixture
def give(owner):
    def given(*scopes, purpose=Purpose.REGISTRATION, days=30, by=owner, at=None):
        return actions.give_token(
            name="the sheet of the office",
            purpose=purpose,
            scopes=scopes or [SEE],
            days=days,
            by=by,
            at=at or timezone.now(),
        )

    return given


@pytest.fixture
def asked(make_client):
    """Ask as a machine that shows a token, and has no session."""

    def ask(secret, path="/api/children", **options):
        client = make_client(enforce_csrf_checks=True)
        call = client.post if "data" in options else client.get
        return call(path, headers={"authorization": f"Bearer {secret}"}, **options)

    return ask


def test_machine_reads_what_its_token_opens_as_its_account_for_its_purpose(
    give, asked, make_child, owner
):
    child = make_child("رسلان", by=owner)
    _token, secret = give(purpose=Purpose.TRACING)

    answer = asked(secret)

    assert [each["id"] for each in answer.json()["items"]] == [str(child.pk)]
    read = Event.objects.get(action="people.listed", object_id=str(child.pk))
    assert (read.actor, read.purpose) == ("huda", "tracing")


def test_token_is_kept_nowhere(give):
    token, secret = give()

    assert secret.startswith("kwt_")
    kept = Token.objects.filter(pk=token.pk).values().get()
    assert not [value for value in kept.values() if secret in str(value)]
    assert not Event.objects.filter(details__icontains=secret).exists()


def test_machine_may_not_do_what_its_account_may_and_its_token_does_not_say(give, asked):
    _token, secret = give()
    body = {
        "statements": [
            {
                "property": "name",
                "value": {"text": "Ruslan"},
                "said_by": "child",
                "method": "interview",
            }
        ]
    }

    refused = asked(secret, data=body, content_type="application/json")
    _token, wider = give(SEE, Permission.REGISTER_CHILD)
    taken = asked(wider, data=body, content_type="application/json")

    assert (refused.status_code, taken.status_code) == (403, 201)


def test_machine_without_session_needs_no_proof_of_a_page(give, asked):
    _token, secret = give(Permission.REGISTER_CHILD)

    answer = asked(secret, data={"statements": []}, content_type="application/json")

    assert answer.status_code == 201


@pytest.mark.parametrize("secret", ["", "kwt_", "kwt_" + "x" * 43, "é", "a b"])
def test_token_that_nobody_gave_opens_nothing(asked, secret):
    answer = asked(secret)

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


def test_token_that_ran_out_opens_nothing(give, asked):
    _token, secret = give(days=1, at=timezone.now() - timedelta(days=1))

    assert asked(secret).status_code == 401


def test_ended_token_opens_nothing(give, asked, owner):
    token, secret = give()
    before = asked(secret).status_code

    actions.end_token(token_id=token.pk, by=owner, at=timezone.now())

    assert (before, asked(secret).status_code) == (200, 401)
    with pytest.raises(NotFound):
        actions.end_token(token_id=token.pk, by=owner, at=timezone.now())


def test_token_ends_with_its_account(give, asked, owner):
    _token, secret = give()
    owner.is_active = False
    owner.save()

    assert asked(secret).status_code == 401


def test_token_counts_for_more_than_a_session(give, client, make_user):
    _token, secret = give()
    client.force_login(make_user("auditor", role=Role.AUDITOR))

    answer = client.get("/api/children", headers={"authorization": f"Bearer {secret}"})
    wrong = client.get("/api/children", headers={"authorization": "Bearer kwt_wrong"})

    assert (answer.status_code, wrong.status_code) == (200, 401)


def test_token_opens_no_page(give, make_client):
    _token, secret = give()

    answer = make_client().get("/children/", headers={"authorization": f"Bearer {secret}"})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    "more",
    [
        {"days": 0},
        {"days": 91},
        {"purpose": Purpose.OVERSIGHT},
        {"scopes": [Permission.SEE_CANDIDATES]},  # not of the role
        {"scopes": [Permission.MANAGE_ACCOUNTS]},  # of no operation
        {"scopes": []},
        {"name": " "},
    ],
)
def test_token_for_more_than_its_account_is_not_given(owner, more):
    asked = {"name": "it", "purpose": Purpose.REGISTRATION, "scopes": [SEE], "days": 30} | more

    with pytest.raises(actions.UnfitToken):
        actions.give_token(**asked, by=owner, at=timezone.now())


def test_token_of_another_is_absent(give, make_user):
    token, _secret = give()

    with pytest.raises(NotFound):
        actions.end_token(token_id=token.pk, by=make_user("other"), at=timezone.now())


def test_every_scope_is_a_permission_that_an_operation_asks_for():
    assert SEE in policies_of_operations()
    assert policies_of_operations() - {"everybody who signed in"} <= set(Permission)


def test_page_shows_a_token_once(client, owner):
    client.force_login(owner)
    asked = {"name": "sheet", "purpose": "registration", "scopes": [SEE], "days": "7"}

    shown = client.post(PAGE, asked).content.decode()
    later = client.get(PAGE).content.decode()

    (token,) = queries.tokens(user=owner)
    assert "kwt_" in shown
    assert "kwt_" not in later
    assert "sheet" in later
    assert token.expires_at - token.given_at == timedelta(days=7)


def test_page_says_what_is_wrong(client, owner):
    client.force_login(owner)

    answer = client.post(PAGE, {"name": "", "purpose": "registration", "days": "400"})

    assert answer.status_code == 422
    assert not queries.tokens(user=owner).exists()


def test_page_ends_a_token(client, owner, give):
    token, _secret = give()
    client.force_login(owner)

    answer = client.post(f"{PAGE}{token.pk}/end/")

    assert answer.status_code == 302
    assert queries.tokens(user=owner).get().end.ended_by == owner
