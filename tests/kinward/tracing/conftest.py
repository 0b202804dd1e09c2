"""Who takes requests and who compares, signed in."""

from __future__ import annotations

import pytest

from kinward.access.models import Role


@pytest.fixture
def officer(client, make_user):
    user = make_user("anna", role=Role.TRACING_OFFICER)
    client.force_login(user)
    return user


@pytest.fixture
def worker(client, make_user):
    user = make_user("madina", role=Role.ENQUIRY_WORKER, region="RU-DA")
    client.force_login(user)
    return user
