"""Operations for machines: who travels, who holds them, counting."""

from __future__ import annotations

import pytest
from operation import plan

from kinward.access.models import Role
from kinward.operations.models import CheckpointKind

pytestmark = pytest.mark.django_db
HANDED, BOARDED = CheckpointKind.HANDED_OVER, CheckpointKind.BOARDED


@pytest.fixture
def planned(make_user, make_child, at):
    children = [make_child(name) for name in ("رسلان", "زينب")]
    return plan(make_user, children, at, kinds=(HANDED, BOARDED))


def count(client, planned, child, how="tapped"):
    checkpoint = planned.checkpoints[HANDED]
    return client.post(
        f"/api/checkpoints/{checkpoint.pk}/counts",
        {"child_id": str(child), "how": how},
        content_type="application/json",
    )


def test_operation_tells_who_travels_and_how_far_the_counts_are(client, planned):
    client.force_login(planned.counters[0])
    (child, _other) = planned.children

    before = client.get(f"/api/operations/{planned.operation.pk}").json()
    counted = count(client, planned, child.pk)
    after = client.get(f"/api/operations/{planned.operation.pk}").json()

    assert counted.status_code == 201
    assert [each["child_id"] for each in before["travellers"]] == [
        str(each.pk) for each in planned.children
    ]
    assert [each["expected"] for each in before["checkpoints"]] == [2, 2]
    assert [each["you_saw"] for each in before["checkpoints"]] == [0, 0]
    assert [each["you_saw"] for each in after["checkpoints"]] == [1, 0]


def test_counter_is_not_told_what_the_other_saw(client, planned):
    planned.count(HANDED, planned.counters[1], planned.children, done=False)
    client.force_login(planned.counters[0])

    told = client.get(f"/api/operations/{planned.operation.pk}").json()["checkpoints"][0]

    assert (told["you_saw"], told["finished"]) == (0, 0)


def test_counter_ends_the_count(client, planned):
    client.force_login(planned.counters[0])
    done = f"/api/checkpoints/{planned.checkpoints[HANDED].pk}/done"

    ended = client.post(done)
    late = count(client, planned, planned.children[0].pk)

    assert (ended.status_code, late.status_code) == (201, 409)


def test_child_that_does_not_travel_is_not_counted(client, planned, make_child):
    client.force_login(planned.counters[0])

    assert count(client, planned, make_child().pk).status_code == 409


def test_operations_are_of_those_who_work_on_them(client, planned, make_user):
    client.force_login(planned.lead)
    theirs = client.get("/api/operations").json()["items"]
    client.force_login(make_user("other", role=Role.ESCORT))
    none = client.get("/api/operations").json()["items"]

    assert [each["id"] for each in theirs] == [str(planned.operation.pk)]
    assert none == []
    assert count(client, planned, planned.children[0].pk).status_code == 404
    assert client.get(f"/api/operations/{planned.operation.pk}").status_code == 404
