"""The register of figures for machines."""

from __future__ import annotations

import hashlib

import pytest

from kinward.access.models import Role

pytestmark = pytest.mark.django_db
SOURCE = {
    "kind": "article",
    "title": "Thirty landed",
    "outlet": "A paper",
    "language": "en",
    "translation": "none",
    "published_on": "2019-05-03",
    "text": "30 children landed.",
}


def test_register_is_told_with_what_it_comes_to(client, editor, breakdown):
    client.force_login(editor)

    claims = client.get("/api/figures/claims?limit=2").json()
    rest = client.get(f"/api/figures/claims?after={claims['next']}").json()
    verdicts = client.get("/api/figures/verdicts").json()["items"]

    told = [each["id"] for each in claims["items"] + rest["items"]]
    assert told == [str(claim.pk) for claim in breakdown]
    left = next(each for each in verdicts if each["verdict"] == "residual")
    assert set(left["claims"]) == set(told)
    assert "3" in left["words"]


def test_source_is_kept_with_its_digest(client, editor):
    client.force_login(editor)

    kept = client.post("/api/figures/sources", SOURCE, content_type="application/json")

    assert kept.status_code == 201
    assert kept.json()["digest"] == hashlib.sha256(SOURCE["text"].encode()).hexdigest()
    listed = client.get("/api/figures/sources").json()
    assert [each["id"] for each in listed["items"]] == [kept.json()["id"]]


def test_register_is_not_for_who_works_with_children(client, make_user):
    client.force_login(make_user(role=Role.REGISTRAR, region="IQ-BG"))

    assert client.get("/api/figures/claims").status_code == 403
    sent = client.post("/api/figures/sources", SOURCE, content_type="application/json")
    assert sent.status_code == 403
