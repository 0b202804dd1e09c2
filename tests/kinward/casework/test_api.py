"""The case of a child for machines: the words of the screens, and no more than is open."""

from __future__ import annotations

import pytest

from kinward.access.models import Role
from kinward.casework.models import Track
from kinward.casework.tracks import Locate

pytestmark = pytest.mark.django_db


def case_of(client, child):
    return client.get(f"/api/children/{child.pk}/case")


def test_case_tells_where_each_track_stands_what_blocks_and_what_resolves_it(
    client, child, take, salma, at
):
    take(Track.LOCATE, Locate.HYPOTHESIS, reason="the mother says so")
    client.force_login(salma)

    told = case_of(client, child).json()

    assert (told["reference"], told["phase"]) == (child.reference, "registered")
    assert [one["track"] for one in told["tracks"]] == list(Track)
    assert told["tracks"][0] == {
        "track": "locate",
        "position": "hypothesis",
        "words": "an identity is supposed",
        "since": at.date().isoformat(),
        "blocks": [
            {
                "reason": "not_known",
                "words": "The child’s identity is not corroborated.",
                "step": "corroborated",
                "role": "registrar",
            }
        ],
    }


def test_case_tells_only_of_tracks_that_are_open(client, child, make_user):
    client.force_login(make_user("huda", role=Role.REGISTRAR, region="IQ-BG"))

    told = case_of(client, child).json()

    assert told["phase"] is None
    assert {one["track"] for one in told["tracks"]} == {
        "locate",
        "tracing",
        "consent",
        "placement",
    }


def test_case_of_another_office_is_absent(client, child, make_user):
    client.force_login(make_user("far", role=Role.CASE_WORKER, region="SY-HA"))

    assert case_of(client, child).status_code == 404


def steps(client, child, track="locate"):
    return client.get(f"/api/children/{child.pk}/tracks/{track}/steps")


def post(client, child, body, *, seen, what="steps"):
    return client.post(
        f"/api/children/{child.pk}/tracks/locate/{what}",
        body,
        content_type="application/json",
        headers={"if-match": seen} if seen else {},
    )


def test_step_is_taken_on_what_was_read_and_withdrawn(client, child, salma, at):
    client.force_login(salma)
    step = {"to": "hypothesis", "on": at.date().isoformat(), "reason": "the mother says so"}
    seen = steps(client, child)["ETag"]

    unread = post(client, child, step, seen="")
    taken = post(client, child, step, seen=seen)
    late = post(client, child, {"reason": "wrong child"}, seen=seen, what="withdrawal")
    now = steps(client, child)["ETag"]
    gone = post(client, child, {"reason": "wrong child"}, seen=now, what="withdrawal")

    assert [each.status_code for each in (unread, taken, late, gone)] == [428, 201, 409, 201]
    told = steps(client, child).json()["items"]
    assert [(each["to"], each["reason"]) for each in told] == [
        ("hypothesis", "the mother says so"),
        ("", "wrong child"),
    ]
    assert told[1]["withdraws"] == told[0]["id"]


def test_step_that_does_not_follow_is_refused(client, child, salma, at):
    client.force_login(salma)
    seen = steps(client, child)["ETag"]

    answer = post(client, child, {"to": "nowhere", "on": at.date().isoformat()}, seen=seen)

    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")


def test_track_that_is_closed_to_a_role_is_absent(client, child, make_user):
    client.force_login(make_user("huda", role=Role.REGISTRAR, region="IQ-BG"))

    assert steps(client, child).status_code == 200
    assert steps(client, child, "movement").status_code == 404
