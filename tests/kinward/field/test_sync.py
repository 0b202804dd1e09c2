"""What phones send arrives once, in the server's order, and overwrites nothing in silence."""

from __future__ import annotations

import pytest
from phone import AGREES

from kinward.access.models import Role
from kinward.core.ids import uuid7
from kinward.core.keystore import store
from kinward.field import actions
from kinward.field.models import Entry, FieldKey
from kinward.people.consents import Consent
from kinward.people.models import Assertion, Group, Kind, Mention, NameList, Person
from kinward.tracing.models import Request, Sought

pytestmark = pytest.mark.django_db


def children():
    return Person.objects.filter(kind=Kind.CHILD)


def values(person, kind):
    rows = Assertion.objects.filter(person=person, property=kind).order_by("recorded_at", "id")
    return [row.value for row in rows]


def test_child_is_registered_with_its_consent_and_statements(sync, phone, amira):
    answers = {
        "born_on": "2012-05",
        "mother": "Заира",
        "separated": "the house was hit",
        "separated_on": "2017",
        "father": {"answer": "refused"},
        "as_of": "2018-11",
        "siblings": [{"sibling": "Али"}, {"sibling": "Мадина"}],
    }
    entry = phone.child("Руслан", answers=answers)

    (result,) = sync(phone, entry)

    child = children().get()
    assert result["state"] == "kept"
    assert child.registered_by == amira
    assert values(child, "name") == [{"text": "Руслан", "script": "cyrillic"}]
    assert values(child, "born") == [{"edtf": "2012-05"}]
    assert values(child, "separated") == [{"text": "the house was hit", "edtf": "2017"}]
    assert [each["text"] for each in values(child, "sibling")] == ["Али", "Мадина"]
    refused = Assertion.objects.get(person=child, property="father")
    assert (refused.answer, refused.said_by, refused.as_of) == ("refused", "child", "2018-11")
    assert Consent.objects.get(subject=child).state == "given"


def test_entry_sent_twice_is_kept_once(sync, phone):
    entry = phone.child("Руслан")

    first, again = sync(phone, entry), sync(phone, entry)

    assert (first[0]["state"], again[0]["state"]) == ("kept", "repeated")
    assert first[0]["seq"] == again[0]["seq"]
    assert children().count() == 1
    assert Entry.objects.count() == 1


def test_same_name_with_another_box_is_refused_and_kept_sealed(sync, phone):
    entry = phone.child("Руслан")
    other = phone.child("Ахмед", id=entry["id"], record=entry["record"])

    (kept,), (refused,) = sync(phone, entry), sync(phone, other)

    assert (kept["state"], refused["state"]) == ("kept", "refused")
    assert set(refused["why"]) == {"id"}
    assert children().count() == 1
    assert Entry.objects.get(state="refused").box == other["box"]


def test_refused_entry_keeps_no_other_back(sync, phone):
    bad = phone.child("Али", answers={"sex": "boy", "hat": "red", "age": {"age": "seven"}})

    first, second, third = sync(phone, phone.child("Руслан"), bad, phone.child("Ахмед"))

    assert [each["state"] for each in (first, second, third)] == ["kept", "refused", "kept"]
    assert set(second["why"]) == {"sex", "hat", "age"}
    assert first["seq"] < second["seq"] < third["seq"]
    assert children().count() == 2


def test_refused_entry_can_be_opened_later_and_says_nothing_until_then(sync, phone):
    bad = phone.child("Канарейка", answers={"sex": "boy"})

    sync(phone, bad)

    row = Entry.objects.get()
    assert row.box == bad["box"]
    store().destroy([row.pk], at=row.received_at)
    assert "Канарейка" not in str(Entry.objects.values().get())
    assert Entry.objects.get().box != bad["box"]


def test_kept_entry_leaves_no_box_behind(sync, phone):
    sync(phone, phone.child("Руслан"))

    assert Entry.objects.get().box == ""


def test_two_phones_that_say_different_things_leave_both_side_by_side(sync, make_phone):
    first, second = make_phone(), make_phone()
    record = str(uuid7())
    told = first.child("Руслан", record=record, answers={"born_on": "2012"})
    otherwise = second.child("Руслан", record=record, answers={"born_on": "2013"})

    results = sync(first, told) + sync(second, otherwise)

    child = children().get()
    assert [each["state"] for each in results] == ["kept", "kept"]
    assert values(child, "born") == [{"edtf": "2012"}, {"edtf": "2013"}]


def test_annex_is_added_to_a_child_of_the_same_queue(sync, phone):
    entry = phone.child("Руслан")
    told = {"said_by": "worker", "clothes": "a red coat", "songs_and_words": "ай-лаза"}
    annex = phone.write("annex", told, record=entry["record"])

    results = sync(phone, entry, annex)

    child = children().get()
    assert [each["state"] for each in results] == ["kept", "kept"]
    assert values(child, "clothes") == [{"text": "a red coat"}]


def test_annex_of_a_child_one_may_not_know_of_is_refused(sync, make_phone, make_user, make_child):
    child = make_child("Руслан", region="SY-HA")
    phone = make_phone()

    (result,) = sync(
        phone, phone.write("annex", {"said_by": "worker", "clothes": "red"}, record=child.pk)
    )

    assert result["state"] == "refused"
    assert values(child, "clothes") == []


def test_children_of_one_sitting_are_one_group(sync, phone):
    told = {"group": str(uuid7()), "group_note": "one room"}

    sync(phone, phone.child("Руслан", answers=told), phone.child("Али", answers=told))

    group = Group.objects.get()
    assert group.note == "one room"
    assert set(children().values_list("group", flat=True)) == {group.pk}


def test_request_is_taken(sync, make_phone, make_user, relative_agrees):
    worker = make_user("worker", role=Role.ENQUIRY_WORKER, region="RU-DA")
    phone = make_phone(worker)
    told = {
        "through": "self",
        "name": "Заира",
        "told": "My daughter’s son was taken along.",
        "told_in": "ru",
        "said_by": "relative",
        "sought": [{"relation": "daughters_child", "name": "Руслан", "born_on": "2012"}],
    }
    consent = AGREES | {"giver": "relative"}

    (result,) = sync(phone, phone.write("request", told, consents=[consent]), user=worker)

    request = Request.objects.get()
    assert result["state"] == "kept", result
    assert request.told == "My daughter’s son was taken along."
    assert Sought.objects.get(request=request).relation == "daughters_child"
    assert values(request.enquirer, "name")[0]["text"] == "Заира"


def test_request_is_not_taken_by_who_takes_none(sync, phone):
    told = {
        "through": "self",
        "name": "Заира",
        "said_by": "relative",
        "sought": [{"relation": "child"}],
    }
    consent = AGREES | {"giver": "relative"}

    (result,) = sync(phone, phone.write("request", told, consents=[consent]))

    assert result["state"] == "refused"
    assert Request.objects.count() == 0


def test_rows_of_a_list_become_mentions(sync, phone):
    told = {
        "list_name": "Room 4",
        "given_by": "the prison",
        "given_on": "2018-11",
        "rows": [
            {"name": "Руслан", "sex": "male", "age": {"age": 7, "as_of": "2018-11-01"}},
            {"name": "Мадина", "sex": "female", "born_on": "2014", "mother": "Заира"},
        ],
    }

    (result,) = sync(
        phone, phone.write("mentions", told, consents=[AGREES | {"giver": "guardian"}])
    )

    assert result["state"] == "kept", result
    assert NameList.objects.get().name == "Room 4"
    assert Mention.objects.count() == 2


def test_clock_of_a_phone_orders_nothing(sync, make_phone):
    late, early = make_phone(), make_phone()
    late.clock, early.clock = "2049-01-01T00:00:00Z", "1970-01-01T00:00:00Z"

    (first,), (second,) = sync(late, late.child("Руслан")), sync(early, early.child("Али"))

    assert first["seq"] < second["seq"]
    assert Entry.objects.get(seq=first["seq"]).said_at == "2049-01-01T00:00:00Z"


def test_box_moved_to_another_place_is_refused(sync, phone):
    entry = phone.child("Руслан")

    (result,) = sync(phone, entry | {"record": str(uuid7())})

    assert result["state"] == "refused"
    assert set(result["why"]) == {"box"}
    assert children().count() == 0


def test_box_sealed_to_an_old_key_still_opens(sync, phone, at):
    from kinward.access.models import clock  # noqa: PLC0415 (as the clock does)

    entry = phone.child("Руслан")
    actions.rotate_field_key(by=clock(), at=at)

    (result,) = sync(phone, entry)

    assert FieldKey.objects.count() == 2
    assert result["state"] == "kept"


def test_consent_comes_first(sync, phone):
    (result,) = sync(phone, phone.child("Руслан", consents=[]))

    assert result["state"] == "refused"
    assert set(result["why"]) == {"tracing"}


def test_words_that_are_never_kept_are_refused_by_their_question(sync, phone):
    (result,) = sync(phone, phone.child("Руслан", answers={"mark": "the terrorist’s son"}))

    assert result["state"] == "refused"
    assert set(result["why"]) == {"mark"}


def test_more_entries_than_a_request_takes_are_refused_whole(post, phone, amira):
    entries = [phone.child("Руслан") for _each in range(21)]

    answer = post(phone, "sync", {"entries": entries, "seq": 0}, amira)

    assert answer.status_code == 413
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ([], "JSON object"),
        ({}, "entries"),
        ({"entries": [3]}, "entries/0"),
        ({"entries": [{"id": "x"}]}, "entries/0"),
        ({"entries": [{"id": "x", "record": "y", "kind": "k", "form": "f", "box": "b"}]}, "UUID"),
        ({"entries": [{"base": "1"}]}, "entries/0/base"),
        ({"entries": [{"device": "nobody"}]}, "entries/0/device"),
    ],
)
def test_what_is_no_protocol_is_refused_by_its_part(post, phone, amira, content, part):
    answer = post(phone, "sync", content, amira)

    assert answer.status_code == 400
    assert part in answer.json()["detail"]


def test_child_like_one_on_record_is_told_as_advice(sync, phone):
    first = phone.child("Руслан Магомедов", answers={"born_on": "2012-05-30", "mother": "Заира"})
    second = phone.child("Руслан Магомедов", answers={"born_on": "2012-05-30", "mother": "Заира"})

    (one,), (other,) = sync(phone, first), sync(phone, second)

    assert "alike" not in one
    assert other["alike"] == [children().order_by("registered_at").first().reference]
    assert children().count() == 2
