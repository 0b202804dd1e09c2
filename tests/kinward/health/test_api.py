"""A child's health for machines."""

from __future__ import annotations

import pytest

from kinward.access.models import Role
from kinward.health.models import EntryKind, Fit

pytestmark = pytest.mark.django_db


def test_medic_reads_what_is_kept_of_the_child(client, child, rana, write, state):
    write(EntryKind.MEASURE, weight_kg=12.4)
    state(Fit.FIT)
    client.force_login(rana)

    told = client.get(f"/api/children/{child.pk}/health").json()

    (seen,) = told["seen"]
    assert [(each["kind"], each["stands"]) for each in seen["entries"]] == [("measure", True)]
    assert seen["entries"][0]["said"]["weight_kg"] == 12.4
    assert [each["fit"] for each in told["fitness"]] == ["fit"]


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.CASE_WORKER, Role.MEDIC])
def test_health_is_absent_to_who_does_not_treat_the_child(client, child, make_user, role):
    client.force_login(make_user(role=role, region="IQ-BG"))

    assert client.get(f"/api/children/{child.pk}/health").status_code == 404
