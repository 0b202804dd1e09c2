"""Holds and tasks for machines: as on the screens, each by its version, each once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.casework.models import Hold, HoldEntry, Task, TaskEnd

pytestmark = pytest.mark.django_db


@pytest.fixture
def said():
    today = timezone.localdate()
    return {
        "kind": "court",
        "party": "host_court",
        "owner": "court of first instance",
        "told_by": "the clerk, by telephone",
        "since": today.isoformat(),
        "claim": "a hearing has to be held first",
        "next_action": "ask for the day of the hearing",
        "next_by": "legal_officer",
        "next_on": (today + timedelta(days=2)).isoformat(),
    }


@pytest.fixture
def to_do():
    return {"what": "call", "due_on": timezone.localdate().isoformat(), "role": "case_worker"}


def post(client, path, body, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(f"/api/{path}", body, content_type="application/json", headers=named)


def recorded(action):
    return Event.objects.filter(action=action).count()


def test_hold_is_recorded_once_read_and_added_to_by_its_version(client, child, salma, said):
    client.force_login(salma)
    path = f"children/{child.pk}/holds"

    made = post(client, path, said, idempotency_key="one")
    again = post(client, path, said, idempotency_key="one")
    read = client.get(f"/api/{path}/{made.json()['id']}")
    entries, words = f"{path}/{made.json()['id']}/entries", {"what": "reply", "words": "they agree"}
    unread = post(client, entries, words)
    added = post(client, entries, words, if_match=read["ETag"])
    late = post(client, entries, words, if_match=read["ETag"])

    answers = (made, again, read, unread, added, late)
    assert [each.status_code for each in answers] == [201, 201, 200, 428, 201, 409]
    assert (again.json(), again["Idempotency-Replayed"]) == (made.json(), "true")
    assert (Hold.objects.count(), HoldEntry.objects.count()) == (1, 1)
    assert (recorded("casework.recorded_hold"), recorded("casework.added_to_hold")) == (1, 1)
    assert (late.json()["had"], late.json()["sent"]) == (read["ETag"].strip('"'), words)
    (told,) = client.get(f"/api/{path}").json()["items"]
    assert (told["owner"], told["open"], told["next_by"]) == (said["owner"], True, "legal_officer")
    assert [each["words"] for each in told["entries"]] == ["they agree"]


def test_hold_that_ended_stands_no_more(client, child, salma, said):
    client.force_login(salma)
    path = f"children/{child.pk}/holds"
    made = post(client, path, said)
    over = {"what": "ended", "how": "lifted", "words": "decision 12"}

    before = client.get("/api/holds").json()
    post(client, f"{path}/{made.json()['id']}/entries", over, if_match=made["ETag"])
    after = client.get("/api/holds").json()

    assert [each["id"] for each in before["items"]] == [made.json()["id"]]
    assert "court of first instance" not in str(before)
    assert after["items"] == []
    (told,) = client.get(f"/api/{path}").json()["items"]
    assert (told["open"], told["next_by"], told["next_on"]) == (False, "", None)


def test_open_holds_are_told_a_page_at_a_time(client, child, salma, said):
    client.force_login(salma)
    made = [post(client, f"children/{child.pk}/holds", said).json()["id"] for _ in range(3)]

    first = client.get("/api/holds?limit=2").json()
    rest = client.get(f"/api/holds?limit=2&after={first['next']}").json()

    assert [each["id"] for each in (*first["items"], *rest["items"])] == sorted(made)
    assert rest["next"] is None


@pytest.mark.parametrize(
    ("wrong", "named"), [({"kind": "mood"}, "kind"), ({"owner": ""}, "owner"), ({"x": 1}, "x")]
)
def test_fault_in_a_hold_names_its_field(client, child, salma, said, wrong, named):
    client.force_login(salma)

    answer = post(client, f"children/{child.pk}/holds", said | wrong)

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert f"body/body/{named}:" in answer.json()["detail"]
    assert Hold.objects.count() == 0


def test_holds_are_for_who_works_on_the_case(client, child, make_user, salma, said):
    client.force_login(salma)
    made = post(client, f"children/{child.pk}/holds", said).json()["id"]
    met = {}
    for role, region in ((Role.REGISTRAR, "IQ-BG"), (Role.CASE_WORKER, "SY-HA")):
        client.force_login(make_user(f"{role}-{region}", role=role, region=region))
        paths = (f"children/{child.pk}/holds", f"children/{child.pk}/holds/{made}")
        met[role] = [client.get(f"/api/{path}").status_code for path in paths]
        met[role] += [post(client, paths[0], said).status_code]

    assert met == {Role.REGISTRAR: [404] * 3, Role.CASE_WORKER: [404] * 3}
    client.force_login(make_user("huda", role=Role.REGISTRAR, region="IQ-BG"))
    assert client.get("/api/holds").status_code == 403


def test_task_is_set_once_read_and_ended_once(client, child, salma, to_do):
    client.force_login(salma)
    path = f"people/{child.pk}/tasks"

    made = post(client, path, to_do, idempotency_key="one")
    again = post(client, path, to_do, idempotency_key="one")
    task = made.json()["id"]
    before = client.get(f"/api/tasks/{task}")
    ended = post(client, f"tasks/{task}/end", {"how": "done", "reason": "she answered"})
    late = post(client, f"tasks/{task}/end", {"how": "done"})
    after = client.get(f"/api/tasks/{task}")

    answers = (made, again, before, ended, late, after)
    assert [each.status_code for each in answers] == [201, 201, 200, 201, 409, 200]
    assert (Task.objects.count(), TaskEnd.objects.count()) == (1, 1)
    assert (recorded("casework.set_task"), recorded("casework.ended_task")) == (1, 1)
    assert (before.json()["end"], after.json()["end"]["reason"]) == (None, "she answered")
    assert before["ETag"] != after["ETag"]


def test_tasks_are_listed_a_page_at_a_time_by_what_became_of_them(client, child, salma, to_do):
    client.force_login(salma)
    made = [post(client, f"people/{child.pk}/tasks", to_do).json()["id"] for _ in range(3)]
    post(client, f"tasks/{made[0]}/end", {"how": "done"})

    first = client.get("/api/tasks?limit=1").json()
    rest = client.get(f"/api/tasks?limit=1&after={first['next']}").json()
    over = client.get("/api/tasks?show=ended").json()["items"]
    about = client.get(f"/api/people/{child.pk}/tasks").json()["items"]

    assert [each["id"] for each in (*first["items"], *rest["items"])] == made[1:]
    assert rest["next"] is None
    assert [each["id"] for each in over] == made[:1]
    assert [each["id"] for each in about] == made


def test_words_of_a_task_are_not_told_to_who_compares_blind(client, child, salma, make_user, to_do):
    client.force_login(salma)
    words = {"words": "call the aunt", "role": "tracing_officer"}
    task = post(client, f"people/{child.pk}/tasks", to_do | words).json()
    client.force_login(make_user("tariq", role=Role.TRACING_OFFICER, region="IQ-BG"))

    read = client.get(f"/api/tasks/{task['id']}")

    assert (task["words"], read.status_code, read.json()["words"]) == ("call the aunt", 200, "")


def test_tasks_refuse_others_and_name_the_field(client, child, salma, make_user, to_do):
    client.force_login(salma)
    wrong = post(client, f"people/{child.pk}/tasks", to_do | {"due_on": "soon"})
    nobody = post(client, f"people/{child.pk}/tasks", to_do | {"account": "nobody", "role": None})
    client.force_login(make_user("far", role=Role.CASE_WORKER, region="SY-HA"))
    unseen = post(client, f"people/{child.pk}/tasks", to_do)
    client.force_login(make_user("medic", role=Role.MEDIC, region="IQ-BG"))
    refused = client.get("/api/tasks")

    answers = (wrong, nobody, unseen, refused)
    assert [each.status_code for each in answers] == [422, 404, 404, 403]
    assert "body/body/due_on:" in wrong.json()["detail"]
    assert Task.objects.count() == 0
