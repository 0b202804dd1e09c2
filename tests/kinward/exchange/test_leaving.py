from __future__ import annotations

import pyrage
import pytest
from django.urls import reverse

from kinward.access.actions import approve
from kinward.access.models import Approval, Role


@pytest.fixture
def manager(make_user):
    return make_user("mina", role=Role.PROGRAMME_MANAGER)


def asked(**other):
    key = str(pyrage.x25519.Identity.generate().to_public())
    return {"recipient": "The new office", "key": key, "reason": "We move."} | other


def test_page_asks_and_tells_what_became_of_it(client, manager, make_user):
    client.force_login(manager)
    address = reverse("exchange:archive")

    waits = client.post(address, asked(), follow=True).content.decode()
    approval = Approval.objects.get(kind="archive")
    approve(
        approval=approval,
        by=make_user(role=Role.DATA_PROTECTION_OFFICER),
        at=approval.requested_at,
    )
    ready = client.get(address).content.decode()

    assert "waits for a second person" in waits
    assert f"kinward archive {approval.pk} FILE" in ready
    assert approval.reason == "The new office: We move."


def test_page_refuses_what_is_no_age_key(client, manager):
    client.force_login(manager)

    response = client.post(reverse("exchange:archive"), asked(key="ssh-rsa AAAA"))

    assert response.status_code == 422
    assert "This is no age key" in response.content.decode()
    assert Approval.objects.count() == 0


def test_page_is_for_managers(client, make_user):
    client.force_login(make_user(role=Role.CASE_WORKER))

    assert client.get(reverse("exchange:archive")).status_code == 403
