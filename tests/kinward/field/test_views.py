"""The pages about phones."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kinward.access.models import Role
from kinward.field.models import Device, Entry, Invitation
from kinward.people.models import Kind, Person

pytestmark = pytest.mark.django_db


def test_code_is_shown_once_as_a_picture_and_as_text(client, admin, amira):
    client.force_login(admin)

    shown = client.post("/phones/invite/", {"account": str(amira.pk)})

    assert shown.status_code == 200
    assert "<svg" in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    assert Invitation.objects.get().account == amira


def test_codes_are_made_for_accounts_that_work_with_a_phone(client, admin):
    client.force_login(admin)

    refused = client.post("/phones/invite/", {"account": str(admin.pk)})

    assert refused.status_code == 422
    assert Invitation.objects.count() == 0


def test_manager_sees_every_phone_and_a_worker_their_own(
    client, make_phone, admin, amira, make_user
):
    other = make_user("other", role=Role.CASE_WORKER)
    make_phone(amira, "Galaxy")
    make_phone(other, "Nokia")

    client.force_login(admin)
    of_all = client.get("/phones/").content.decode()
    client.force_login(amira)
    own = client.get("/phones/").content.decode()

    assert ("Galaxy" in of_all, "Nokia" in of_all) == (True, True)
    assert ("Galaxy" in own, "Nokia" in own) == (True, False)


def test_phones_cost_as_many_queries_however_many(
    client, make_phone, admin, django_assert_max_num_queries
):
    make_phone()
    client.force_login(admin)
    client.get("/phones/")
    with django_assert_max_num_queries(60) as one:
        client.get("/phones/")
    for _each in range(5):
        make_phone()

    with django_assert_max_num_queries(len(one)):
        client.get("/phones/")


def test_phone_is_revoked_for_a_reason(client, phone, amira):
    client.force_login(amira)
    device = Device.objects.get()

    refused = client.post(f"/phones/{device.pk}/revoke/", {"reason": ""})
    done = client.post(f"/phones/{device.pk}/revoke/", {"reason": "lost"})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert Device.objects.get().revocation.reason == "lost"
    assert "lost" in client.get(f"/phones/{device.pk}/").content.decode()


def card(*entries, **told):
    content = {"format": "kinward-field-queue", "version": 1, "entries": list(entries)} | told
    return {"file": SimpleUploadedFile("queue.json", json.dumps(content).encode())}


def test_queue_that_came_by_card_is_taken_in_once(client, sync, phone, amira):
    told = phone.child("Руслан") | {"device": phone.device}
    also = phone.child("Али") | {"device": phone.device}
    sync(phone, told)
    client.force_login(amira)

    answer = client.post("/phones/card/", card(told, also))

    assert answer.status_code == 302
    assert Person.objects.filter(kind=Kind.CHILD).count() == 2
    assert list(Entry.objects.order_by("seq").values_list("carried", flat=True)) == [False, True]


@pytest.mark.parametrize(
    "content", [{"format": "another"}, {"entries": [3]}, {"entries": [{"device": "x"}]}]
)
def test_file_that_is_no_queue_is_refused_in_words(client, amira, content):
    client.force_login(amira)

    assert client.post("/phones/card/", card(**content)).status_code == 422


def test_refused_entries_are_listed_with_every_reason(client, sync, phone, amira):
    sync(phone, phone.child("Руслан", answers={"sex": "boy", "hat": "red"}))
    client.force_login(amira)

    shown = client.get("/phones/sent/").content.decode()

    assert "hat" in shown
    assert "sex" in shown
