"""The shell of the application, its service worker and its manifest: the same for everybody."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from kinward.access.models import Role
from kinward.field.views import app

pytestmark = pytest.mark.django_db


def kept(client):
    script = client.get(reverse("field:worker")).content.decode()
    return json.loads(re.match(r"self\.KEPT = (\{.*\});", script)[1])


def test_shell_is_the_same_for_everybody(client, make_client, make_user):
    somebody = make_client()
    somebody.force_login(make_user("huda", role=Role.REGISTRAR))

    shown, again = client.get("/field/"), somebody.get("/field/")

    assert shown.status_code == 200
    assert shown.content == again.content
    assert "csrf" not in shown.content.decode().casefold()
    assert shown.cookies == {}


def test_shell_may_be_kept_and_asks_again(client):
    shown = client.get("/field/")

    assert shown.headers["Cache-Control"] == "no-cache"
    assert shown.headers["Permissions-Policy"].startswith("camera=(self)")
    assert "unsafe" not in shown.headers["Content-Security-Policy"]


def test_worker_keeps_what_is_there_and_nothing_of_anybody(client):
    told = kept(client)

    assert told["shell"] == "/field/"
    assert len(told["files"]) == len(app.KEPT)
    assert [name for name in (*app.KEPT, app.WORKER) if finders.find(name) is None] == []
    assert all(name.startswith("/static/kinward/") for name in told["files"])


def test_worker_rules_the_field_only(client):
    answer = client.get("/field/sw.js")

    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Service-Worker-Allowed" not in answer.headers


def test_version_changes_with_what_is_kept(client, settings, tmp_path):
    before = kept(client)["name"]

    made = tmp_path / "kinward"
    made.mkdir()
    for name in (*app.KEPT, app.WORKER):
        content = (settings.PACKAGE / "static" / name).read_bytes()
        (tmp_path / name).write_bytes(content)
    settings.STATICFILES_DIRS = [tmp_path]
    finders.get_finder.cache_clear()
    same = kept(client)["name"]
    (made / "field.js").write_bytes(b"// another\n")
    another = kept(client)["name"]
    finders.get_finder.cache_clear()

    assert before == same
    assert another != before


def test_manifest_names_icons_that_are_there(client):
    told = client.get("/field/app.webmanifest").json()

    assert (told["start_url"], told["scope"], told["display"]) == ("/field/",) * 2 + ("standalone",)
    assert [finders.find(name) is not None for name in app.ICONS] == [True, True]
    assert len(told["icons"]) == 2
