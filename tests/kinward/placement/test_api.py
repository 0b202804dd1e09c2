"""A child's home for machines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kinward.access.models import Role

pytestmark = pytest.mark.django_db


def test_officer_reads_the_home_and_records_a_visit(client, child, aminat, at_home):
    client.force_login(aminat)
    today = timezone.localdate()
    body = {
        "visited_on": today.isoformat(),
        "seen": True,
        "where": "home",
        "changed": "nothing",
        "next_on": (today + timedelta(days=30)).isoformat(),
    }

    kept = client.post(
        f"/api/children/{child.pk}/placement/visits", body, content_type="application/json"
    )
    told = client.get(f"/api/children/{child.pk}/placement").json()

    assert kept.status_code == 201
    (placed,) = told["placed"]
    assert placed["carer_id"] == told["carers"][0]["id"]
    assert [visit["id"] for visit in placed["visits"]] == [kept.json()["id"]]
    assert placed["broken_down"] is False


def test_child_seen_by_nobody_needs_a_reason(client, child, aminat, at_home):
    client.force_login(aminat)
    today = timezone.localdate()
    body = {
        "visited_on": today.isoformat(),
        "seen": False,
        "where": "home",
        "changed": "nobody was at home",
        "next_on": (today + timedelta(days=3)).isoformat(),
    }

    answer = client.post(
        f"/api/children/{child.pk}/placement/visits", body, content_type="application/json"
    )

    assert answer.status_code == 409


def test_home_is_absent_in_another_region(client, child, at_home, make_user):
    client.force_login(make_user(role=Role.GUARDIANSHIP_OFFICER, region="RU-CE"))

    assert client.get(f"/api/children/{child.pk}/placement").status_code == 404
