from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from kinward.access.models import Role
from kinward.core import health, jobs
from kinward.core.databases import transaction_began
from kinward.core.models import Drill, Job

pytestmark = pytest.mark.django_db
GOOD = dict.fromkeys(health.CHECKS, True)


@pytest.fixture
def drilled():
    return Drill.objects.create(
        made_at=timezone.now(), rows=1, digest="0" * 64, verified_at=timezone.now()
    )


@pytest.fixture(autouse=True)
def real(tmp_path):
    with override_settings(DEMO=False, DATA=tmp_path):
        yield


def test_process_that_answers_lives(client):
    given = client.get("/livez")

    assert (given.status_code, given.json()) == (200, {"ok": True})


def test_installation_that_is_fit_is_ready_and_says_no_more(client, drilled):
    given = client.get("/readyz")

    assert (given.status_code, given.json()) == (200, {"ok": True})


def test_installation_that_is_not_fit_says_no_more_than_that(client):
    given = client.get("/readyz")

    assert (given.status_code, given.json()) == (503, {"ok": False})


@pytest.mark.parametrize(("role", "told"), [(Role.ADMINISTRATOR, True), (Role.REGISTRAR, False)])
def test_what_is_not_fit_is_told_to_administrators(client, make_user, role, told):
    client.force_login(make_user(role=role))

    given = client.get("/readyz").json()

    assert given.get("checks") == (GOOD | {"restore": False} if told else None)


def test_drill_is_good_for_a_month(drilled):
    lately = health.drilled_lately()
    old = timezone.now() - timedelta(days=32)
    Drill.objects.bulk_create([Drill(made_at=old, rows=1, digest="0" * 64, verified_at=old)])

    assert (lately, health.drilled_lately()) == (True, True)


def test_drill_of_long_ago_is_not_enough():
    old = timezone.now() - timedelta(days=32)
    Drill.objects.create(made_at=old, rows=1, digest="0" * 64, verified_at=old)

    assert health.readiness() == GOOD | {"restore": False}


def test_demo_needs_no_drill():
    with override_settings(DEMO=True):
        assert health.readiness() == GOOD


@pytest.mark.parametrize("given_up", [True, False])
def test_work_that_waits_for_somebody_is_seen(drilled, given_up):
    job = jobs.enqueue("open", at=timezone.now() - timedelta(hours=2))
    if given_up:
        Job.objects.filter(pk=job.pk).update(given_up_at=timezone.now())

    assert health.readiness() == GOOD | {"jobs": False}


def test_probe_leaves_no_row(drilled):
    health.readiness()

    assert Job.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_database_that_takes_no_write_is_seen():
    def refuse(connection, **_signal):
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA query_only=ON")
            else:
                cursor.execute("SET TRANSACTION READ ONLY")

    transaction_began.connect(refuse)
    try:
        assert health.database_writable() is False
    finally:
        transaction_began.disconnect(refuse)
        connection.close()
    assert health.database_writable() is True


def test_disk_without_room_is_seen(monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE", 1 << 60)

    assert health.disk_free() is False


def test_clock_that_starts_anew_is_seen(monkeypatch):
    monkeypatch.setattr(health, "EARLIEST", datetime(2999, 1, 1, tzinfo=UTC))

    assert health.clock_possible() is False


def test_keys_that_cannot_be_read_are_seen(tmp_path):
    with override_settings(
        KEYS="", KEY_FILE=str(Path(tmp_path) / "absent"), KEYS_ARE_MADE_UP=False
    ):
        assert health.keys_open() is False


def test_check_that_fails_says_no(monkeypatch, drilled):
    def fails():
        raise ImproperlyConfigured("no folder")

    monkeypatch.setitem(health.CHECKS, "disk", fails)

    assert health.readiness() == GOOD | {"disk": False}
