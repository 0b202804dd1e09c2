"""Phones are enrolled once by a token, known by their secret, and wiped once revoked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from phone import Phone

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed, NotFound
from kinward.field import actions
from kinward.field.models import Contact, Device, Entry, Invitation, More
from kinward.field.rules import INVITATION_HOLDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(admin, amira, at):
    return actions.invite_device(account=amira, by=admin, at=at).token


def test_phone_is_enrolled_and_known_afterwards(client, admin, amira):
    from django.utils import timezone  # noqa: PLC0415 (what a door reads)

    token = actions.invite_device(account=amira, by=admin, at=timezone.now()).token
    client.force_login(amira)
    told = {"token": token, "name": "Galaxy"}

    answer = client.post("/field/api/enrol", told, content_type="application/json")

    made = answer.json()
    proof = {"Kinward-Device": f"{made['device']}.{made['secret']}"}
    state = client.get("/field/api/state", headers=proof).json()
    assert answer.status_code == 201
    assert state["key"] == made["key"]
    assert (state["revoked"], state["key_id"]) == (False, made["key_id"])
    assert set(state["forms"]) == {"child", "annex", "request", "mentions", "count", "visit"}
    assert made["secret"] not in str(Device.objects.values().get())


def test_token_works_once(token, amira, at):
    actions.enrol_device(token=token, name="", by=amira, at=at)

    with pytest.raises(actions.TokenSpent):
        actions.enrol_device(token=token, name="", by=amira, at=at)
    assert Device.objects.count() == 1


def test_token_ends_after_ten_minutes(token, amira, at):
    with pytest.raises(actions.TokenSpent):
        actions.enrol_device(token=token, name="", by=amira, at=at + INVITATION_HOLDS)
    assert Device.objects.count() == 0


def test_token_of_another_account_is_not_known(token, make_user, at):
    other = make_user("other", role=Role.CASE_WORKER)

    with pytest.raises(actions.NoSuchToken):
        actions.enrol_device(token=token, name="", by=other, at=at)


def test_token_is_kept_as_a_digest(token):
    assert token not in str(Invitation.objects.values().get())


def test_invitations_are_made_by_who_manages_phones_for_who_works_with_one(amira, admin, at):
    with pytest.raises(NotAllowed):
        actions.invite_device(account=amira, by=amira, at=at)
    with pytest.raises(NotFound):
        actions.invite_device(account=admin, by=admin, at=at)


def test_guessing_tokens_is_stopped(client, amira):
    client.force_login(amira)
    told = {"token": "guessed", "name": ""}

    met = [
        client.post("/field/api/enrol", told, content_type="application/json").status_code
        for _try in range(12)
    ]

    assert met == [404] * 10 + [429] * 2
    assert Event.objects.filter(action="field.refused_phone").count() == 10


@pytest.mark.parametrize("proof", ["", "x.y", "018f3c1e-0000-7000-8000-000000000000.y"])
def test_phone_that_proves_nothing_is_told_to_sign_in(client, amira, proof):
    client.force_login(amira)

    answer = client.get("/field/api/state", headers={"Kinward-Device": proof})

    assert answer.status_code == 401


def test_phone_of_another_account_is_not_known(ask, phone, make_user):
    other = make_user("other", role=Role.CASE_WORKER)

    assert ask(phone, "state", other).status_code == 401


def test_nobody_signed_in_is_told_so_as_json(client, phone):
    answer = client.get("/field/api/state", headers={"Kinward-Device": phone.header})

    assert (answer.status_code, answer.json()["status"]) == (401, 401)


def test_revoked_phone_is_told_to_wipe_itself_and_takes_nothing_in(ask, post, phone, amira, at):
    device = Device.objects.get()
    actions.revoke_device(device=device, reason="lost", by=amira, at=at)

    answers = [
        ask(phone, "state"),
        ask(phone, "pack"),
        post(phone, "sync", {"entries": [phone.child("Руслан")], "seq": 0}, amira),
    ]

    assert [each.status_code for each in answers] == [410, 410, 410]
    assert Entry.objects.count() == 0
    assert Event.objects.filter(action="field.met_revoked_phone").count() == 3


def test_contact_is_remembered(ask, phone, at):
    Contact.objects.update(last_at=at - timedelta(days=30))

    ask(phone, "state")

    assert Contact.objects.get().last_at > at - timedelta(days=29)


def test_entries_of_a_phone_before_are_taken_from_the_next(sync, make_phone):
    before, now = make_phone(), make_phone()
    entry = before.child("Руслан") | {"device": before.device}

    (result,) = sync(now, entry)

    assert result["state"] == "kept"


def test_nobody_allows_more_for_their_own_phone(phone, amira, at):
    with pytest.raises(NotAllowed):
        actions.allow_more(
            device=Device.objects.get(), what=More.RELATIVES, reason="why", by=amira, at=at
        )


def test_other_phones_are_not_there_for_who_manages_none(phone, make_user, at):
    other = make_user("other", role=Role.CASE_WORKER)

    with pytest.raises(NotFound):
        actions.revoke_device(device=Device.objects.get(), reason="lost", by=other, at=at)


def test_protocol_of_the_test_phone_is_the_one_of_the_server(phone):
    assert isinstance(phone, Phone)
    assert len(phone.key) == 87  # 65 bytes as base64url
