"""A phone carries the fewest children and the fewest facts, and each of them is a read."""

from __future__ import annotations

from datetime import datetime, timedelta

import operation
import pytest
from django.utils import timezone

from kinward.access.actions import assign
from kinward.access.models import Purpose, Role
from kinward.access.queries import files_read
from kinward.audit.models import Event
from kinward.field import actions
from kinward.field.models import Device, More, Pack
from kinward.field.rules import MOST_CHILDREN

pytestmark = pytest.mark.django_db
ELSEWHERE = "SY-HA"
CANARIES = {"father": "Канарейкин", "found_at": "Canary prison", "mark": "a canary scar"}


@pytest.fixture
def manager(make_user):
    return make_user("manager", role=Role.PROGRAMME_MANAGER)


@pytest.fixture
def give(amira, manager):
    def given(child):
        now = timezone.now()
        until = now + timedelta(days=30)
        told = {"purpose": Purpose.REGISTRATION, "until": until, "reason": "hers"}
        return assign(subject=child.pk, to=amira, **told, by=manager, at=now)

    return given


@pytest.fixture
def child(make_child, give, say):
    told = [
        say("name", text="Руслан"),
        say("born", edtf="2012-05"),
        *(say(kind, text=words) for kind, words in CANARIES.items()),
    ]
    made = make_child(statements=told, region=ELSEWHERE)
    give(made)
    return made


def test_pack_holds_who_a_child_is_and_not_where_nor_whose(ask, phone, child):
    answer = ask(phone, "pack")

    (told,) = answer.json()["children"]
    assert (told["record"], told["name"], told["born"]) == (str(child.pk), "Руслан", "2012-05")
    assert told["consents"] == {"tracing": "given"}
    assert [words for words in CANARIES.values() if words in answer.content.decode()] == []


def test_relatives_and_whereabouts_are_carried_once_allowed(ask, phone, child, manager):
    device, now = Device.objects.get(), timezone.now()
    for what in More:
        actions.allow_more(device=device, what=what, reason="a visit", by=manager, at=now)

    told = ask(phone, "pack").json()["children"][0]["facts"]

    assert told["father"][0]["text"] == CANARIES["father"]
    assert told["found_at"][0]["text"] == CANARIES["found_at"]
    assert "mark" not in told


def test_children_who_are_not_assigned_stay_at_home(ask, phone, make_child):
    make_child("Али", region="IQ-BG")

    assert ask(phone, "pack").json()["children"] == []


def test_pack_ends_within_a_week_and_is_written_down(ask, phone, child, amira):
    told = ask(phone, "pack").json()

    pack = Pack.objects.get()
    expires, packed = (datetime.fromisoformat(told[name]) for name in ("expires_at", "packed_at"))
    assert expires - packed == timedelta(days=7)
    assert pack.children == [str(child.pk)]
    assert Event.objects.get(action="field.packed").object_id == str(child.pk)
    assert files_read(amira, at=timezone.now()) == 1


def test_pack_has_no_more_children_than_a_phone_may_carry(ask, phone, make_child, amira, manager):
    now = timezone.now()
    for number in range(MOST_CHILDREN + 2):
        made = make_child(f"Руслан {number}", region=ELSEWHERE)
        until = now + timedelta(days=30 + number)
        told = {"purpose": Purpose.REGISTRATION, "until": until, "reason": "hers"}
        assign(subject=made.pk, to=amira, **told, by=manager, at=now)

    assert len(ask(phone, "pack").json()["children"]) == MOST_CHILDREN


def test_manifests_are_frozen_into_the_pack_of_an_escort(
    ask, make_phone, make_user, make_child, at
):
    children = [make_child(name) for name in ("Руслан", "Али")]
    planned = operation.plan(make_user, children, at)
    aza = planned.counters[0]
    phone = make_phone(aza)

    told = ask(phone, "pack", aza).json()

    assert [each["checkpoint"] for each in told["manifests"]] == [
        str(each.pk) for each in planned.checkpoints.values()
    ]
    assert [each["child"] for each in told["manifests"][0]["children"]] == [
        str(each.pk) for each in children
    ]
    assert {each["name"] for each in told["manifests"][0]["children"]} == {
        "MADEUP CHILD 1",
        "MADEUP CHILD 2",
    }
    assert Event.objects.filter(action="field.packed").count() == 2
    assert told["children"] == []
