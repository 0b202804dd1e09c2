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
