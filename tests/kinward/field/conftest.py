"""A registrar with a phone, and what it sends."""

from __future__ import annotations

import json

import pytest
from phone import Phone

from kinward.access.models import Role
from kinward.field import actions
from kinward.field.sealing import public_key

HERE = "IQ-BG"


@pytest.fixture
def amira(make_user):
    return make_user("amira", role=Role.REGISTRAR, region=HERE)


@pytest.fixture
def admin(make_user):
    return make_user("admin", role=Role.ADMINISTRATOR)


@pytest.fixture
def make_phone(amira, admin, at):
    """Enrol a phone: make_phone(), make_phone(account)."""

    def made(account=None, name="phone"):
        owner = account or amira
        invited = actions.invite_device(account=owner, by=admin, at=at)
        enrolled = actions.enrol_device(token=invited.token, name=name, by=owner, at=at)
        key = public_key(actions.newest_key(by=owner, at=at))
        return Phone(device=str(enrolled.device.pk), secret=enrolled.secret, key=key)

    return made


@pytest.fixture
def phone(make_phone):
    return make_phone()


@pytest.fixture
def post(client):
    """Ask as a phone: post(phone, "sync", {...}, user) answers with status and JSON."""

    def posted(phone, path, content, user, method="post"):
        client.force_login(user)
        header = {"Kinward-Device": phone.header} if phone else {}
        options = {"headers": header, "content_type": "application/json"}
        return getattr(client, method)(f"/field/api/{path}", json.dumps(content), **options)

    return posted


@pytest.fixture
def sync(post, amira):
    """Send entries: sync(phone, entry, …) returns what became of each."""

    def synced(phone, *entries, user=None):
        answer = post(phone, "sync", {"entries": entries, "seq": phone.seq}, user or amira)
        assert answer.status_code == 200, answer.content
        told = answer.json()
        phone.seq = told["seq"]
        return told["results"]

    return synced


@pytest.fixture
def ask(client, amira):
    """Get something as a phone: ask(phone, "pack")."""

    def asked(phone, path, user=None):
        client.force_login(user or amira)
        return client.get(f"/field/api/{path}", headers={"Kinward-Device": phone.header})

    return asked
