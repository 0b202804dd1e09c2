"""The API answers whatever it is asked without a fault, and says so as its document has it."""

from __future__ import annotations

import pytest
from reliability import asking

from kinward.access.models import Role

FEW = 120


@pytest.fixture
def ids(make_candidate):
    candidate = make_candidate()
    return {
        "child_id": [str(candidate.child_id)],
        "candidate_id": [str(candidate.pk)],
        "If-Match": [f'"{candidate.version}"'],
    }


@pytest.mark.no_cover
@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.TRACING_OFFICER, Role.REGISTRAR, Role.AUDITOR])
def test_whatever_is_asked_gets_an_answer_of_the_document(make_client, role, make_user, ids):
    client = make_client(raise_request_exception=False)
    client.force_login(make_user(role=role))

    asked = asking.run(FEW, client=client, known=ids)

    assert asked.inputs >= FEW
    assert (asked.broken, asked.undocumented, asked.untold) == ([], set(), set())


@pytest.mark.django_db
def test_requests_come_past_the_door(make_client, make_user, ids):
    client = make_client(raise_request_exception=False)
    client.force_login(make_user(role=Role.TRACING_OFFICER))

    asked = asking.run(FEW, client=client, known=ids)

    assert asked.statuses[200] > 0
    assert asked.statuses[201] == 1
    assert asked.statuses[422] > 0


@pytest.mark.django_db
def test_faults_of_the_server_are_seen(make_client, make_user, ids, monkeypatch):
    def fail(*_arguments, **_options):
        raise ValueError

    client = make_client(raise_request_exception=False)
    client.force_login(make_user(role=Role.TRACING_OFFICER))
    monkeypatch.setattr("kinward.tracing.queries.too_weak", fail)

    asked = asking.run(FEW, client=client, known=ids)

    assert asked.broken != []
