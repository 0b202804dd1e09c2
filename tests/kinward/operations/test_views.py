"""Pages of operations: planning, people, manifest; what each role sees; nothing typed is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.operations import actions
from kinward.operations.models import (
    Disclosure,
    Escort,
    Manifest,
    OnPlan,
    Operation,
    Receiver,
    ReceiverNote,
    Signature,
)
from kinward.operations.queries import journey_of

pytestmark = pytest.mark.django_db
LEG = {
    "mode": "air",
    "checkpoints": ["boarded", "landed"],
    "departs_at": "2031-01-05T10:30",
    "arrives_at": "2031-01-05T16:30",
    "carrier": "Test Air",
    "vehicle": "KW401",
    "departs_from": "bgw",
    "arrives_in": "zia",
    "seats": "40",
    "cots": "2",
    "origin-text": "Baghdad",
    "origin-code": "IQ-BG",
    "destination-text": "Moscow",
    "destination-code": "RU-MOW",
}


@pytest.fixture
def at_page(client, operation):
    """Open or send a page of the operation: at_page("put", data={…})."""

    def asked(name, *arguments, data=None, as_=None):
        if as_ is not None:
            client.force_login(as_)
        address = reverse(f"operations:{name}", args=[operation.pk, *arguments])
        return client.get(address) if data is None else client.post(address, data)

    return asked


@pytest.fixture
def frozen(ready, put, name_escorts, draft, rami, zeina, omar, at):
    child = ready()
    put(child)
    name_escorts(accounts=[omar])
    manifest = draft()
    for by in (rami, zeina):
        actions.sign_manifest(manifest=manifest, by=by, at=at)
    return child


def test_operation_is_planned_with_a_leg(client, rami):
    client.force_login(rami)

    answer = client.post(
        reverse("operations:plan"), {"title": "Winter flight", "day": "2031-01-05"}
    )
    operation = Operation.objects.get()
    assert answer.url == reverse("operations:journey", args=[operation.pk])
    client.post(reverse("operations:add_leg", args=[operation.pk]), LEG)
    shown = client.get(answer.url).content.decode()

    (stretch,) = journey_of(operation.pk, user=rami).stretches
    assert (stretch.times.departs_from, stretch.times.seats) == ("BGW", 40)
    assert "KW401" in shown
    assert operation.reference in client.get(reverse("operations:operations")).content.decode()


def test_leg_that_arrives_first_keeps_what_was_typed(at_page, rami):
    answer = at_page("add_leg", data=LEG | {"arrives_at": "2031-01-05T09:00"}, as_=rami)

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "It would arrive before it departs." in shown
    assert 'value="Test Air"' in shown
    assert 'value="IQ-BG"' in shown


def test_children_are_put_on_and_taken_off(at_page, ready, operation, rami):
    child, other = ready(), ready(surname="TESTOVA", given="AISHA")

    offered = at_page("put", as_=rami).content.decode()
    assert child.reference in offered
    at_page("put", data={"references": child.reference, "over": ["1"], "berth": "seat"})
    at_page("put", data={"chosen": [other.reference], "over": ["1"], "berth": "cot"})
    shown = at_page("operation").content.decode()
    assert "No escort is named." in shown
    assert "Testov, Ruslan" in shown
    at_page("take_off", child.pk, data={"reason": "a fever"})

    rows = OnPlan.objects.order_by("recorded_at", "id")
    assert [(row.child_id, row.on) for row in rows] == [
        (child.pk, True),
        (other.pk, True),
        (child.pk, False),
    ]
    assert Event.objects.filter(action="operations.read_plan", actor="rami").exists()


def test_reference_nobody_has_is_named_and_kept(at_page, rami):
    typed = {"references": "C-222-222-222", "over": ["1"], "berth": "seat"}

    answer = at_page("put", data=typed, as_=rami)

    assert answer.status_code == 422
    assert answer.content.decode().count("C-222-222-222") == 2
    assert not OnPlan.objects.exists()


def test_escorts_and_receivers_are_named_on_their_page(at_page, rami, omar, nadia):
    someone = {"surname": "Nasser", "given": "Omar", "organisation": "Red Crescent"}
    at_page(
        "name_escort", data=someone | {"over": ["1"], "at_most": "5", "account": omar.pk}, as_=rami
    )
    place = {"place-text": "Moscow", "place-code": "RU-MOW", "document": "passport 12"}
    at_page("name_receiver", data=someone | place)
    receiver, escort = Receiver.objects.get(), Escort.objects.get()
    assert escort.account == omar
    assert at_page("agree", receiver.pk, data={}).status_code == 422
    at_page("agree", receiver.pk, data={}, as_=nadia)
    assert "authorised" in at_page("escorts").content.decode()
    assert ReceiverNote.objects.get().recorded_by == nadia
    at_page("withdraw", receiver.pk, data={"reason": "moved away"}, as_=rami)
    at_page("end_escort", escort.pk, data={"reason": "ill"})

    shown = at_page("escorts").content.decode()
    assert "moved away" in shown
    assert "No escort is named." in shown


def test_manifest_is_drafted_signed_by_two_and_shown(at_page, ready, put, name_escorts, rami, omar):
    put(ready())
    name_escorts(accounts=[omar, None])
    at_page("draft", data={}, as_=rami)
    at_page("sign", 1, data={})
    again = at_page("sign", 1, data={})
    assert again.status_code == 422
    assert "You signed this version already." in again.content.decode()
    at_page("sign", 1, data={}, as_=omar)

    shown = at_page("manifest").content.decode()
    assert Signature.objects.count() == 2
    assert Manifest.objects.get().digest in shown
    assert "frozen" in shown
    assert "Testov, Ruslan" in shown
    assert Event.objects.filter(action="operations.read_manifest", actor="omar").exists()


def test_names_leave_on_record_as_a_table_and_as_a_passenger_list(frozen, at_page, rami):
    said = {"leg": "1", "recipient": "Border post", "purpose": "advance information"}

    table = at_page("hand_out", 1, data=said | {"variant": "names", "kind": "csv"}, as_=rami)
    listed = at_page("hand_out", 1, data=said | {"variant": "names", "kind": "paxlst"})
    full = at_page("hand_out", 1, data=said | {"variant": "full", "kind": "paxlst"})

    assert "Testov,Ruslan" in table.content.decode()
    assert "530123456" not in table.content.decode() + listed.content.decode()
    assert b"NAD+FL+++TESTOV:RUSLAN'" in listed.content
    assert b"NAD+FL+++NASSER:OMAR'" in listed.content
    assert b"CNT+42:2'" in listed.content
    assert b"DOC+P:110:111+530123456'" in full.content
    assert Disclosure.objects.count() == 3
    told = Event.objects.filter(action="operations.handed_out_manifest", object_id=str(frozen.pk))
    assert told.count() == 3
    assert "Border post" in at_page("manifest").content.decode()


def test_passenger_list_takes_airports(frozen, at_page, operation, times, rami, at):
    leg = operation.legs.get(number=1)
    said = {"leg": "1", "variant": "names", "kind": "paxlst", "recipient": "Post", "purpose": "law"}

    assert at_page("hand_out", 1, data=said, as_=rami).status_code == 200
    bus = times(vehicle="Bus 7", departs_from="", arrives_in="")
    actions.change_leg(leg=leg, times=bus, reason="by road", by=rami, at=at)
    answer = at_page("hand_out", 1, data=said)

    assert frozen
    assert answer.status_code == 422
    assert "takes the airports of the leg" in answer.content.decode()
    assert Disclosure.objects.count() == 1


def test_nothing_leaves_without_a_recipient(frozen, at_page, rami):
    typed = {"leg": "1", "variant": "names", "kind": "csv", "purpose": "advance information"}

    answer = at_page("hand_out", 1, data=typed, as_=rami)

    assert frozen
    assert answer.status_code == 422
    assert 'value="advance information"' in answer.content.decode()
    assert not Disclosure.objects.exists()


def test_message_that_contradicts_itself_is_shown_as_such(at_page, rami):
    message = (
        "UNA:+.? 'UNB+UNOA:4+A:ZZ+B:ZZ+261229:0900+1'UNH+1+PAXLST:D:05B:UN:IATA'"
        "NAD+FL+++TESTOV:RUSLAN'CNT+42:9'UNT+4+1'UNZ+1+1'"
    )

    shown = at_page("received", data={"text": message}, as_=rami).content.decode()
    refused = at_page("received", data={"text": "a letter"})

    assert "CNT+42:9" in shown
    assert "TESTOV, RUSLAN" in shown
    assert refused.status_code == 422


def test_escort_sees_the_operation_it_escorts_and_no_other(
    frozen, at_page, client, omar, make_user
):
    stranger = make_user("stranger", role=Role.ESCORT)

    assert at_page("manifest", as_=stranger).status_code == 404
    assert "Winter flight" not in client.get(reverse("operations:operations")).content.decode()
    shown = at_page("manifest", as_=omar)
    assert "Testov, Ruslan" in shown.content.decode()
    assert at_page("operation").status_code == 302
    assert at_page("escorts").status_code == 404
    assert client.get(reverse("people:child", args=[frozen.pk])).status_code == 404


def test_manager_sees_counts_and_references_and_no_name(frozen, at_page, nadia):
    pages = [at_page(name, as_=nadia) for name in ("operation", "manifest", "escorts", "journey")]

    shown = "".join(page.content.decode() for page in pages)
    assert frozen.reference in shown
    assert "Testov" not in shown
    assert at_page("put").status_code == 404


@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.REGISTRAR, Role.MEDIC])
def test_operations_are_absent_for_others(at_page, make_user, role):
    someone = make_user(role=role)

    assert at_page("operation", as_=someone).status_code == 404
    assert at_page("manifest").status_code == 404


def test_pages_cost_as_much_for_several_children_as_for_one(
    at_page, ready, put, rami, django_assert_max_num_queries
):
    put(ready())
    at_page("operation", as_=rami)
    with django_assert_max_num_queries(200) as one:
        at_page("operation")
    put(*(ready(surname=f"TESTOV{letter}") for letter in "ABC"))

    with django_assert_max_num_queries(len(one) + 2):
        at_page("operation")
